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
        let texts = StatementTexts()
        while let job = queue.take(limit: 1)?.first {
            if job.isCancelled {
                job.finish(.cancelled)
                continue
            }
            do {
                try database.read { _ = job.run(on: SQLiteConnection($0, texts)) }
                job.finish(nil)
            } catch {
                report(SQLError(error))
                job.finish(.unavailable)
            }
        }
        do {
            try database.close()
        } catch {
            report(SQLError(error))
        }
    }
}
