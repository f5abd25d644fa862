import Synchronization

/// Tells a loop that there may be work. A ring that nobody waits for is kept; several in a row count once.
///
/// One loop waits at a time.
public final class WakeUp: Sendable {
    private struct State {
        var isRung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    public func ring() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiting = nil }
            state.isRung = state.waiting == nil
            return state.waiting
        }
        waiting?.resume()
    }

    /// Returns at the next ring, after `pause`, or when cancelled, whichever comes first.
    public func wait(atMost pause: Duration) async {
        await withTaskGroup { group in
            group.addTask {
                do { try await Task.sleep(for: pause) } catch { return }
                self.ring()
            }
            await suspend()
            group.cancelAll()
        }
    }

    private func suspend() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    defer { state.isRung = false }
                    if !state.isRung { state.waiting = continuation }
                    return state.isRung
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
