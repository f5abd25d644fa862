/// What an event is about: one thing of a kind, in the space of the event.
///
/// Kinds are an open set: a new one needs a name here, and nothing elsewhere.
public struct Subject: Hashable, Sendable {
    /// A kind of things that something can happen to.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        public let name: String

        public init(_ name: String) {
            self.name = name
        }

        public static let task = Kind("task")
        public static let notification = Kind("notification")
        /// Where a user can be reached.
        public static let channel = Kind("channel")
        public static let filter = Kind("filter")
        public static let account = Kind("account")
        public static let token = Kind("token")
        public static let session = Kind("session")
        /// What calendars read.
        public static let feed = Kind("feed")

        public var description: String { name }
    }

    public let kind: Kind
    public let id: UniqueID

    public init(_ kind: Kind, _ id: UniqueID) {
        self.kind = kind
        self.id = id
    }

    public static func task(_ id: TaskID) -> Subject { Subject(.task, id.value) }
    public static func notification(_ id: NotificationID) -> Subject { Subject(.notification, id.value) }
    public static func destination(_ id: DestinationID) -> Subject { Subject(.channel, id.value) }
    public static func filter(_ id: SavedFilterID) -> Subject { Subject(.filter, id.value) }
    public static func account(_ id: UserID) -> Subject { Subject(.account, id.value) }
    public static func token(_ id: TokenID) -> Subject { Subject(.token, id.value) }
    public static func feed(_ id: FeedID) -> Subject { Subject(.feed, id.value) }
    public static func session(_ id: SessionID) -> Subject { Subject(.session, id.value) }

    /// The task; nil when it is something else.
    public var taskID: TaskID? { kind == .task ? TaskID(id) : nil }

    public var json: JSONValue { ["kind": .string(kind.name), "id": .string(id.description)] }

    /// Reads ``json``; nil for anything else.
    public init?(_ json: JSONValue) {
        guard let object = json.object, object.members.count == 2, let kind = object["kind"]?.string, !kind.isEmpty,
            let id = object["id"]?.string.flatMap({ UniqueID($0) })
        else { return nil }
        self.init(Kind(kind), id)
    }

    /// The member of a payload, or of an audit entry, that says what it is about: tasks have had one of their own
    /// from the beginning.
    var member: (name: String, value: JSONValue) {
        if let taskID { return ("task_id", .string(taskID.description)) }
        return ("subject", json)
    }
}
