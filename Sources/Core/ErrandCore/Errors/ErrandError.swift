/// Everything an operation can fail with. One table per door turns these into its own answers.
public enum ErrandError: Error, Hashable, Sendable {
    /// The input breaks rules; each broken one is named.
    case invalid([FieldProblem])
    /// There is no such thing, or it is somebody else's.
    case notFound(Resource)
    /// The state of things forbids it.
    case conflict(Conflict)
    /// The caller saw another version than the current one.
    case versionMismatch(current: TaskValidator)
    /// The list cursor is not one of ours, or belongs to another query.
    case invalidCursor
    /// The credential is missing, wrong, expired or revoked.
    case unauthenticated
    /// The credential lacks this right.
    case insufficientScope(Scope)
    case rateLimited(retryAfter: Duration)
    /// The store or a service behind it cannot answer now; nothing was written.
    case unavailable
    /// An event is not what its schema says; names what is wrong, and no content.
    case malformedEvent(String)
    /// The caller went away before the work began.
    case cancelled

    public enum Resource: String, Sendable {
        case task, tag, token, route, reminder, notification, channel, filter, feed, conversation, space
    }

    public enum Conflict: String, CaseIterable, Sendable {
        /// A task with the chosen id is in the trash.
        case inTrash = "conflict"
        /// The task does not come again.
        case notRecurring = "not_recurring"
        case alreadyCompleted = "already_completed"
        /// The rule has no date after this one.
        case lastOccurrence = "last_occurrence"
        /// A reminder can be snoozed once it has fired.
        case notFired = "reminder_not_fired"
        case emailTaken = "email_taken"
        /// The link of a mail is unknown, used, or too old.
        case linkExpired = "link_expired"
        /// A task that the undo would change has been changed since.
        case undoConflict = "undo_conflict"
        /// The undo token is unknown, used or older than ``Limits/undoLifetime``.
        case undoExpired = "undo_expired"
        /// Nothing is sent over the channel as it is.
        case channelOff = "channel_off"
        /// The channel is no webhook.
        case notAWebhook = "not_a_webhook"
        /// The channel has no address that its reader still has to confirm.
        case nothingToVerify = "nothing_to_verify"
        /// The idempotency key was first sent with another request.
        case idempotencyKeyReused = "idempotency_key_reused"
        /// Another message of the conversation is being answered.
        case conversationBusy = "conversation_busy"
        /// Another command of an atomic batch failed.
        case batchAborted = "batch_aborted"
    }

    /// The error for one broken field.
    public static func invalid(_ pointer: String, _ code: FieldProblem.Code, _ detail: String) -> ErrandError {
        .invalid([FieldProblem(place: .body(pointer), code: code, detail: detail)])
    }
}

/// One broken rule of one field.
public struct FieldProblem: Hashable, Sendable {
    public let place: Place
    public let code: Code
    /// A sentence for a person; never repeats the value.
    public let detail: String

    public init(place: Place, code: Code, detail: String) {
        self.place = place
        self.code = code
        self.detail = detail
    }

    public enum Place: Hashable, Sendable {
        /// JSON Pointer (RFC 6901) into the body.
        case body(String)
        /// Name of a query parameter.
        case parameter(String)
        /// A place in a file, both counted from 1, columns in code points; nil for the whole line.
        case line(Int, column: Int?)
    }

    public enum Code: String, Sendable {
        case required, unknown, duplicate, excluded
        case wrongType = "wrong_type"
        case tooLong = "too_long"
        case tooShort = "too_short"
        case tooMany = "too_many"
        case outOfRange = "out_of_range"
        case invalidValue = "invalid_value"
        case invalidCharacters = "invalid_characters"
    }
}
