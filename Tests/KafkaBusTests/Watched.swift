import Synchronization

/// A value that tests wait for.
final class Watched<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var last = 0
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    var value: Value { state.withLock { $0.value } }

    func change(_ change: (inout Value) -> Void) {
        let listeners = state.withLock { state in
            change(&state.value)
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield() }
    }

    /// Returns the value as soon as it is as wanted.
    ///
    /// - Throws: `CancellationError` when the test's time is over before that.
    @discardableResult
    func until(_ isWanted: (Value) -> Bool) async throws -> Value {
        let (changes, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.last += 1
            state.listeners[state.last] = listener
            return state.last
        }
        defer { state.withLock { $0.listeners[id] = nil } }
        listener.yield()
        for await _ in changes {
            let value = value
            if isWanted(value) { return value }
        }
        throw CancellationError()
    }
}
