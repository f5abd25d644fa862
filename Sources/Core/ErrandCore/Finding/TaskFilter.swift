public import CivilTime

/// Which tasks of one user a list shows. All conditions combine with AND.
///
/// Words such as "today" have become instants by now, so a store compares numbers only.
public struct TaskFilter: Hashable, Sendable {
    public enum Status: String, Sendable {
        case all, pending, completed
    }

    public enum DueCondition: Hashable, Sendable {
        /// Pending and past its end.
        case overdue(asOf: Instant)
        /// Starts within; either end may be open.
        case within(from: Instant?, to: Instant?)
        case none
    }

    public var search: SearchQuery?
    public var status: Status
    /// Empty for all.
    public var priorities: Set<Priority>
    /// Keys of tags; see ``Tag/key``. Empty for all.
    public var tagKeys: [String]
    /// Whether one of the tags is enough.
    public var anyTag: Bool
    public var due: [DueCondition]
    public var inTrash: Bool
    /// Holds besides everything else.
    public var expression: Expression?

    public init(
        search: SearchQuery? = nil, status: Status = .all, priorities: Set<Priority> = [], tagKeys: [String] = [],
        anyTag: Bool = false, due: [DueCondition] = [], inTrash: Bool = false, expression: Expression? = nil
    ) {
        self.search = search
        self.status = status
        self.priorities = priorities
        self.tagKeys = tagKeys
        self.anyTag = anyTag
        self.due = due
        self.inTrash = inTrash
        self.expression = expression
    }
}

/// The order of a list. Ties are broken by id in the direction of the order, so it is total and stable.
public struct TaskOrder: Hashable, Sendable {
    public enum Key: String, Sendable {
        /// Tasks without a due date come last in both directions.
        case dueDate = "due_date"
        case priority
        /// Alphabetically; see ``CollationKey``.
        case title
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        /// Ascending: pending tasks, then completed ones by time of completion.
        case completed
        /// As people have put them, from the top; those that nobody has placed come last in both directions.
        case manual
        /// Only with a search: how well the task matches, then newest first, whatever the direction.
        case relevance

        /// What `order` means when it is not given.
        public var isAscendingByDefault: Bool { self == .dueDate || self == .title || self == .manual }
    }

    public let key: Key
    public let isAscending: Bool

    public init(key: Key, isAscending: Bool) {
        self.key = key
        self.isAscending = isAscending
    }
}
