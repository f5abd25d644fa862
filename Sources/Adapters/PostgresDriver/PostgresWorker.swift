import ErrandCore
import Glibc
import SQLStore

/// A thread with a connection of its own, each job in a transaction.
///
/// A connection that is lost is opened anew; until that succeeds, callers are told that the database cannot answer,
/// at once rather than after a wait.
struct PostgresWorker: Sendable {
    enum ProcessRole {
        case reader, writer

        /// There is an index for everything that is read, so reading a whole table is never right.
        fileprivate var settings: [String] { self == .reader ? ["enable_seqscan=off"] : [] }
    }

    /// How long nobody tries to connect after a failure.
    private static let pauseAfterFailure = Duration.milliseconds(250)

    let options: PostgresOptions
    let role: ProcessRole
    let queue: JobQueue<any DatabaseJob>
    let outage: PostgresOutage

    /// Works until the queue is closed and empty.
    func run() {
        var connection: PostgresConnection?
        var failedAt: ContinuousClock.Instant?
        while let job = queue.take(limit: 1)?.first {
            if job.isCancelled {
                job.finish(.cancelled)
                continue
            }
            if connection?.isAlive != true {
                connection = nil
                if let failedAt, ContinuousClock.now - failedAt < PostgresWorker.pauseAfterFailure {
                    job.finish(.unavailable)
                    continue
                }
                connection = connect()
            }
            guard let open = connection else {
                failedAt = .now
                job.finish(.unavailable)
                continue
            }
            if perform(job, on: open) { continue }
            // The connection was found dead before anything was done: the server was restarted, perhaps.
            connection = connect()
            guard let again = connection, perform(job, on: again) else {
                failedAt = .now
                connection = nil
                job.finish(.unavailable)
                continue
            }
        }
    }

    private func connect() -> PostgresConnection? {
        do throws(SQLError) {
            let connection = try PostgresConnection(options, settings: role.settings)
            outage.ended()
            return connection
        } catch {
            outage.failed(error)
            return nil
        }
    }

    /// - Returns: false when the transaction could not even begin.
    private func perform(_ job: any DatabaseJob, on connection: PostgresConnection) -> Bool {
        for attempt in 1...PostgresOptions.attemptsMax {
            do throws(SQLError) {
                try connection.begin(readOnly: role == .reader)
            } catch {
                return false
            }
            let isKept = job.run(on: connection)
            do throws(SQLError) {
                if isKept {
                    guard try connection.commit() else {
                        job.finish(.unavailable)
                        return true
                    }
                } else {
                    try connection.rollback()
                }
            } catch  where error.kind == .conflict || connection.hasConflict {
                // Tried again below.
            } catch {
                outage.failed(error)
                job.finish(.unavailable)
                return true
            }
            guard connection.hasConflict, attempt < PostgresOptions.attemptsMax, !job.isCancelled else {
                if connection.hasConflict {
                    outage.failed(SQLError(kind: .conflict, code: 0, message: "given up after \(attempt) tries"))
                }
                job.finish(connection.hasConflict ? .unavailable : nil)
                return true
            }
            usleep(UInt32.random(in: 500...5_000) * UInt32(attempt))
        }
        return true
    }
}
