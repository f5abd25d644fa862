import Dispatch
import Synchronization

/// A thread that does what it is asked, one thing after the other.
package final class BlockingWorker: Sendable {
    /// Work in the order of asking; nil ends the thread.
    private final class Queue: Sendable {
        private let jobs = Mutex<[(@Sendable () -> Void)?]>([])
        private let waiting = DispatchSemaphore(value: 0)

        func append(_ job: (@Sendable () -> Void)?) {
            jobs.withLock { $0.append(job) }
            waiting.signal()
        }

        func next() -> (@Sendable () -> Void)? {
            waiting.wait()
            return jobs.withLock { $0.removeFirst() }
        }
    }

    private let queue: Queue
    private let thread: BlockingThread

    package init(name: String) {
        let queue = Queue()
        self.queue = queue
        thread = BlockingThread(name: name) {
            while let job = queue.next() { job() }
        }
    }

    /// Does `work` on the thread. Cancellation does not end it: what blocks has to be woken.
    package func perform<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.append { continuation.resume(returning: work()) }
        }
    }

    /// Ends the thread when all is done that it was asked for; nothing may be asked afterwards.
    package func end() async {
        queue.append(nil)
        await thread.join()
    }
}
