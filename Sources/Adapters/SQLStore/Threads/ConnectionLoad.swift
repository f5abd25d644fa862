/// How busy the threads of one kind are, each of which has a connection of its own, for operators to see.
public struct ConnectionLoad: Hashable, Sendable {
    /// `readers`, `writers` or `sharers`.
    public let name: String
    /// Connections there may be.
    public let size: Int
    /// Those at work.
    public let busy: Int
    /// Calls that wait for one.
    public let waiting: Int

    /// What is known of `queue`, which `size` threads take from.
    package init<Job: Sendable>(_ name: String, size: Int, _ queue: JobQueue<Job>) {
        let load = queue.load
        self.name = name
        self.size = size
        busy = max(size - load.idle, 0)
        waiting = load.waiting
    }
}
