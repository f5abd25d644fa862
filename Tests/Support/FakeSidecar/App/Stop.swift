import Synchronization

/// Tells all loops of a sidecar that it stops delivering.
final class Stop: Sendable {
    private let isRaised = Mutex(false)
    private let bell = Bell()

    var isSet: Bool { isRaised.withLock { $0 } }

    func set() {
        isRaised.withLock { $0 = true }
        bell.ring()
    }

    /// Returns when it is set, or the task is cancelled.
    func wait() async {
        while !isSet, !Task.isCancelled { await bell.wait(past: 0) }
    }

    /// Waits, but not beyond the stop.
    ///
    /// - Returns: whether to go on.
    @discardableResult
    func sleep(for duration: Duration) async -> Bool {
        if !isSet, !Task.isCancelled { await bell.wait(past: 0, atMost: duration) }
        return !isSet && !Task.isCancelled
    }
}
