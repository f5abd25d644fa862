package import ErrandCore
import EventDelivery
import Synchronization

/// The open windows of this process, and who they belong to. Hands every change to those it concerns.
///
/// It never waits for a window: one that lacks something is handed to whoever reads the log, see ``readMissed()``.
package final class LiveHub: UpdateSubscriber, Sendable {
    private struct State {
        /// By each space that they follow.
        var windows: [SpaceID: [ObjectIdentifier: LiveWindow]] = [:]
        /// How many each user has open.
        var counts: [UserID: Int] = [:]
        var open: Set<ObjectIdentifier> = []
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
        if state.open.count >= limits.inAll { return .unavailable }
        return state.counts[user] ?? 0 >= limits.perUser ? .tooManyWindows : nil
    }

    /// - Returns: why the window cannot be opened; nil when it is open.
    package func open(_ window: LiveWindow) -> LiveEnd? {
        let (refusal, count) = state.withLock { state -> (LiveEnd?, Int) in
            if let reason = self.refusal(of: window.userID, state) { return (reason, state.open.count) }
            for space in window.spaces { state.windows[space, default: [:]][ObjectIdentifier(window)] = window }
            state.counts[window.userID, default: 0] += 1
            state.open.insert(ObjectIdentifier(window))
            return (nil, state.open.count)
        }
        telemetry.opened(count)
        return refusal
    }

    package func close(_ window: LiveWindow) {
        let count = state.withLock { state in
            guard state.open.remove(ObjectIdentifier(window)) != nil else { return state.open.count }
            for space in window.spaces {
                state.windows[space]?[ObjectIdentifier(window)] = nil
                if state.windows[space]?.isEmpty == true { state.windows[space] = nil }
            }
            let left = (state.counts[window.userID] ?? 0) - 1
            state.counts[window.userID] = left > 0 ? left : nil
            return state.open.count
        }
        telemetry.opened(count)
    }

    package func receive(_ updates: [StoredEvent]) async {
        for update in updates {
            let space = update.event.space
            let windows = state.withLock { $0.windows[space].map { Array($0.values) } ?? [] }
            if windows.isEmpty { continue }
            let frame = LiveFrame(update)
            for window in windows where window.offer(frame, update.changeNumber, in: space) {
                behindMailbox.yield(window)
            }
            telemetry.told(windows.count, of: update.event)
        }
    }

    /// Looks whether a window lacks something that nobody has told it of.
    package func look(after window: LiveWindow) async throws(ErrandError) {
        if try await log.isBehind(window) { behindMailbox.yield(window) }
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
