import ErrandCore
import ErrandHTTP
import Synchronization

/// Looks after all connections: whether their credentials are still good, whether they are alive, and whether they have
/// been told everything.
final class LiveWatch: Sendable {
    private let limits: LiveLimits
    private let authenticator: Authenticator
    private let hub: LiveHub
    private let sessions = Mutex<[ObjectIdentifier: LiveSession]>([:])

    init(limits: LiveLimits, authenticator: Authenticator, hub: LiveHub) {
        self.limits = limits
        self.authenticator = authenticator
        self.hub = hub
    }

    /// - Returns: false when there are connections enough.
    func enter(_ session: LiveSession) -> Bool {
        sessions.withLock { sessions in
            guard sessions.count < limits.inAll else { return false }
            sessions[ObjectIdentifier(session)] = session
            return true
        }
    }

    func leave(_ session: LiveSession) {
        sessions.withLock { sessions in
            sessions[ObjectIdentifier(session)] = nil
        }
    }

    /// The user behind a credential who may follow changes.
    func user(_ credential: String) async throws(ErrandError) -> UserID {
        try LiveWatch.user(try await authenticator.principal(bearer: credential))
    }

    /// The user, if the principal may follow changes.
    static func user(_ principal: Principal) throws(ErrandError) -> UserID {
        guard principal.scopes.contains(.readTasks) else { throw .insufficientScope(.readTasks) }
        return principal.userID
    }

    /// Until the task is cancelled.
    func run() async {
        let turn = Duration.seconds(1)
        var beatAt = ContinuousClock.now + limits.heartbeatPause
        while (try? await Task.sleep(for: turn)) != nil {
            let now = ContinuousClock.now
            let isBeat = beatAt <= now
            if isBeat { beatAt = now + limits.heartbeatPause }
            for session in sessions.withLock({ Array($0.values) }) {
                if isBeat { session.beat() }
                switch session.dueCheck(at: now, next: now + limits.recheckPause) {
                case nil: break
                case .signIn?: session.end(.unauthenticated)
                case .credential(let credential)?: await check(session, credential)
                }
            }
        }
    }

    private func check(_ session: LiveSession, _ credential: String) async {
        do throws(ErrandError) {
            let user = try await user(credential)
            guard let window = session.window else { return }
            if window.userID != user { return session.end(.unauthenticated) }
            try await hub.look(after: window)
        } catch .unauthenticated {
            session.end(.unauthenticated)
        } catch .insufficientScope {
            session.end(.forbidden)
        } catch {
            // The database cannot answer now; the next turn asks again.
        }
    }
}
