import Dispatch
import Foundation
import Synchronization

/// A bounded queue between callers that await and threads that block.
///
/// When it is full, adding fails at once: a database that is behind must not collect work without end.
package final class JobQueue<Job: Sendable>: Sendable {
    package enum Refusal: Error {
        case full, closed
    }

    private struct State {
        /// The next ones, the oldest last.
        var next: [Job] = []
        /// Those after them, the oldest first.
        var later: [Job] = []
        /// Threads that wait for ``wakeUps``, or are about to.
        var sleepers = 0
        /// Threads that have found nothing, and look once more before they sleep.
        var lookers = 0
        var isClosed = false

        var count: Int { next.count + later.count }

        mutating func take() -> Job? {
            if next.isEmpty {
                next.append(contentsOf: later.reversed())
                later.removeAll(keepingCapacity: true)
            }
            return next.popLast()
        }
    }

    /// So often a thread that finds nothing lets others run and looks again before it sleeps. Under load the next job
    /// is there by then, and nobody need be put to sleep and woken, which takes longer than most jobs do.
    private static var looksMax: Int { 2 }

    private let capacity: Int
    private let state = Mutex(State())
    /// One signal for each sleeper that was taken off the count.
    private let wakeUps = DispatchSemaphore(value: 0)

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// - Parameter isNext: whether it comes before all that wait, and is taken even if too many do.
    package func add(_ job: Job, isNext: Bool = false) throws(Refusal) {
        let (refusal, wakes): (Refusal?, Bool) = state.withLock { state in
            if state.isClosed { return (.closed, false) }
            if state.count >= capacity, !isNext { return (.full, false) }
            // Of those that are next, the last one is taken first.
            if isNext { state.next.append(job) } else { state.later.append(job) }
            guard state.sleepers > 0, state.lookers == 0 else { return (nil, false) }
            state.sleepers -= 1
            return (nil, true)
        }
        // Waking takes a call of the system, for which nobody else is to wait.
        if wakes { wakeUps.signal() }
        if let refusal { throw refusal }
    }

    /// Waits for jobs and takes up to `limit` of them, oldest first.
    ///
    /// - Returns: nil when the queue is closed and empty.
    package func take(limit: Int) -> [Job]? {
        var looks = 0
        while true {
            let found: Found = state.withLock { state in
                if looks > 0 { state.lookers -= 1 }
                var taken: [Job] = []
                while taken.count < limit, let job = state.take() { taken.append(job) }
                if !taken.isEmpty {
                    // What came while this thread looked about was left to it, but it takes no more.
                    let wakes = state.count > 0 && state.sleepers > 0 && state.lookers == 0
                    if wakes { state.sleepers -= 1 }
                    return .jobs(taken, wakes)
                }
                if state.isClosed { return .end }
                if looks < Self.looksMax {
                    state.lookers += 1
                    return .nothingYet
                }
                state.sleepers += 1
                return .nothing
            }
            switch found {
            case .jobs(let jobs, let wakes):
                if wakes { wakeUps.signal() }
                return jobs
            case .end: return nil
            case .nothingYet:
                looks += 1
                sched_yield()
            case .nothing:
                looks = 0
                wakeUps.wait()
            }
        }
    }

    private enum Found {
        case jobs([Job], Bool)
        case end, nothingYet, nothing
    }

    /// How many jobs wait, and how many threads wait for jobs.
    package var load: (waiting: Int, idle: Int) { state.withLock { ($0.count, $0.sleepers) } }

    /// Refuses new jobs. Those that wait are still taken.
    package func close() {
        state.withLock { state in
            state.isClosed = true
            for _ in 0..<state.sleepers { wakeUps.signal() }
            state.sleepers = 0
        }
    }
}
