public import ErrandCore
import HTTPTypes

extension Problem {
    /// How HTTP says what an operation failed with.
    public init(_ error: ErrandError) {
        switch error {
        case .invalid(let problems):
            let detail =
                problems.count == 1 ? problems[0].detail : "\(problems.count) rules are broken; see errors."
            self.init(
                .unprocessableContent, code: "validation_failed", title: "The request breaks rules.", detail: detail,
                errors: problems
            )
        case .notFound(let resource):
            self.init(
                .notFound, code: "not_found", title: "There is no such thing.",
                detail: "There is no such \(resource.rawValue)."
            )
        case .conflict(let conflict): self.init(conflict)
        case .versionMismatch(let current):
            self.init(
                .preconditionFailed, code: "version_mismatch", title: "The task has been changed since.",
                detail: "Its version is \(current.version) now. Read it again.", headers: [.eTag: "\"\(current)\""]
            )
        case .invalidCursor:
            self.init(
                .badRequest, code: "invalid_cursor", title: "The cursor is not valid.",
                detail: "Cursors are good for the query they came from. Begin at the first page."
            )
        case .unauthenticated:
            self.init(
                .unauthorized, code: "unauthenticated", title: "Please sign in.",
                detail: "The credential is missing, wrong, expired or revoked.", headers: [.wwwAuthenticate: "Bearer"]
            )
        case .insufficientScope(let scope): self.init(missing: scope)
        case .rateLimited(let delay):
            self.init(
                .tooManyRequests, code: "rate_limited", title: "Too many requests.",
                detail: "Try again in \(delay.components.seconds) seconds.",
                headers: [.retryAfter: String(max(1, delay.components.seconds))],
                type: "https://iana.org/assignments/http-problem-types#quota-exceeded"
            )
        case .unavailable:
            self.init(
                .serviceUnavailable, code: "unavailable", title: "Not available right now.",
                detail: "Try again shortly: with the same id or Idempotency-Key, it is done once.",
                headers: [.retryAfter: "2"]
            )
        case .malformedEvent: self = .internal
        case .cancelled:
            self.init(
                .serviceUnavailable, code: "unavailable", title: "Not available right now.",
                detail: "The request was cancelled before anything was changed.", headers: [.retryAfter: "1"]
            )
        }
    }

    private init(_ conflict: ErrandError.Conflict) {
        let title = "The state of things forbids it."
        switch conflict {
        case .inTrash:
            self.init(
                .conflict, code: conflict.rawValue, title: title,
                detail: "A task with this id is in the trash. Restore it, or choose another id."
            )
        case .emailTaken:
            self.init(
                .conflict, code: conflict.rawValue, title: title, detail: "There is an account with this address.")
        case .notRecurring:
            self.init(
                .conflict, code: conflict.rawValue, title: title, detail: "The task does not come again.")
        case .alreadyCompleted:
            self.init(
                .conflict, code: conflict.rawValue, title: title, detail: "The task is completed. Reopen it first.")
        case .lastOccurrence:
            self.init(
                .conflict, code: conflict.rawValue, title: title,
                detail: "This is the last date of its rule. Complete or delete the task instead."
            )
        case .notFired:
            self.init(
                .conflict, code: conflict.rawValue, title: title,
                detail: "A reminder can be snoozed once it has reminded."
            )
        case .undoConflict:
            self.init(
                .conflict, code: conflict.rawValue, title: title,
                detail: "A task has been changed since, so the change cannot be taken back."
            )
        case .undoExpired:
            self.init(
                .gone, code: conflict.rawValue, title: "The undo token is no longer valid.",
                detail: "Changes can be taken back once, within ten minutes."
            )
        case .idempotencyKeyReused:
            self.init(
                .unprocessableContent, code: conflict.rawValue, title: "The idempotency key was used before.",
                detail: "It came with another request. Use a new key for a new request."
            )
        case .batchAborted:
            self.init(
                .failedDependency, code: conflict.rawValue, title: "Another command of the batch failed.",
                detail: "The batch is all or nothing, so this command was not carried out."
            )
        }
    }

    private init(missing scope: Scope) {
        if scope == .manageCredentials {
            self.init(
                .forbidden, code: "session_required", title: "Only a signed-in person may do this.",
                detail: "Passwords and tokens cannot be managed with a personal access token."
            )
        } else {
            self.init(
                .forbidden, code: "insufficient_scope", title: "The credential lacks a right.",
                detail: "It needs the scope \(scope.rawValue).",
                headers: [.wwwAuthenticate: "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""]
            )
        }
    }
}

extension HTTPResponse.Status {
    /// RFC 4918 §11.4.
    static let failedDependency = HTTPResponse.Status(code: 424, reasonPhrase: "Failed Dependency")
}
