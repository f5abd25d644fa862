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

    /// Greets the window: it is told of every change after `number` in its first space, or from now on, and in others
    /// from now on.
    package func greet(_ window: LiveWindow, from number: ChangeNumber? = nil) async throws(ErrandError) {
        guard window.beginReading() else { return }
        var now = try await lastChangeNumbers(in: window.spaces)
        if let number, number <= now[window.spaces[0]] ?? .none {
            now[window.spaces[0]] = number
            if window.restart(at: now, with: [.hello(cursor: number)]) == .full { window.end(.slow) }
        } else {
            try await restart(window, after: number == nil ? [] : [.reset])
        }
        try await read(for: window)
    }

    /// Tells everything after `number` in its first space once more.
    package func resume(_ window: LiveWindow, from number: ChangeNumber) async throws(ErrandError) {
        if window.wish(from: number) { try await read(for: window) }
    }

    /// Lets the window learn how far its spaces have come.
    ///
    /// - Returns: whether it lacks something, and nobody reads for it yet: the caller has begun the reading.
    package func isBehind(_ window: LiveWindow) async throws(ErrandError) -> Bool {
        window.learn(try await lastChangeNumbers(in: window.spaces))
    }

    /// Sends what the log has after the window's places, or after where it wishes. The caller has begun the reading.
    package func read(for window: LiveWindow) async throws(ErrandError) {
        repeat {
            if let number = window.takeWish() { try await move(window, to: number) }
            for space in window.spaces {
                guard try await read(for: window, in: space) else {
                    _ = window.endReading()
                    return
                }
            }
        } while !window.endReading()
    }

    private func move(_ window: LiveWindow, to number: ChangeNumber) async throws(ErrandError) {
        let space = window.spaces[0]
        if try await lastChangeNumbers(in: [space])[space] ?? .none < number {
            // From another database: what the window knows is nothing that happened here.
            try await restart(window, after: [.reset])
        } else {
            window.move(to: number)
        }
    }

    /// - Returns: false when the window is over.
    private func read(for window: LiveWindow, in space: SpaceID) async throws(ErrandError) -> Bool {
        while let place = window.place(in: space) {
            // Of one moment: a change between two reads would look like one that is no longer kept.
            let (events, last) = try await environment.store.read { (transaction) throws(ErrandError) in
                let events = try transaction.outbox.events(in: space, after: place, limit: LiveLog.sliceSize)
                return (events, events.isEmpty ? try transaction.outbox.lastChangeNumber(in: space) : nil)
            }
            var expected = place.next
            for event in events {
                let frame = LiveFrame(event)
                guard event.changeNumber == expected, frame != .reset else {
                    try await restart(window, after: [.reset])
                    return true
                }
                guard await send(frame, event.changeNumber, in: space, to: window) else { return false }
                expected = expected.next
            }
            if events.count == LiveLog.sliceSize { continue }
            if let last, last > place {
                // Nothing of what came after is kept.
                try await restart(window, after: [.reset])
            }
            return true
        }
        return false
    }

    /// Has the window begin anew in all of its spaces: what it shows of one may belong to what it shows of another.
    private func restart(_ window: LiveWindow, after frames: [LiveFrame]) async throws(ErrandError) {
        let numbers = try await lastChangeNumbers(in: window.spaces)
        let hello = LiveFrame.hello(cursor: numbers[window.spaces[0]] ?? .none)
        if window.restart(at: numbers, with: frames + [hello]) == .full { window.end(.slow) }
    }

    /// Waits for room within the window's patience. Returns false when the window is over.
    private func send(
        _ frame: LiveFrame, _ number: ChangeNumber, in space: SpaceID, to window: LiveWindow
    ) async -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            switch window.send(frame, number, in: space) {
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

    private func lastChangeNumbers(in spaces: [SpaceID]) async throws(ErrandError) -> [SpaceID: ChangeNumber] {
        try await environment.store.read { (transaction) throws(ErrandError) in
            var numbers: [SpaceID: ChangeNumber] = [:]
            for space in spaces { numbers[space] = try transaction.outbox.lastChangeNumber(in: space) }
            return numbers
        }
    }
}
