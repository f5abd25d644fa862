import ErrandCore
import GRDB
import GRDBSQLite
import SQLStore
import Synchronization

/// The one thread that writes. Whatever waits when it becomes free goes into one commit (group commit):
/// what a commit costs, waiting for the disk, is then shared by all.
struct SQLiteWriter: Sendable {
    let database: DatabaseQueue
    let queue: JobQueue<any DatabaseJob>
    let batchSizeMax: Int
    /// Whether jobs that only read are among its jobs, which find what is committed.
    let isAlsoReader: Bool
    /// Nil where there is no log, or where another process moves it.
    let checkpointer: SQLiteCheckpointer?
    let count: CommitCount
    let report: @Sendable (SQLError) -> Void

    /// Works until the queue is closed and empty.
    func run() {
        let texts = StatementTexts()
        let log = LogSize()
        // Takes the place of what SQLite does by itself when the log is long.
        if checkpointer != nil { database.writeWithoutTransaction(log.watch) }
        var growth = SQLiteLogGrowth()
        while let jobs = queue.take(limit: batchSizeMax) {
            commit(jobs, texts)
            // After those who wrote were told.
            checkpointer?.shorten(growth.due(after: log.pages), pages: log.pages, by: database)
        }
        texts.clear()
        checkpointer?.end()
        do {
            // Leaves one file behind that can be copied.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try database.close()
        } catch {
            report(SQLError(error))
        }
        withExtendedLifetime(log) {}
    }

    private func commit(_ jobs: [any DatabaseJob], _ texts: StatementTexts) {
        let wanted = jobs.stillWanted()
        if wanted.isEmpty { return }
        do {
            try database.writeWithoutTransaction { try commit(wanted, $0, texts) }
            for job in wanted { job.finish(nil) }
        } catch {
            report(SQLError(error))
            for job in wanted { job.finish(.unavailable) }
        }
    }

    /// Runs each job in a savepoint of its own, so that one that fails takes back only itself.
    private func commit(_ jobs: [any DatabaseJob], _ database: Database, _ texts: StatementTexts) throws {
        let connection = SQLiteConnection(database, texts)
        let changesBefore = database.totalChangesCount
        // Also what fails, and before anybody is told: whoever finds a number unchanged has missed nothing.
        defer { if database.totalChangesCount != changesBefore { count.add() } }
        try connection.execute("BEGIN IMMEDIATE", [])
        do {
            for job in jobs {
                try connection.execute("SAVEPOINT job", [])
                let isKept = job.run(on: connection)
                // A full disk and the like make SQLite roll back the whole transaction by itself
                // (https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
                guard database.isInsideTransaction else {
                    throw SQLError(kind: .other, code: 0, message: "the transaction was rolled back")
                }
                if !isKept { try connection.execute("ROLLBACK TO job", []) }
                if isAlsoReader { try connection.searchNewTasks() }
                try connection.execute("RELEASE job", [])
            }
            try connection.searchNewTasks()
            try connection.execute("COMMIT", [])
        } catch {
            if database.isInsideTransaction { try connection.execute("ROLLBACK", []) }
            throw error
        }
    }
}

/// How many pages the log has after the last commit of one connection. For the thread of the connection, and at least
/// as long as it is open.
private final class LogSize {
    private(set) var pages = 0

    func watch(_ database: Database) {
        // https://www.sqlite.org/c3ref/wal_hook.html
        sqlite3_wal_hook(
            database.sqliteConnection,
            { size, _, _, pages in
                if let size { Unmanaged<LogSize>.fromOpaque(size).takeUnretainedValue().pages = Int(pages) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque()
        )
    }
}

/// How many commits there were that changed a row.
final class CommitCount: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }

    func add() { count.add(1, ordering: .sequentiallyConsistent) }
}
