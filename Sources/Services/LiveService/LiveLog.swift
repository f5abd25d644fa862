package import ErrandCore

/// Reads what a window has missed.
package struct LiveLog: Sendable {
    private static let sliceSize = 200
    /// Between two looks whether a slow window has made room.
    private static let roomPause = Duration.milliseconds(5)

    private let environment: ErrandCore.Environment
    private let patience: Duration

    /// - Parameter patience: how long a window may take to make room before it is dropped.
    package init(environment: ErrandCore.Environment, patience: Duration) {
        self.environment = environment
        self.patience = patience
    }

    /// Greets the window: it is told of every change after `cursor`, or from now on.
    package func greet(_ window: LiveWindow, from cursor: Int64? = nil) async throws(ErrandError) {
        guard window.beginReading() else { return }
        if let cursor, try await cursor <= lastCursor(of: window.userID) {
            if window.restart(at: cursor, with: [.hello(cursor: cursor)]) == .full { window.end(.slow) }
        } else {
            try await restart(window, after: cursor == nil ? [] : [.reset])
        }
        try await read(for: window)
    }

    /// Tells everything after `cursor` once more.
    package func resume(_ window: LiveWindow, from cursor: Int64) async throws(ErrandError) {
        guard window.beginReading() else { return }
        if try await lastCursor(of: window.userID) < cursor {
            // From another database: what the window knows is nothing that happened here.
            try await restart(window, after: [.reset])
        } else {
            window.move(to: cursor)
        }
        try await read(for: window)
    }

    /// Sends what the log has after the window's place. The caller has begun the reading.
    package func read(for window: LiveWindow) async throws(ErrandError) {
        while let place = window.place {
            let user = window.userID
            let events = try await environment.store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: user, afterCursor: place, limit: LiveLog.sliceSize)
            }
            var expected = place + 1
            var isComplete = true
            for event in events {
                let frame = LiveFrame(event)
                guard event.cursor == expected, frame != .reset else {
                    isComplete = false
                    break
                }
                guard await send(frame, cursor: event.cursor, to: window) else { return }
                expected += 1
            }
            if isComplete, events.count == LiveLog.sliceSize { continue }
            if !isComplete {
                try await restart(window, after: [.reset])
            } else if events.isEmpty, try await lastCursor(of: user) > place {
                // Nothing of what came after is kept.
                try await restart(window, after: [.reset])
            }
            if window.endReading() { return }
        }
        _ = window.endReading()
    }

    private func restart(_ window: LiveWindow, after frames: [LiveFrame]) async throws(ErrandError) {
        let cursor = try await lastCursor(of: window.userID)
        if window.restart(at: cursor, with: frames + [.hello(cursor: cursor)]) == .full { window.end(.slow) }
    }

    /// Waits for room within the window's patience. Returns false when the window is over.
    private func send(_ frame: LiveFrame, cursor: Int64, to window: LiveWindow) async -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            switch window.send(frame, cursor: cursor) {
            case .sent: return true
            case .gone: return false
            case .full:
                guard ContinuousClock.now < deadline, (try? await Task.sleep(for: LiveLog.roomPause)) != nil else {
                    window.end(.slow)
                    return false
                }
            }
        }
    }

    private func lastCursor(of user: UserID) async throws(ErrandError) -> Int64 {
        try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.outbox.lastCursor(of: user)
        }
    }
}
