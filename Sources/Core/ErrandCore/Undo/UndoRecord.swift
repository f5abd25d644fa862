public import CivilTime

/// What one write changed, and so what its undo takes back.
public struct UndoRecord: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public let taskID: TaskID
        /// The version that the write left behind: undo refuses when it is no longer the current one.
        public let version: Int64
        /// The version that the write found, and that the task is as good as again once it is taken back; nil where
        /// the write created the task.
        public let base: Int64?
        /// Field by field what to go back to; nil where the write created the task.
        public let previous: [Field]?

        public init(taskID: TaskID, version: Int64, base: Int64?, previous: [Field]?) {
            self.taskID = taskID
            self.version = version
            self.base = base
            self.previous = previous
        }
    }

    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public let token: String
    public let userID: UserID
    /// Where the tasks are.
    public let space: SpaceID
    public let createdAt: Instant
    public let entries: [Entry]

    public init(token: String, userID: UserID, space: SpaceID, createdAt: Instant, entries: [Entry]) {
        self.token = token
        self.userID = userID
        self.space = space
        self.createdAt = createdAt
        self.entries = entries
    }
}

extension UndoRecord {
    /// The entries as JSON, for stores.
    public var entriesJSON: JSONValue {
        .array(
            entries.map { entry in
                var object: JSONObject = [
                    "task_id": .string(entry.taskID.description), "version": .integer(entry.version),
                ]
                if let base = entry.base { object.append("base", .integer(base)) }
                if let previous = entry.previous {
                    var fields = JSONObject()
                    for field in previous { fields.append(field.name, field.value) }
                    object.append("previous", .object(fields))
                }
                return .object(object)
            }
        )
    }

    /// Reads what ``entriesJSON`` wrote; nil when it is damaged.
    public static func entries(_ json: JSONValue) -> [Entry]? {
        guard let items = json.array else { return nil }
        var entries: [Entry] = []
        for item in items {
            guard let id = item["task_id"]?.string.flatMap({ TaskID($0) }), let version = item["version"]?.integer
            else { return nil }
            let previous = item["previous"]?.object?.members.map { Field(name: $0.name, value: $0.value) }
            let base = item["base"]?.integer
            entries.append(Entry(taskID: id, version: version, base: base, previous: previous))
        }
        return entries
    }

    /// The same for tasks that are again as the write left them, under newer versions.
    ///
    /// - Parameter returns: task by task, which version is as good as there again, and as which one.
    /// - Returns: nil when none of them is one that this write left behind.
    func following(_ returns: [TaskID: (to: Int64, as: Int64)]) -> UndoRecord? {
        let followed = entries.map { entry -> Entry in
            guard let back = returns[entry.taskID], back.to == entry.version else { return entry }
            return Entry(taskID: entry.taskID, version: back.as, base: entry.base, previous: entry.previous)
        }
        if followed == entries { return nil }
        return UndoRecord(token: token, userID: userID, space: space, createdAt: createdAt, entries: followed)
    }
}
