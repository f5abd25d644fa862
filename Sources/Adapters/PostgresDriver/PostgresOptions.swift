/// Where the database is, and how many connections to it a process has.
public struct PostgresOptions: Sendable {
    /// Most calls that wait for a connection at a time; what is beyond is refused.
    static let waitingCallsMax = 1_000
    /// Most jobs that share a transaction.
    static let sharedMax = 32
    /// How long a shared transaction waits for a lock before its jobs are done one by one, in milliseconds.
    static let sharedLockWait = 250
    /// How often a transaction that was in another's way is tried.
    static let attemptsMax = 10

    /// A connection URI or a list of keywords and values
    /// (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING>). May hold a password.
    public let url: String
    /// Connections of the process that read, 1 or more.
    public var readers = 4
    /// Connections of the process that write, 1 or more.
    public var writers = 4
    /// Connections of the process whose transactions are shared by many short changes, 0 or more; without any, each
    /// has its own.
    public var sharers = 2

    public init(url: String) {
        self.url = url
    }

    /// Connections that the process uses: these, and one that listens.
    public static let connections = 3...200

    /// Divides `connections` among readers, writers, those that share their transactions, and the one that listens.
    public mutating func use(connections: Int) {
        let shared = max(connections, PostgresOptions.connections.lowerBound) - 1
        readers = max(shared * 2 / 5, 1)
        sharers = (shared - readers) / 3
        writers = max(shared - readers - sharers, 1)
    }
}
