import BlockingThreads
import Glibc
public import SQLStore
import Synchronization

/// Hears what other processes announce, on a connection and a thread of its own.
public final class PostgresListener: Sendable {
    /// How long a thread waits before it looks whether it is to end.
    private static let turn: Int32 = 250

    private let isClosed: ClosedFlag
    private let thread: BlockingThread

    /// - Parameter hear: is told what was committed, on the listener's thread; of everything when the connection was
    ///   lost and is back, since something may have been missed.
    public init(
        _ options: PostgresOptions, report: @escaping @Sendable (SQLError) -> Void,
        hear: @escaping @Sendable (StoreNews) -> Void
    ) {
        let isClosed = ClosedFlag()
        let outage = PostgresOutage(report: report)
        thread = BlockingThread(name: "pg-listener") {
            while !isClosed.isSet {
                do throws(SQLError) {
                    try PostgresListener.listen(options, until: isClosed, outage, hear)
                } catch {
                    outage.failed(error)
                    usleep(UInt32(PostgresListener.turn) * 1_000)
                }
            }
        }
        self.isClosed = isClosed
    }

    private static func listen(
        _ options: PostgresOptions, until isClosed: ClosedFlag, _ outage: PostgresOutage, _ hear: (StoreNews) -> Void
    ) throws(SQLError) {
        let connection = try PostgresConnection(options)
        try connection.listen(to: PostgresDialect.channel)
        outage.ended()
        for news in StoreNews.allCases { hear(news) }
        while !isClosed.isSet {
            let names = Set(try connection.notifications(waitingAtMost: turn))
            for news in StoreNews.allCases where names.contains(news.rawValue) { hear(news) }
        }
    }

    public func close() async {
        isClosed.set()
        await thread.join()
    }
}

private final class ClosedFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
