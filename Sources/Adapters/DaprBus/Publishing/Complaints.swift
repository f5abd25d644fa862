import CivilTime
import Logging
import Synchronization

/// Says the same thing once a minute at most, so that a cause that lasts does not fill the log.
final class Complaints: Sendable {
    static let pause = Duration.minutes(1)

    private let logger: Logger
    private let now: @Sendable () -> Instant
    private let last = Mutex<[String: Instant]>([:])

    init(logger: Logger, now: @escaping @Sendable () -> Instant) {
        self.logger = logger
        self.now = now
    }

    /// - Parameter text: what is said, and what counts as the same; one of a few.
    func log(_ level: Logger.Level, _ text: String, _ metadata: Logger.Metadata = [:]) {
        let instant = now()
        let isDue = last.withLock { last in
            // A clock that was set back is no reason to be silent.
            if let before = last[text], before <= instant, instant - before < Complaints.pause { return false }
            last[text] = instant
            return true
        }
        if isDue { logger.log(level: level, "\(text)", metadata: metadata) }
    }
}
