import BlockingThreads
public import ErrandCore
public import SQLStore

/// A PostgreSQL database, with threads that read and threads that write, each with a connection of its own.
///
/// Reads see every write that was acknowledged before they began. Writers of different users work at the same time;
/// what is one user's is changed by one after the other. A transaction that was in another's way runs again. Short
/// changes that wait at the same moment share a transaction.
///
/// While the database cannot be reached, calls fail with ``ErrandError/unavailable``; when it is back, they are served
/// again. A connection that breaks during a commit leaves open whether it was done: such a call fails too, and whoever
/// repeats it with the same id or key finds out.
public final class PostgresDatabase: SQLDatabase {
    public var dialect: any SQLDialect { PostgresDialect() }

    private let reads: JobQueue<any DatabaseJob>
    private let writes: JobQueue<any DatabaseJob>
    /// Those that may share a transaction; nil where each has its own.
    private let shared: JobQueue<any DatabaseJob>?
    private let threads: [BlockingThread]
    private let sizes: (readers: Int, writers: Int, sharers: Int)
    private let report: @Sendable (SQLError) -> Void
    private let outage: PostgresOutage

    /// Connections are made when they are needed.
    ///
    /// - Parameter report: is told what goes wrong around transactions: connections that are lost, commits that
    ///   fail, calls that are refused. What goes wrong in them, the store tells.
    public init(_ options: PostgresOptions, report: @escaping @Sendable (SQLError) -> Void) {
        let reads = JobQueue<any DatabaseJob>(capacity: PostgresOptions.waitingCallsMax)
        let writes = JobQueue<any DatabaseJob>(capacity: PostgresOptions.waitingCallsMax)
        let outage = PostgresOutage(report: report)
        func start(
            _ count: Int, _ role: PostgresWorker.ProcessRole, _ queue: JobQueue<any DatabaseJob>
        ) -> [BlockingThread] {
            (1...count).map { number in
                let worker = PostgresWorker(options: options, role: role, queue: queue, outage: outage)
                return BlockingThread(name: "pg-\(role)-\(number)") { worker.run() }
            }
        }
        self.reads = reads
        self.writes = writes
        let (readers, writers) = (max(options.readers, 1), max(options.writers, 1))
        let sizes = (readers: readers, writers: writers, sharers: max(options.sharers, 0))
        let shared =
            sizes.sharers > 0 ? JobQueue<any DatabaseJob>(capacity: PostgresOptions.waitingCallsMax) : nil
        var threads = start(sizes.readers, .reader, reads) + start(sizes.writers, .writer, writes)
        if let shared { threads += start(sizes.sharers, .sharer, shared) }
        (self.sizes, self.shared, self.threads) = (sizes, shared, threads)
        self.report = report
        self.outage = outage
    }

    public var connectionsMade: Int { outage.connectionsMade }

    /// How busy the connections are now.
    public var pools: [ConnectionLoad] {
        [ConnectionLoad("readers", size: sizes.readers, reads), ConnectionLoad("writers", size: sizes.writers, writes)]
            + (shared.map { [ConnectionLoad("sharers", size: sizes.sharers, $0)] } ?? [])
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await reads.run(body, report: report)
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await writes.run(body, report: report)
    }

    public func writeShared<Result: Sendable>(
        turn: String, _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await (shared ?? writes).run(body, turn: turn, report: report)
    }

    public func writeNext<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await writes.run(body, isNext: true, report: report)
    }

    /// Does what waits, refuses what comes, and returns when the connections are closed.
    public func close() async {
        reads.close()
        writes.close()
        shared?.close()
        for thread in threads { await thread.join() }
    }

    deinit {
        reads.close()
        writes.close()
        shared?.close()
    }
}
