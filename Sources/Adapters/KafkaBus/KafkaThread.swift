import Dispatch
import Foundation
import Synchronization

/// An operating system thread that works until there is nothing more to do, and can be waited for.
///
/// librdkafka blocks: polling, committing, closing. Swift's own threads, of which there are as many as cores, must
/// not wait for brokers.
final class KafkaThread: Sendable {
    private enum State {
        case running
        case ended
        case awaited([CheckedContinuation<Void, Never>])
    }

    private let state = Mutex(State.running)

    init(name: String, _ work: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            work()
            end()
        }
        thread.name = name
        thread.stackSize = 1 << 20
        thread.start()
    }

    private func end() {
        let waiting: [CheckedContinuation<Void, Never>] = state.withLock { state in
            defer { state = .ended }
            return if case .awaited(let waiting) = state { waiting } else { [] }
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when the thread has done all its work.
    func join() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                switch state {
                case .ended: return true
                case .running: state = .awaited([continuation])
                case .awaited(let waiting): state = .awaited(waiting + [continuation])
                }
                return false
            }
            if hasEnded { continuation.resume() }
        }
    }
}

/// A thread that does what it is asked, one thing after the other.
final class KafkaWorker: Sendable {
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
    private let thread: KafkaThread

    init(name: String) {
        let queue = Queue()
        self.queue = queue
        thread = KafkaThread(name: name) {
            while let job = queue.next() { job() }
        }
    }

    /// Does `work` on the thread. Cancellation does not end it: what blocks has to be woken.
    func perform<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.append { continuation.resume(returning: work()) }
        }
    }

    /// Ends the thread when all is done that it was asked for; nothing may be asked afterwards.
    func end() async {
        queue.append(nil)
        await thread.join()
    }
}
