import ErrandCore
import Glibc
import SQLStore

/// A thread with a connection of its own, each job in a transaction, or several where they may share one.
///
/// A connection that is lost is opened anew; until that succeeds, callers are told that the database cannot answer,
/// at once rather than after a wait.
struct PostgresWorker: Sendable {
    enum ProcessRole {
        case reader, writer
        /// Writes; its jobs may share a transaction.
        case sharer

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
        var line = Line()
        while let jobs = queue.take(limit: role == .sharer ? PostgresOptions.sharedMax : 1) {
            let wanted = jobs.stillWanted()
            if wanted.count > 1, let open = connection(of: &line), share(wanted, on: open) { continue }
            for job in wanted { serve(job, &line) }
        }
    }

    /// The connection, and when none could be made.
    private struct Line {
        var connection: PostgresConnection?
        var failedAt: ContinuousClock.Instant?
    }

    /// The connection, opened anew where it is lost; nil while the database cannot be reached.
    private func connection(of line: inout Line) -> PostgresConnection? {
        if line.connection?.isAlive != true {
            line.connection = nil
            if let failedAt = line.failedAt, ContinuousClock.now - failedAt < PostgresWorker.pauseAfterFailure {
                return nil
            }
            line.connection = connect()
            if line.connection == nil { line.failedAt = .now }
        }
        return line.connection
    }

    private func serve(_ job: any DatabaseJob, _ line: inout Line) {
        guard let open = connection(of: &line) else { return job.finish(.unavailable) }
        if perform(job, on: open) { return }
        // The connection was found dead before anything was done: the server was restarted, perhaps.
        line.connection = connect()
        guard let again = line.connection, perform(job, on: again) else {
            line = Line(failedAt: .now)
            return job.finish(.unavailable)
        }
    }

    /// Runs jobs in one transaction, in the order of their turns.
    ///
    /// A job that fails before it has changed anything fails alone. Whatever else goes wrong may be any job's doing:
    /// then nothing is kept.
    ///
    /// - Returns: false when nothing was done, so that each is to be done by itself.
    private func share(_ jobs: [any DatabaseJob], on connection: PostgresConnection) -> Bool {
        do throws(SQLError) {
            try connection.beginShared()
        } catch {
            return false
        }
        for job in jobs.sorted(by: { $0.turn < $1.turn }) {
            let before = connection.changes
            let isKept = job.run(on: connection)
            if connection.isBroken || !isKept && connection.changes > before {
                try? connection.rollback()
                return false
            }
        }
        do throws(SQLError) {
            guard try connection.commit() else { return false }
        } catch {
            // What was refused was taken back. Where the connection broke, it is not known.
            if connection.isAlive { return false }
            outage.failed(error)
            for job in jobs { job.finish(.unavailable) }
            return true
        }
        for job in jobs { job.finish(nil) }
        return true
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
