import Synchronization

/// How many requests one caller may make in a window of time.
public struct RateLimit: Hashable, Sendable {
    /// Name in the `RateLimit` fields.
    public let name: String
    public let quota: Int
    public let window: Duration

    public init(name: String, quota: Int, window: Duration) {
        self.name = name
        self.quota = quota
        self.window = window
    }
}

/// Counts requests per caller in fixed windows, in memory: a restart forgives, replicas count apart.
public final class RateLimiter: Sendable {
    public struct Decision: Hashable, Sendable {
        public let isAllowed: Bool
        public let remaining: Int
        /// Until the window ends and the count begins anew.
        public let resetsIn: Duration
    }

    /// Callers counted at a time. Beyond it the windows that have ended are dropped; when none has, new
    /// callers are let through uncounted, since refusing everybody would be worse.
    public static let callersMax = 100_000

    public let limit: RateLimit
    private let windows = Mutex<[String: Window]>([:])

    private struct Window {
        let endsAt: ContinuousClock.Instant
        var count: Int
    }

    public init(_ limit: RateLimit) {
        self.limit = limit
    }

    /// Counts one request of `caller`.
    public func count(_ caller: String, at now: ContinuousClock.Instant = .now) -> Decision {
        windows.withLock { windows in
            var window =
                windows[caller].flatMap { now < $0.endsAt ? $0 : nil }
                ?? Window(endsAt: now + limit.window, count: 0)
            window.count += 1
            if windows[caller] == nil, windows.count >= RateLimiter.callersMax {
                windows = windows.filter { now < $0.value.endsAt }
            }
            if windows[caller] != nil || windows.count < RateLimiter.callersMax { windows[caller] = window }
            return Decision(
                isAllowed: window.count <= limit.quota, remaining: max(0, limit.quota - window.count),
                resetsIn: window.endsAt - now
            )
        }
    }
}
