/// How much of a list to read, and from where.
public struct PageRequest: Hashable, Sendable {
    public let order: TaskOrder
    /// The last task of the page before; nil for the first page.
    public let after: PagePosition?
    /// 1 or more.
    public let limit: Int

    public init(order: TaskOrder, after: PagePosition?, limit: Int) {
        self.order = order
        self.after = after
        self.limit = limit
    }
}

/// Where in an order a task stands.
public enum PagePosition: Hashable, Sendable {
    /// Sort key and id; a nil key stands among those without one.
    case number(Int64?, TaskID)
    case text(String, TaskID)
    /// How well the task matches (0 best) and its number.
    case match(tier: Int, number: Int64)
}

/// One page of a list.
public struct TaskPage: Hashable, Sendable {
    public let tasks: [TodoTask]
    /// Where the last task stands, when more may follow.
    public let end: PagePosition?

    public init(tasks: [TodoTask], end: PagePosition?) {
        self.tasks = tasks
        self.end = end
    }
}
