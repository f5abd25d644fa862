package import ErrandCore
import Synchronization

/// A transaction body that waits for a database thread, and the caller who waits for its result.
package protocol DatabaseJob: Sendable {
    var isCancelled: Bool { get }

    /// Of jobs that share a transaction, the lowest comes first.
    var turn: String { get }

    /// Runs the body and keeps what came of it.
    ///
    /// - Returns: whether its changes are to be kept.
    func run(on connection: any SQLConnection) -> Bool

    /// Tells the caller what came of the body, or `failure` when that is void. To be called once.
    func finish(_ failure: ErrandError?)
}

extension [any DatabaseJob] {
    /// Those whose callers wait for them; the others are told that nothing was done.
    ///
    /// Each job is asked once: a caller may go away at any moment, and is told one thing only.
    package func stillWanted() -> [any DatabaseJob] {
        filter { job in
            guard job.isCancelled else { return true }
            job.finish(.cancelled)
            return false
        }
    }
}

final class TransactionJob<Success: Sendable>: DatabaseJob {
    typealias Body = @Sendable (any SQLConnection) throws(ErrandError) -> Success
    typealias Outcome = Result<Success, ErrandError>

    let turn: String
    private let body: Body
    private let continuation: CheckedContinuation<Outcome, Never>
    private let cancellation: Cancellation
    private let outcome = Mutex(Outcome?.none)

    init(
        _ body: @escaping Body, turn: String, _ continuation: CheckedContinuation<Outcome, Never>,
        _ cancellation: Cancellation
    ) {
        self.body = body
        self.turn = turn
        self.continuation = continuation
        self.cancellation = cancellation
    }

    var isCancelled: Bool { cancellation.isCancelled }

    func run(on connection: any SQLConnection) -> Bool {
        let result: Outcome
        do throws(ErrandError) {
            result = .success(try body(connection))
        } catch {
            result = .failure(error)
        }
        outcome.withLock { $0 = result }
        return if case .success = result { true } else { false }
    }

    func finish(_ failure: ErrandError?) {
        let result = outcome.withLock { $0 }
        continuation.resume(returning: failure.map { .failure($0) } ?? result ?? .failure(.unavailable))
    }
}

/// Whether a caller has gone away.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }
}

extension JobQueue where Job == any DatabaseJob {
    /// Queues `body` and waits for its result.
    ///
    /// - Parameters:
    ///   - isNext: whether it comes before all that wait, and is done even if the caller goes away: others wait for it
    ///   too.
    ///   - turn: see ``DatabaseJob/turn``.
    package func run<Success: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Success, isNext: Bool = false,
        turn: String = "", report: (SQLError) -> Void
    ) async throws(ErrandError) -> Success {
        let cancellation = Cancellation()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = TransactionJob(body, turn: turn, continuation, cancellation)
                do throws(Refusal) {
                    try add(job, isNext: isNext)
                } catch {
                    report(error.sqlError)
                    job.finish(.unavailable)
                }
            }
        } onCancel: {
            if !isNext { cancellation.cancel() }
        }
        return try outcome.get()
    }
}

extension JobQueue.Refusal {
    var sqlError: SQLError {
        switch self {
        case .full: SQLError(kind: .overloaded, code: 0, message: "too many calls wait for the database")
        case .closed: SQLError(kind: .closed, code: 0, message: "the database is closed")
        }
    }
}
