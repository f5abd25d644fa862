import ErrandCore
import Synchronization

/// A connection that follows changes, and the credential it lives by.
final class LiveSession: Sendable {
    /// What is to be checked of it now.
    enum Check: Sendable {
        case credential(String)
        /// It has never said who it is.
        case signIn
    }

    private struct State {
        var credential: String?
        var window: LiveWindow?
        var checkAt: ContinuousClock.Instant
    }

    private let state: Mutex<State>
    private let finish: @Sendable (LiveEnd) -> Void
    /// Shows that the stream is alive; nothing where the protocol does so itself.
    let beat: @Sendable () -> Void

    /// - Parameter checkAt: until then it has to say who it is, or its credential is good without looking.
    init(
        credential: String?, checkAt: ContinuousClock.Instant, beat: @escaping @Sendable () -> Void,
        finish: @escaping @Sendable (LiveEnd) -> Void
    ) {
        state = Mutex(State(credential: credential, window: nil, checkAt: checkAt))
        self.beat = beat
        self.finish = finish
    }

    var window: LiveWindow? { state.withLock(\.window) }

    func open(_ window: LiveWindow) {
        state.withLock { $0.window = window }
    }

    func renew(_ credential: String, until checkAt: ContinuousClock.Instant) {
        state.withLock { ($0.credential, $0.checkAt) = (credential, checkAt) }
    }

    /// What to check, if it is time; the next time is `next`.
    func dueCheck(at now: ContinuousClock.Instant, next: ContinuousClock.Instant) -> Check? {
        state.withLock { state in
            guard state.checkAt <= now else { return nil }
            state.checkAt = next
            return state.credential.map { .credential($0) } ?? .signIn
        }
    }

    func end(_ reason: LiveEnd) {
        if let window { window.end(reason) } else { finish(reason) }
    }
}
