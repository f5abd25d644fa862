import ErrandCore
import Synchronization

/// The open windows of this process, and who they belong to. Hands every change to those it concerns.
final class LiveHub: UpdateSubscriber, Sendable {
    private struct State {
        var windows: [UserID: [ObjectIdentifier: LiveWindow]] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    private let limits: LiveLimits
    private let log: LiveLog
    private let telemetry: LiveTelemetry

    init(limits: LiveLimits, log: LiveLog, telemetry: LiveTelemetry) {
        self.limits = limits
        self.log = log
        self.telemetry = telemetry
    }

    var count: Int { state.withLock(\.count) }

    /// - Returns: why the window cannot be opened; nil when it is open.
    func open(_ window: LiveWindow) -> LiveEnd? {
        let (refusal, count) = state.withLock { state -> (LiveEnd?, Int) in
            if state.count >= limits.inAll { return (.unavailable, state.count) }
            if state.windows[window.userID, default: [:]].count >= limits.perUser {
                return (.tooManyWindows, state.count)
            }
            state.windows[window.userID, default: [:]][ObjectIdentifier(window)] = window
            state.count += 1
            return (nil, state.count)
        }
        telemetry.opened(count)
        return refusal
    }

    func close(_ window: LiveWindow) {
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

    func receive(_ updates: [StoredEvent]) async {
        var behind: [ObjectIdentifier: LiveWindow] = [:]
        for update in updates {
            let windows = state.withLock { $0.windows[update.event.userID].map { Array($0.values) } ?? [] }
            if windows.isEmpty { continue }
            let frame = LiveFrame(update)
            for window in windows where window.offer(frame, cursor: update.cursor) {
                behind[ObjectIdentifier(window)] = window
            }
            telemetry.told(windows.count, of: update.event)
        }
        if behind.isEmpty { return }
        await withTaskGroup { group in
            for window in behind.values {
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
