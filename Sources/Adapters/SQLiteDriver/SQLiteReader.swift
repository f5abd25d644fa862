import ErrandCore
import GRDB
import SQLStore

/// A thread that reads, each job on a snapshot of its own.
struct SQLiteReader: Sendable {
    let database: DatabaseQueue
    let queue: JobQueue<any DatabaseJob>
    let report: @Sendable (SQLError) -> Void

    /// Works until the queue is closed and empty.
    func run() {
        // Nobody else uses the connection, so it need not be asked for with each job.
        database.unsafeRead { database in
            let connection = SQLiteConnection(database, StatementTexts())
            while let job = queue.take(limit: 1)?.first { finish(job, connection, database) }
        }
        do {
            try database.close()
        } catch {
            report(SQLError(error))
        }
    }

    private func finish(_ job: any DatabaseJob, _ connection: SQLiteConnection, _ database: Database) {
        if job.isCancelled {
            job.finish(.cancelled)
            return
        }
        do {
            try SQLiteReader.run(job, connection, database)
            job.finish(nil)
        } catch {
            report(SQLError(error))
            job.finish(.unavailable)
        }
    }

    /// Runs a job in a transaction, so that all it reads is of one moment. The connection cannot write.
    private static func run(_ job: any DatabaseJob, _ connection: SQLiteConnection, _ database: Database) throws {
        // Prepared once; what GRDB would begin and end a transaction with it prepares each time.
        try connection.query("BEGIN", []) { (_) throws(SQLError) in }
        _ = job.run(on: connection)
        do throws(SQLError) {
            try connection.query("COMMIT", []) { (_) throws(SQLError) in }
        } catch {
            if database.isInsideTransaction { try connection.query("ROLLBACK", []) { (_) throws(SQLError) in } }
            throw error
        }
    }
}
