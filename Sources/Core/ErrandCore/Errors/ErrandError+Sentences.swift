/// How an error is told, whatever the door: a code for programs, a title and a sentence for people. What a door adds
/// is a table of its own numbers, HTTP statuses say.
extension ErrandError {
    /// Stable, for programs.
    public var code: String {
        switch self {
        case .invalid: "validation_failed"
        case .notFound: "not_found"
        case .conflict(let conflict): conflict.rawValue
        case .versionMismatch: "version_mismatch"
        case .invalidCursor: "invalid_cursor"
        case .unauthenticated: "unauthenticated"
        case .insufficientScope(.manageCredentials): "session_required"
        case .insufficientScope: "insufficient_scope"
        case .rateLimited: "rate_limited"
        case .unavailable, .cancelled: "unavailable"
        case .malformedEvent: "internal"
        }
    }

    /// The same for every error of this code.
    public var title: String {
        switch self {
        case .invalid: "The request breaks rules."
        case .notFound: "There is no such thing."
        case .conflict(let conflict): conflict.title
        case .versionMismatch: "The task has been changed since."
        case .invalidCursor: "The cursor is not valid."
        case .unauthenticated: "Please sign in."
        case .insufficientScope(.manageCredentials): "Only a signed-in person may do this."
        case .insufficientScope: "The credential lacks a right."
        case .rateLimited: "Too many requests."
        case .unavailable, .cancelled: "Not available right now."
        case .malformedEvent: "Something went wrong on our side."
        }
    }

    /// What is wrong this time, in a sentence; never an internal.
    public var detail: String {
        switch self {
        case .invalid(let problems):
            problems.count == 1 ? problems[0].detail : "\(problems.count) rules are broken; see errors."
        case .notFound(let resource): "There is no such \(resource.rawValue)."
        case .conflict(let conflict): conflict.detail
        case .versionMismatch(let current): "Its version is \(current.version) now. Read it again."
        case .invalidCursor: "Cursors are good for the query they came from. Begin at the first page."
        case .unauthenticated: "The credential is missing, wrong, expired or revoked."
        case .insufficientScope(.manageCredentials):
            "Passwords and tokens cannot be managed with a personal access token."
        case .insufficientScope(let scope): "It needs the scope \(scope.rawValue)."
        case .rateLimited(let delay): "Try again in \(delay.components.seconds) seconds."
        case .unavailable: "Try again shortly: with the same id or Idempotency-Key, it is done once."
        case .cancelled: "The request was cancelled before anything was changed."
        case .malformedEvent: "The request id leads to the details in the server's log."
        }
    }

    /// The broken rules of an ``invalid(_:)``; of all others none.
    public var fields: [FieldProblem] {
        if case .invalid(let problems) = self { problems } else { [] }
    }

    /// The error as JSON for doors that have no form of their own for it: `{code, title, detail, errors?}`.
    public var json: JSONValue {
        var object: JSONObject = ["code": .string(code), "title": .string(title), "detail": .string(detail)]
        if !fields.isEmpty { object.append("errors", .array(fields.map(\.json))) }
        return .object(object)
    }
}

extension ErrandError.Conflict {
    fileprivate var title: String {
        switch self {
        case .undoExpired: "The undo token is no longer valid."
        case .linkExpired: "The link is no longer valid."
        case .idempotencyKeyReused: "The idempotency key was used before."
        case .batchAborted: "Another command of the batch failed."
        default: "The state of things forbids it."
        }
    }

    fileprivate var detail: String {
        switch self {
        case .inTrash: "A task with this id is in the trash. Restore it, or choose another id."
        case .notRecurring: "The task does not come again."
        case .alreadyCompleted: "The task is completed. Reopen it first."
        case .lastOccurrence: "This is the last date of its rule. Complete or delete the task instead."
        case .notFired: "A reminder can be snoozed once it has reminded."
        case .emailTaken: "There is an account with this address."
        case .linkExpired: "Links in mails work once, and for a short time. Ask for a new one."
        case .undoConflict: "A task has been changed since, so the change cannot be taken back."
        case .undoExpired: "Changes can be taken back once, within ten minutes."
        case .idempotencyKeyReused: "It came with another request. Use a new key for a new request."
        case .channelOff: "It is turned off, gone, or not verified yet. Turn it on, or add it again."
        case .notAWebhook: "Only a webhook has that."
        case .nothingToVerify: "Only the address of an e-mail channel that is not verified yet has to be."
        case .conversationBusy: "Another message of this conversation is being answered. Send yours again after it."
        case .batchAborted: "The batch is all or nothing, so this command was not carried out."
        }
    }
}

extension FieldProblem {
    /// `{pointer | parameter | line, column?, code, detail}`, as an entry of a list of problems (RFC 9457 §3).
    public var json: JSONValue {
        var object: JSONObject =
            switch place {
            case .body(let pointer): ["pointer": .string(pointer)]
            case .parameter(let name): ["parameter": .string(name)]
            case .line(let line, nil): ["line": JSONValue(line)]
            case .line(let line, let column?): ["line": JSONValue(line), "column": JSONValue(column)]
            }
        object.append("code", .string(code.rawValue))
        object.append("detail", .string(detail))
        return .object(object)
    }
}
