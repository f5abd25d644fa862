/// What an operation is asked with, whatever the door.
public struct OperationInput: Sendable {
    /// What it is about, as people and programs name it: the number of a task, the name of a tag, an id. Empty where
    /// it is about nothing.
    public let subject: String
    /// Versions of the task any of which will do; nil for any.
    public let versions: [Int64]?
    /// What chooses and limits: the query of an address.
    public let parameters: FieldSource
    /// What is to be written.
    public let body: JSONValue
    /// Where ``body`` lies in what was sent (RFC 6901), "" for the whole of it.
    public let pointer: String

    public init(
        subject: String = "", versions: [Int64]? = nil, parameters: FieldSource = .nothing, body: JSONValue = .null,
        at pointer: String = ""
    ) {
        self.subject = subject
        self.versions = versions
        self.parameters = parameters
        self.body = body
        self.pointer = pointer
    }
}

extension OperationInput {
    /// - Throws: ``ErrandError/notFound(_:)`` for what names no task at all.
    func task() throws(ErrandError) -> TaskReference {
        guard let reference = TaskReference(subject) else { throw .notFound(.task) }
        return reference
    }

    /// The task at the versions that will do.
    ///
    /// - Throws: ``ErrandError/notFound(_:)`` for what names no task at all.
    func target() throws(ErrandError) -> TaskTarget { TaskTarget(try task(), versions: versions) }

    /// - Throws: ``ErrandError/notFound(_:)`` for what is no id at all.
    func id<Entity>(of resource: ErrandError.Resource) throws(ErrandError) -> ID<Entity> {
        guard let id = ID<Entity>(subject) else { throw .notFound(resource) }
        return id
    }
}

/// What an operation is about.
public enum OperationSubject: Sendable {
    case nothing, task, tag, reminder, notification, channel, filter, token, feed, conversation
    /// A task, and the version of it that the caller saw.
    case taskAtVersion

    /// Its name among the arguments of a tool or a command of a batch.
    public var argument: String? {
        switch self {
        case .nothing: nil
        case .task, .taskAtVersion: "task_id"
        case .tag: "tag"
        case .reminder: "reminder_id"
        case .notification: "notification_id"
        case .channel: "channel_id"
        case .filter: "filter_id"
        case .token: "token_id"
        case .feed: "feed_id"
        case .conversation: "conversation_id"
        }
    }
}

/// Which fields an operation reads, beside what it is about.
public enum OperationFields: Hashable, Sendable {
    case none
    /// Only what chooses and limits.
    case parameters
    /// Only what is to be written.
    case body
    /// What is to be written, and these parameters beside it.
    case bodyAnd(Set<String>)
}
