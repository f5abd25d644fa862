import Synchronization

/// Keeps from calling an app that cannot answer. Input in, decision out; it knows no clock.
///
/// Closed until ``failuresMax`` calls in a row have failed, then open for ``pause``, then half open: one call is let
/// through, and what becomes of it decides.
public struct CircuitBreaker: Hashable, Sendable {
    public enum State: String, CaseIterable, Sendable {
        case closed, open
        case halfOpen = "half-open"
    }

    public static let failuresMax = 5
    public static let pause = Duration.seconds(15)

    public private(set) var state = State.closed
    private var failures = 0
    private var openUntil: ContinuousClock.Instant?

    public init() {}

    /// Whether a call may be made now. Whoever is let through says later how it went.
    public mutating func admits(at now: ContinuousClock.Instant) -> Bool {
        switch state {
        case .closed: return true
        case .halfOpen: return false
        case .open:
            guard let openUntil, now >= openUntil else { return false }
            state = .halfOpen
            return true
        }
    }

    /// What became of a call. Calls that began before it opened may end after that; only the probe closes it again.
    public mutating func record(success: Bool, at now: ContinuousClock.Instant) {
        switch (state, success) {
        case (.open, _): break
        case (_, true): self = CircuitBreaker()
        case (.halfOpen, false): open(at: now)
        case (.closed, false):
            failures += 1
            if failures >= CircuitBreaker.failuresMax { open(at: now) }
        }
    }

    /// A call was given up, and nobody knows how it would have gone. If it was the probe, the next call is one.
    public mutating func forget(at now: ContinuousClock.Instant) {
        guard state == .halfOpen else { return }
        state = .open
        openUntil = now
    }

    private mutating func open(at now: ContinuousClock.Instant) {
        state = .open
        failures = 0
        openUntil = now + CircuitBreaker.pause
    }
}

/// A circuit breaker per app.
final class Circuits: Sendable {
    private let breakers = Mutex<[String: CircuitBreaker]>([:])
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private let changed: @Sendable (String, CircuitBreaker.State) -> Void

    init(
        uptime: @escaping @Sendable () -> ContinuousClock.Instant,
        changed: @escaping @Sendable (String, CircuitBreaker.State) -> Void
    ) {
        self.uptime = uptime
        self.changed = changed
    }

    func state(of app: String) -> CircuitBreaker.State {
        breakers.withLock { $0[app]?.state ?? .closed }
    }

    func admits(_ app: String) -> Bool {
        use(app) { $0.admits(at: $1) }
    }

    func record(success: Bool, of app: String) {
        use(app) { $0.record(success: success, at: $1) }
    }

    func forget(_ app: String) {
        use(app) { $0.forget(at: $1) }
    }

    private func use<Result: Sendable>(
        _ app: String, _ body: (inout CircuitBreaker, ContinuousClock.Instant) -> Result
    ) -> Result {
        let now = uptime()
        let (result, change) = breakers.withLock { breakers -> (Result, CircuitBreaker.State?) in
            var breaker = breakers[app] ?? CircuitBreaker()
            let before = breaker.state
            let result = body(&breaker, now)
            breakers[app] = breaker
            return (result, breaker.state == before ? nil : breaker.state)
        }
        if let change { changed(app, change) }
        return result
    }
}
