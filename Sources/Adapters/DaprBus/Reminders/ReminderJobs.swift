public import CivilTime
import ErrandCore
import EventDelivery
public import Logging
import Synchronization

/// Keeps one job of the sidecar at the moment of the next reminder, which wakes the reminder clock.
///
/// One for all rather than one per reminder: the rows in the database are the truth, the clock sleeps until the next of
/// them, and so this moment is all there is to know. Edits that move other reminders cost no call, a scheduler that
/// forgets its jobs loses one, and nothing has to be cleaned up. The replicas of an app share the job; each writes what
/// it knows, and writes it again now and then.
///
/// It is only ever a faster wake-up: without it the clock looks by itself every few seconds, and the sweep every
/// minute.
public final class ReminderJobs: Sendable {
    /// Its callback is `POST /job/reminder-clock`.
    public static let jobName = "reminder-clock"
    /// A moment as near as this is not worth a call: the clock that told of it is awake then.
    static let leadMin = Duration.seconds(1)
    /// When the job is written again though nothing has changed: another replica may have known less.
    static let refresh = Duration.minutes(5)
    private static let pauseAfterFailure = Duration.seconds(30)
    /// So that a burst of changes is one call.
    private static let pauseBetween = Duration.milliseconds(250)

    private struct State {
        /// Nil until the clock has looked; then when the next reminder is due, if any.
        var wanted: Instant??
        var written: Instant??
        var writtenAt: Instant?
    }

    private let sidecar: Sidecar
    private let now: @Sendable () -> Instant
    private let complaints: Complaints
    private let state = Mutex(State())
    private let bell = WakeUp()

    public init(sidecar: Sidecar, now: @escaping @Sendable () -> Instant, logger: Logger) {
        self.sidecar = sidecar
        self.now = now
        complaints = Complaints(logger: logger, now: now)
    }

    /// Says when the next reminder is due, nil when none waits. Returns at once; ``run()`` does the work.
    public func tell(_ next: Instant?) {
        let isNews = state.withLock { state in
            defer { state.wanted = .some(next) }
            return state.wanted != .some(next)
        }
        if isNews { bell.ring() }
    }

    /// Keeps the job where it belongs, until the task is cancelled. Failures are logged and tried again.
    public func run() async {
        while !Task.isCancelled {
            var pause = ReminderJobs.refresh
            do throws(SidecarError) {
                try await runOnce()
            } catch .cancelled {
                return
            } catch {
                complaints.log(
                    .warning, "The wake-up job could not be written; reminders are looked for without it",
                    ["error": .string(error.description)]
                )
                pause = ReminderJobs.pauseAfterFailure
            }
            await bell.wait(atMost: pause)
            try? await Task.sleep(for: ReminderJobs.pauseBetween)
        }
    }

    /// Writes or removes the job, if there is something new to write or the last time is long ago.
    ///
    /// - Throws: ``SidecarError``; the next call tries again.
    public func runOnce() async throws(SidecarError) {
        let (instant, state) = (now(), state.withLock { $0 })
        guard let wanted = state.wanted else { return }
        let isOld = state.writtenAt.map { instant < $0 || instant - $0 >= ReminderJobs.refresh } ?? true
        guard state.written != .some(wanted) || wanted != nil && isOld else { return }
        if let next = wanted {
            guard next - instant > ReminderJobs.leadMin else { return }
            try await sidecar.schedule(
                job: ReminderJobs.jobName, at: next, data: ["next": .string(next.description)]
            )
        } else {
            try await sidecar.delete(job: ReminderJobs.jobName)
        }
        self.state.withLock { ($0.written, $0.writtenAt) = (.some(wanted), instant) }
    }
}
