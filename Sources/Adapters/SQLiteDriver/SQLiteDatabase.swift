import BlockingThreads
public import ErrandCore
import Foundation
import GRDB
public import SQLStore

/// A SQLite database with one thread that writes and some that read.
///
/// Reads see every write that was acknowledged before they began. Nothing here runs SQLite on Swift's
/// own threads.
public final class SQLiteDatabase: SQLDatabase {
    public enum Location: Hashable, Sendable {
        case file(path: String)
        /// Gone when it is closed. The writer's thread reads as well, there being one connection.
        case memory
    }

    /// Why a database cannot be opened.
    public enum OpenError: Error, Hashable, Sendable, CustomStringConvertible {
        /// Another process, or another part of this one, has opened it.
        case inUse(path: String)
        case failed(SQLError)

        public var description: String {
            switch self {
            case .inUse(let path): "The database \(path) is in use by another server."
            case .failed(let error): "The database cannot be opened: \(error)"
            }
        }
    }

    public var dialect: any SQLDialect { SQLiteDialect() }

    private let writes: JobQueue<any DatabaseJob>
    /// Nil where the writer reads.
    private let reads: JobQueue<any DatabaseJob>?
    private let writer: BlockingThread
    private let readers: [BlockingThread]
    private let report: @Sendable (SQLError) -> Void
    private let count: CommitCount
    /// Whether nobody else writes: the file is locked for this process. What guests of it write is between them and
    /// the services, and in no answer.
    private let isAlone: Bool

    /// Opens the database, or makes an empty one. Blocks for some milliseconds; meant for the start.
    ///
    /// - Parameter report: is told what goes wrong around transactions: commits that fail, calls that are
    ///   refused. What goes wrong in them, the store tells.
    public static func open(
        _ location: Location, options: SQLiteOptions = SQLiteOptions(), report: @escaping @Sendable (SQLError) -> Void
    ) throws(OpenError) -> SQLiteDatabase {
        switch location {
        case .memory:
            let writer = try connect(to: ":memory:", as: .memory, options)
            return SQLiteDatabase(writer: writer, readers: [], file: nil, checkpointer: nil, options, report)
        case .file(let path):
            let file = options.isGuest ? nil : try SQLiteFile(path: path)
            let writer = try connect(to: path, as: .writer, options)
            var readers: [DatabaseQueue] = []
            for _ in 0..<max(options.readers, 1) { readers.append(try connect(to: path, as: .reader, options)) }
            let checkpointer =
                options.isGuest
                ? nil : SQLiteCheckpointer(database: try connect(to: path, as: .checkpointer, options), report: report)
            return SQLiteDatabase(
                writer: writer, readers: readers, file: file, checkpointer: checkpointer, options, report
            )
        }
    }

    private init(
        writer: DatabaseQueue, readers: [DatabaseQueue], file: SQLiteFile?, checkpointer: SQLiteCheckpointer?,
        _ options: SQLiteOptions, _ report: @escaping @Sendable (SQLError) -> Void
    ) {
        let writes = JobQueue<any DatabaseJob>(capacity: options.waitingCallsMax)
        let reads = JobQueue<any DatabaseJob>(capacity: options.waitingCallsMax)
        let count = CommitCount()
        let writing = SQLiteWriter(
            database: writer, queue: writes, batchSizeMax: max(options.batchSizeMax, 1), isAlsoReader: readers.isEmpty,
            checkpointer: checkpointer, count: count, report: report
        )
        self.count = count
        isAlone = !options.isGuest
        self.writes = writes
        self.reads = readers.isEmpty ? nil : reads
        self.writer = BlockingThread(name: "sqlite-writer") {
            writing.run()
            file?.release()
        }
        self.readers = readers.enumerated().map { index, reader in
            let reading = SQLiteReader(database: reader, queue: reads, report: report)
            return BlockingThread(name: "sqlite-reader-\(index + 1)") { reading.run() }
        }
        self.report = report
    }

    public var commits: Int? { isAlone ? count.value : nil }

    /// How busy the connections are now.
    public var pools: [ConnectionLoad] {
        let reading = reads.map { [ConnectionLoad("readers", size: readers.count, $0)] } ?? []
        return reading + [ConnectionLoad("writers", size: 1, writes)]
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        if let reads { return try await reads.run(body, report: report) }
        let report = report
        return try await writes.run(
            { (connection) throws(ErrandError) in
                try SQLiteDatabase.setReadOnly(true, connection, report)
                let result = Swift.Result { () throws(ErrandError) in try body(connection) }
                try SQLiteDatabase.setReadOnly(false, connection, report)
                return try result.get()
            },
            report: report
        )
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await writes.run(body, report: report)
    }

    /// Does what waits, refuses what comes, and returns when the file is complete and closed.
    public func close() async {
        reads?.close()
        for reader in readers { await reader.join() }
        writes.close()
        await writer.join()
    }

    deinit {
        reads?.close()
        writes.close()
    }
}
