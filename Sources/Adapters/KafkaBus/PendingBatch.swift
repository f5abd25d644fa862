import Synchronization

/// Messages of one call that brokers have not acknowledged yet.
final class PendingBatch: Sendable {
    private struct State {
        /// Messages without a report, and one for whoever still adds some.
        var missing = 1
        /// Why the first message failed that did.
        var failure: String?
        var deadline: ContinuousClock.Instant
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>

    init(deadline: ContinuousClock.Instant) {
        state = Mutex(State(deadline: deadline))
    }

    /// To be called before librdkafka gets a message, whose report may come at once.
    func addOne() {
        state.withLock { $0.missing += 1 }
    }

    func finishedOne(failure: String?) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.missing -= 1
            if state.failure == nil { state.failure = failure }
            guard state.missing == 0 else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    /// Whether every message has its report.
    var isOver: Bool { state.withLock { $0.missing == 0 } }

    /// Whether it is to be given up: a message of it has failed, or its time is over.
    func isLost(at now: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.failure != nil || $0.missing > 0 && $0.deadline <= now }
    }

    /// Gives it up at `deadline` unless that is so earlier anyway.
    func hurry(until deadline: ContinuousClock.Instant) {
        state.withLock { $0.deadline = min($0.deadline, deadline) }
    }

    /// Waits until every message has its report.
    ///
    /// - Returns: why it failed; nil when all were acknowledged.
    func outcome() async -> String? {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.missing > 0 { state.waiting = continuation }
                return state.missing == 0
            }
            if isDone { continuation.resume() }
        }
        return state.withLock { $0.failure }
    }
}
