package import ErrandCore
import EventDelivery
import Synchronization

/// The open windows of this process, and who they belong to. Hands every change to those it concerns.
///
/// It never waits for a window: one that lacks something is handed to whoever reads the log, see ``readMissed()``.
package final class LiveHub: UpdateSubscriber, Sendable {
    private struct State {
        var windows: [UserID: [ObjectIdentifier: LiveWindow]] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    private let limits: LiveLimits
    private let log: LiveLog
    private let telemetry: LiveTelemetry
    /// Windows that lack something. Each is in it once at most: it is being read for until it has everything.
    private let behind: AsyncStream<LiveWindow>
    private let behindMailbox: AsyncStream<LiveWindow>.Continuation

    package init(limits: LiveLimits, log: LiveLog, telemetry: LiveTelemetry) {
        self.limits = limits
        self.log = log
        self.telemetry = telemetry
        (behind, behindMailbox) = AsyncStream.makeStream()
    }

    /// Why another window of this user would not be opened now; nil when it would.
    func refusal(of user: UserID) -> LiveEnd? {
        state.withLock { refusal(of: user, $0) }
    }

    private func refusal(of user: UserID, _ state: State) -> LiveEnd? {
        if state.count >= limits.inAll { return .unavailable }
        return state.windows[user]?.count ?? 0 >= limits.perUser ? .tooManyWindows : nil
    }

    /// - Returns: why the window cannot be opened; nil when it is open.
    package func open(_ window: LiveWindow) -> LiveEnd? {
        let (refusal, count) = state.withLock { state -> (LiveEnd?, Int) in
            if let reason = self.refusal(of: window.userID, state) { return (reason, state.count) }
            state.windows[window.userID, default: [:]][ObjectIdentifier(window)] = window
            state.count += 1
            return (nil, state.count)
        }
        telemetry.opened(count)
        return refusal
    }

    package func close(_ window: LiveWindow) {
        let count = state.withLock { state in
            guard state.windows[window.userID]?.removeValue(forKey: ObjectIdentifier(window)) != nil else {
                return state.count
            }
            if state.windows[window.userID]?.isEmpty == true { state.windows[window.userID] = nil }
            state.count -= 1
            return state.count
        }
        telemetry.opened(count)
    }

    package func receive(_ updates: [StoredEvent]) async {
        for update in updates {
            let windows = state.withLock { $0.windows[update.event.userID].map { Array($0.values) } ?? [] }
            if windows.isEmpty { continue }
            let frame = LiveFrame(update)
            for window in windows where window.offer(frame, cursor: update.cursor) {
                behindMailbox.yield(window)
            }
            telemetry.told(windows.count, of: update.event)
        }
    }

    /// Tells windows from the log what they lack, each at its own pace, until the task is cancelled.
    package func readMissed() async {
        await withDiscardingTaskGroup { group in
            for await window in behind {
                group.addTask { [log] in
                    do throws(ErrandError) {
                        try await log.read(for: window)
                    } catch {
                        window.end(.unavailable)
                    }
                }
            }
        }
    }
}
