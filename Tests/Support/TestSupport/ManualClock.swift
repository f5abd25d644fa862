public import CivilTime
import Synchronization

/// Time that stands still until a test moves it.
public final class ManualClock: Sendable {
    private let instant: Mutex<Instant>

    public init(_ instant: Instant = Instant(seconds: 1_768_471_200)) {
        self.instant = Mutex(instant)
    }

    /// What operations take as `now`.
    public var now: @Sendable () -> Instant {
        { self.instant.withLock { $0 } }
    }

    public func advance(by duration: Duration) {
        instant.withLock { $0 = $0 + duration }
    }

    public func set(_ instant: Instant) {
        self.instant.withLock { $0 = instant }
    }
}
