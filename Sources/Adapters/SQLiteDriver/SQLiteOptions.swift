/// How a SQLite database is opened.
public struct SQLiteOptions: Hashable, Sendable {
    public enum Synchronous: Int, Sendable {
        /// A commit survives the end of the process, but the last ones may be lost when the power fails.
        case normal = 1
        /// A commit is on the disk before it is acknowledged.
        case full = 2
    }

    public var synchronous = Synchronous.full
    /// Threads that read, each with a connection. More than cores help nobody.
    public var readers = 2
    /// Calls that may wait for the readers, and as many for the writer; one more fails at once.
    public var waitingCallsMax = 4_096
    /// Writes that share one commit at most.
    public var batchSizeMax = 256
    /// How long to wait for another process, a backup say, that holds the file.
    public var busyTimeout = Duration.seconds(5)

    /// Whether to look into a database that another process may be serving: nobody's lock is taken, and nothing
    /// is made.
    public var isGuest = false

    public init() {}

    static let writerCacheKiB = 8 * 1024
    static let readerCacheKiB = 4 * 1024
}
