import Foundation
import Synchronization

/// An operating system thread that works until there is nothing more to do, and can be waited for.
///
/// Databases and brokers block. On Swift's own threads, of which there are as many as cores, two calls that wait would
/// keep every other task of the process from running.
package final class BlockingThread: Sendable {
    private enum State {
        case running
        case ended
        case awaited([CheckedContinuation<Void, Never>])
    }

    private let state = Mutex(State.running)

    package init(name: String, _ work: @escaping @Sendable () -> Void) {
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
    package func join() async {
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
