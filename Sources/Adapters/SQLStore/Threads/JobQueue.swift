import Dispatch
import Synchronization

/// A bounded queue between callers that await and threads that block.
///
/// When it is full, adding fails at once: a database that is behind must not collect work without end.
package final class JobQueue<Job: Sendable>: Sendable {
    package enum Refusal: Error {
        case full, closed
    }

    private struct State {
        var jobs: [Job] = []
        /// Threads that wait for ``wakeUps``, or are about to.
        var sleepers = 0
        var isClosed = false
    }

    private let capacity: Int
    private let state = Mutex(State())
    /// One signal for each sleeper that was taken off the count.
    private let wakeUps = DispatchSemaphore(value: 0)

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// - Parameter isNext: whether it comes before all that wait, and is taken even if too many do.
    package func add(_ job: Job, isNext: Bool = false) throws(Refusal) {
        let refusal: Refusal? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.jobs.count >= capacity, !isNext { return .full }
            state.jobs.insert(job, at: isNext ? 0 : state.jobs.count)
            if state.sleepers > 0 {
                state.sleepers -= 1
                wakeUps.signal()
            }
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Waits for jobs and takes up to `limit` of them, oldest first.
    ///
    /// - Returns: nil when the queue is closed and empty.
    package func take(limit: Int) -> [Job]? {
        while true {
            let jobs: [Job]? = state.withLock { state in
                if state.jobs.isEmpty {
                    if state.isClosed { return nil }
                    state.sleepers += 1
                    return []
                }
                let taken = Array(state.jobs.prefix(limit))
                state.jobs.removeFirst(taken.count)
                return taken
            }
            guard let jobs, jobs.isEmpty else { return jobs }
            wakeUps.wait()
        }
    }

    /// How many jobs wait, and how many threads wait for jobs.
    package var load: (waiting: Int, idle: Int) { state.withLock { ($0.jobs.count, $0.sleepers) } }

    /// Refuses new jobs. Those that wait are still taken.
    package func close() {
        state.withLock { state in
            state.isClosed = true
            for _ in 0..<state.sleepers { wakeUps.signal() }
            state.sleepers = 0
        }
    }
}
