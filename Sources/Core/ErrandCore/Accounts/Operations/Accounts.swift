import CivilTime

/// What happens before there is a principal: accounts, sessions and the tokens that stand for them.
///
/// Hashing and signing are the door's work; here is which of the hashed and signed things are still good.
public struct Accounts: Sendable {
    private let environment: Environment

    public init(environment: Environment) {
        self.environment = environment
    }

    /// Opens an account and its first session.
    ///
    /// - Parameters:
    ///   - passwordHash: PHC string of the form's password.
    ///   - origin: where the request came from, for its events.
    /// - Throws: ``ErrandError/Conflict/emailTaken``.
    public func signUp(
        _ form: SignUpForm, passwordHash: String, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> SignedIn {
        let now = environment.now()
        let user = User(
            id: ID(environment.makeID(now)), email: form.email.text, name: form.name,
            settings: .standard(in: form.zone), createdAt: now
        )
        let session = newSession(of: user.id, at: now)
        return try await environment.store.write { (transaction) throws(ErrandError) in
            guard try transaction.accounts.find(emailKey: form.email.key) == nil else { throw .conflict(.emailTaken) }
            try transaction.accounts.insert(user, passwordHash: passwordHash)
            try transaction.sessions.insert(session)
            let events = events(of: user.id, .session(session.id), in: transaction, from: origin, at: now)
            try events.recordAccount(user)
            try events.recordStart(of: session)
            return SignedIn(user: user, session: session)
        }
    }

    /// The account and password hash behind an address; nil when there is none that has a password.
    public func credentials(
        email: String
    ) async throws(ErrandError) -> (user: User, passwordHash: String)? {
        guard let address = EmailAddress(email) else { return nil }
        return try await environment.store.read { (transaction) throws(ErrandError) in
            guard let user = try transaction.accounts.find(emailKey: address.key),
                let hash = try transaction.accounts.passwordHash(of: user.id)
            else { return nil }
            return (user, hash)
        }
    }

    public func passwordHash(of user: UserID) async throws(ErrandError) -> String? {
        try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.accounts.passwordHash(of: user)
        }
    }

    /// Opens a session for somebody whose password has just been checked.
    ///
    /// - Parameter newPasswordHash: replaces the stored one when hashing has become stronger since.
    public func startSession(
        for user: User, newPasswordHash: String?, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> SignedIn {
        let now = environment.now()
        let session = newSession(of: user.id, at: now)
        return try await environment.store.write { (transaction) throws(ErrandError) in
            if let newPasswordHash { try transaction.accounts.setPasswordHash(newPasswordHash, of: user.id) }
            try transaction.sessions.insert(session)
            let events = events(of: user.id, .session(session.id), in: transaction, from: origin, at: now)
            try events.recordStart(of: session)
            return SignedIn(user: user, session: session)
        }
    }

    /// Exchanges a refresh token whose signature has been checked.
    ///
    /// - Parameter generation: which of the session's tokens was presented.
    public func renew(
        _ id: SessionID, generation: Int64, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> Renewal {
        let now = environment.now()
        return try await environment.store.write { (transaction) throws(ErrandError) in
            guard var session = try transaction.sessions.find(id), !session.isOver(at: now),
                let user = try transaction.accounts.find(session.userID)
            else { return .refused }
            switch session.renewal(with: generation, at: now) {
            case .rotate:
                session.generation += 1
                session.rotatedAt = now
                try transaction.sessions.update(session)
                return .renewed(SignedIn(user: user, session: session))
            case .repeat:
                return .renewed(SignedIn(user: user, session: session))
            case .revoke:
                session.revokedAt = now
                try transaction.sessions.update(session)
                let events = events(of: user.id, .session(id), in: transaction, from: origin, at: now)
                try events.recordEnd(of: [id], because: .refreshTokenReused)
                return .reuseDetected(session.id)
            }
        }
    }

    /// Ends one session, or all of its user's. Ending what is over does nothing.
    ///
    /// - Returns: the sessions that were running until now.
    public func endSession(
        _ id: SessionID, everywhere: Bool, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> [SessionID] {
        let now = environment.now()
        return try await environment.store.write { (transaction) throws(ErrandError) in
            guard var session = try transaction.sessions.find(id) else { return [] }
            let events = events(of: session.userID, .session(id), in: transaction, from: origin, at: now)
            if everywhere {
                let ended = try transaction.sessions.revokeAll(of: session.userID, except: nil, at: now)
                try events.recordEnd(of: ended, because: .signedOutEverywhere)
                return ended
            }
            guard session.revokedAt == nil else { return [] }
            session.revokedAt = now
            try transaction.sessions.update(session)
            try events.recordEnd(of: [id], because: .signedOut)
            return [id]
        }
    }

    /// Sets a new password and ends all other sessions.
    ///
    /// - Returns: the sessions that were ended.
    public func changePassword(
        of user: UserID, to hash: String, keeping session: SessionID, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> [SessionID] {
        let now = environment.now()
        return try await environment.store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.setPasswordHash(hash, of: user)
            let ended = try transaction.sessions.revokeAll(of: user, except: session, at: now)
            let events = events(of: user, .session(session), in: transaction, from: origin, at: now)
            try events.record(.passwordChanged, about: .account(user), ["sessions_ended": JSONValue(ended.count)])
            try events.recordEnd(of: ended, because: .passwordChanged)
            return ended
        }
    }

    /// The principal of a personal access token; nil when it is unknown or expired.
    ///
    /// - Parameter hash: SHA-256 of the secret.
    public func principal(tokenHash hash: [UInt8]) async throws(ErrandError) -> Principal? {
        let now = environment.now()
        let token = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.tokens.find(hash: hash)
        }
        guard let token, token.expiresAt.map({ now < $0 }) ?? true else { return nil }
        if token.lastUsedAt.map({ now - $0 >= .minutes(1) }) ?? true {
            try await environment.store.write { (transaction) throws(ErrandError) in
                try transaction.tokens.markUsed(token.id, at: now)
            }
        }
        return Principal(userID: token.userID, actor: .personalToken(token.id), scopes: token.scopes)
    }

    /// The account of a person whom a trusted issuer has signed in, made at the first visit.
    public func user(
        issuer: String, subject: String, email: String?, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> User {
        let known = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.accounts.find(issuer: issuer, subject: subject)
        }
        if let known { return known }
        let now = environment.now()
        let address = email.flatMap { EmailAddress($0) }
        let id = UserID(environment.makeID(now))
        return try await environment.store.write { (transaction) throws(ErrandError) in
            if let known = try transaction.accounts.find(issuer: issuer, subject: subject) { return known }
            // An account that already has the address stays apart, since a claim of another issuer does not
            // prove whose it is.
            var free = address
            if let address, try transaction.accounts.find(emailKey: address.key) != nil { free = nil }
            let user = User(
                id: id, email: free?.text ?? "", name: "", settings: .standard(in: .utc), createdAt: now
            )
            try transaction.accounts.insert(user, passwordHash: nil)
            try transaction.accounts.link(issuer: issuer, subject: subject, to: user.id)
            let actor = Principal.Actor.externalSession(issuer: issuer)
            try events(of: user.id, actor, in: transaction, from: origin, at: now).recordAccount(user)
            return user
        }
    }

    /// What records the events of such an act.
    private func events(
        of user: UserID, _ actor: Principal.Actor, in transaction: any StoreTransaction, from origin: RequestOrigin,
        at now: Instant
    ) -> CommandContext {
        CommandContext(
            transaction: transaction, principal: Principal(userID: user, actor: actor, scopes: [], via: origin.via),
            now: now, correlation: origin.correlation, makeID: environment.makeID
        )
    }

    private func newSession(of user: UserID, at now: Instant) -> Session {
        Session(
            id: ID(environment.makeID(now)), userID: user, generation: 1, rotatedAt: now, createdAt: now, revokedAt: nil
        )
    }
}

/// Somebody who has just proved who they are.
public struct SignedIn: Sendable {
    public let user: User
    public let session: Session

    package init(user: User, session: Session) {
        self.user = user
        self.session = session
    }
}

/// What became of a refresh token.
public enum Renewal: Sendable {
    case renewed(SignedIn)
    /// The session is over, or never was.
    case refused
    /// A token was presented that had been exchanged before: it may be stolen, so its session has been ended
    /// (RFC 9700 §4.14.2).
    case reuseDetected(SessionID)
}

extension Session {
    enum RenewalDecision {
        case rotate, `repeat`, revoke
    }

    /// What to do about the refresh token of that generation.
    func renewal(with presented: Int64, at now: Instant) -> RenewalDecision {
        if presented == generation { return .rotate }
        return presented == generation - 1 && now - rotatedAt < Session.reuseGrace ? .repeat : .revoke
    }
}
