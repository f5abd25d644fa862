import Synchronization

/// A clock for waiting that stands still until a test moves it.
public final class StandingClock: Clock {
    public struct Instant: InstantProtocol {
        var offset = Duration.zero

        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant()
        var ids = 0
        var sleepers: [Int: (until: Instant, wake: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
        var waiters: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []

        /// Those who wait for as many sleepers as there are now.
        mutating func satisfied() -> [CheckedContinuation<Void, Never>] {
            let count = sleepers.count
            let found = waiters.filter { $0.count <= count }.map(\.wake)
            waiters.removeAll { $0.count <= count }
            return found
        }
    }

    private let state = Mutex(State())

    public init() {}

    public var now: Instant { state.withLock { $0.now } }
    public var minimumResolution: Duration { .nanoseconds(1) }

    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.ids += 1
            return state.ids
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
                let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    if state.cancelled.remove(id) != nil {
                        wake.resume(throwing: CancellationError())
                    } else if deadline <= state.now {
                        wake.resume()
                    } else {
                        state.sleepers[id] = (deadline, wake)
                    }
                    return state.satisfied()
                }
                for waiter in waiting { waiter.resume() }
            }
        } onCancel: {
            state.withLock { state in
                if let sleeper = state.sleepers.removeValue(forKey: id) {
                    sleeper.wake.resume(throwing: CancellationError())
                } else {
                    state.cancelled.insert(id)
                }
            }
        }
    }

    /// Waits until so many tasks sleep.
    public func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { (wake: CheckedContinuation<Void, Never>) in
            let waiting = state.withLock { state in
                state.waiters.append((count, wake))
                return state.satisfied()
            }
            for waiter in waiting { waiter.resume() }
        }
    }

    /// Wakes whoever sleeps until then.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.wake)
        }
        for wake in due { wake.resume() }
    }
}
