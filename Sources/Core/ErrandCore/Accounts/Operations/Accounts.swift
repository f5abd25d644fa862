import CivilTime

/// What happens before there is a principal: accounts, sessions and the tokens that stand for them.
///
/// Hashing and signing are the door's work; here is which of the hashed and signed things are still good.
public struct Accounts: Sendable {
    let operations: Operations

    public init(operations: Operations) {
        self.operations = operations
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
        let operation = AccountOperation<SignedIn>(.signUp) { (context) throws(ErrandError) in
            let transaction = context.transaction
            guard try transaction.accounts.find(emailKey: form.email.key) == nil else { throw .conflict(.emailTaken) }
            let user = User(
                id: context.newID(), email: form.email.text, name: form.name,
                settings: .standard(in: form.zone), createdAt: context.now
            )
            let session = context.newSession(of: user.id)
            try transaction.accounts.insert(user, passwordHash: passwordHash)
            try transaction.sessions.insert(session)
            let events = context.events(of: user.id, .session(session.id))
            try events.recordAccount(user)
            try events.recordStart(of: session)
            let mail = MailID(.derived(from: session.id.value, 3))
            try events.mail(.verifyAddress, to: form.email, id: mail)
            return SignedIn(user: user, session: session)
        }
        return try await operations.perform(operation, from: origin)
    }

    /// The account and password hash behind an address; nil when there is none that has a password.
    public func credentials(
        email: String
    ) async throws(ErrandError) -> (user: User, passwordHash: String)? {
        guard let address = EmailAddress(email) else { return nil }
        let operation = AccountOperation<(user: User, passwordHash: String)?>(.signIn) {
            (context) throws(ErrandError) in
            guard let user = try context.transaction.accounts.find(emailKey: address.key),
                let hash = try context.transaction.accounts.passwordHash(of: user.id)
            else { return nil }
            return (user, hash)
        }
        return try await operations.ask(operation)
    }

    public func passwordHash(of user: UserID) async throws(ErrandError) -> String? {
        let operation = AccountOperation<String?>(.changePassword) { (context) throws(ErrandError) in
            try context.transaction.accounts.passwordHash(of: user)
        }
        return try await operations.ask(operation)
    }

    /// Opens a session for somebody whose password has just been checked.
    ///
    /// - Parameter newPasswordHash: replaces the stored one when hashing has become stronger since.
    public func startSession(
        for user: User, newPasswordHash: String?, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> SignedIn {
        let operation = AccountOperation<SignedIn>(.signIn) { (context) throws(ErrandError) in
            let transaction = context.transaction
            let session = context.newSession(of: user.id)
            if let newPasswordHash { try transaction.accounts.setPasswordHash(newPasswordHash, of: user.id) }
            try transaction.sessions.insert(session)
            let events = context.events(of: user.id, .session(session.id))
            try events.recordStart(of: session)
            return SignedIn(user: user, session: session)
        }
        return try await operations.perform(operation, from: origin)
    }

    /// Exchanges a refresh token whose signature has been checked.
    ///
    /// - Parameter generation: which of the session's tokens was presented.
    public func renew(
        _ id: SessionID, generation: Int64, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> Renewal {
        let operation = AccountOperation<Renewal>(.renewSession) { (context) throws(ErrandError) in
            let (transaction, now) = (context.transaction, context.now)
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
                let events = context.events(of: user.id, .session(id))
                try events.recordEnd(of: [id], because: .refreshTokenReused)
                return .reuseDetected(session.id)
            }
        }
        return try await operations.perform(operation, from: origin)
    }

    /// Ends one session, or all of its user's. Ending what is over does nothing.
    ///
    /// - Returns: the sessions that were running until now.
    public func endSession(
        _ id: SessionID, everywhere: Bool, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> [SessionID] {
        let operation = AccountOperation<[SessionID]>(.signOut) { (context) throws(ErrandError) in
            let (transaction, now) = (context.transaction, context.now)
            guard var session = try transaction.sessions.find(id) else { return [] }
            let events = context.events(of: session.userID, .session(id))
            if everywhere {
                let ended = try transaction.sessions.revokeAll(of: session.userID, except: nil, at: now)
                try events.recordEnd(of: ended, because: .signedOutEverywhere)
                try events.announce(.signOutNotice)
                return ended
            }
            guard session.revokedAt == nil else { return [] }
            session.revokedAt = now
            try transaction.sessions.update(session)
            try events.recordEnd(of: [id], because: .signedOut)
            return [id]
        }
        return try await operations.perform(operation, from: origin)
    }

    /// The principal of a personal access token; nil when it is unknown or expired.
    ///
    /// - Parameter hash: SHA-256 of the secret.
    public func principal(tokenHash hash: [UInt8]) async throws(ErrandError) -> Principal? {
        let find = AccountOperation<(token: PersonalToken?, now: Instant)>(.useToken) { (context) throws(ErrandError) in
            (try context.transaction.tokens.find(hash: hash), context.now)
        }
        let (found, now) = try await operations.ask(find)
        guard let token = found, token.expiresAt.map({ now < $0 }) ?? true else { return nil }
        if token.lastUsedAt.map({ now - $0 >= .minutes(1) }) ?? true {
            let mark = AccountOperation<Void>(.useToken) { (context) throws(ErrandError) in
                try context.transaction.tokens.markUsed(token.id, at: now)
            }
            try await operations.perform(mark)
        }
        return Principal(userID: token.userID, actor: .personalToken(token.id), scopes: token.scopes)
    }

    /// The account of a person whom a trusted issuer has signed in, made at the first visit.
    public func user(
        issuer: String, subject: String, email: String?, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> User {
        let find = AccountOperation<User?>(.recognise) { (context) throws(ErrandError) in
            try context.transaction.accounts.find(issuer: issuer, subject: subject)
        }
        if let known = try await operations.ask(find) { return known }
        let address = email.flatMap { EmailAddress($0) }
        let make = AccountOperation<User>(.recognise) { (context) throws(ErrandError) in
            let transaction = context.transaction
            if let known = try transaction.accounts.find(issuer: issuer, subject: subject) { return known }
            // An account that already has the address stays apart, since a claim of another issuer does not
            // prove whose it is.
            var free = address
            if let address, try transaction.accounts.find(emailKey: address.key) != nil { free = nil }
            let user = User(
                id: context.newID(), email: free?.text ?? "", name: "", settings: .standard(in: .utc),
                createdAt: context.now
            )
            try transaction.accounts.insert(user, passwordHash: nil)
            try transaction.accounts.link(issuer: issuer, subject: subject, to: user.id)
            let actor = Principal.Actor.externalSession(issuer: issuer)
            try context.events(of: user.id, actor).recordAccount(user)
            return user
        }
        return try await operations.perform(make, from: origin)
    }
}

extension AssistedOperation {
    public static let signUp = AssistedOperation("accounts.sign-up", "Opens an account and its first session.")
    public static let signIn = AssistedOperation("sessions.sign-in", "Opens a session for whoever has the password.")
    public static let renewSession = AssistedOperation(
        "sessions.renew", "Exchanges the newest refresh token of a session for the next."
    )
    public static let signOut = AssistedOperation("sessions.sign-out", "Ends one session, or all of a user's.")
    /// What every request with a personal access token begins with.
    static let useToken = AssistedOperation("tokens.use", "Finds whom a personal access token stands for.")
    /// What every request with the token of another issuer begins with.
    static let recognise = AssistedOperation("accounts.recognise", "Finds or makes the account of an issuer's person.")
}

extension AccountContext {
    fileprivate func newSession(of user: UserID) -> Session {
        Session(id: newID(), userID: user, generation: 1, rotatedAt: now, createdAt: now, revokedAt: nil)
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
