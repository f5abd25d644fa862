import CivilTime

/// Programs that a person has let in: each has a personal token of its own, whose secret changes with every renewal.
/// So they are listed and revoked with the other tokens.
extension Accounts {
    /// A permission lasts this long, whatever its renewals.
    public static let agentLifetime = Duration.days(90)
    private static let codeTarget = "authorization code"

    /// Exchanges a code for a token, once. A code that comes again is stolen or replayed, so what it was exchanged for
    /// is revoked (RFC 6749 §4.1.2).
    ///
    /// - Parameters:
    ///   - code: the one id of the code.
    ///   - hash: of the first secret.
    /// - Returns: nil for a code that was used before.
    public func redeem(
        code: String, of user: UserID, for id: TokenID, name: String, scopes: Set<Scope>, hash: [UInt8],
        from origin: RequestOrigin
    ) async throws(ErrandError) -> PersonalToken? {
        let operation = AccountOperation<PersonalToken?>(.letAgentIn) { (context) throws(ErrandError) in
            let key = OnceKey(userID: user, target: Accounts.codeTarget, key: code, fingerprint: [])
            let events = context.events(of: user, .agent(name: name))
            if let used = try context.transaction.replies.find(key) {
                if let made = TokenID(String(decoding: used.body, as: UTF8.self)) {
                    try events.removeAgent(made)
                }
                return nil
            }
            guard try context.transaction.tokens.all(of: user).count < Limits.personalTokensPerUserMax else {
                throw .invalid("", .tooMany, "There can be at most \(Limits.personalTokensPerUserMax) tokens.")
            }
            let token = PersonalToken(
                id: id, userID: user, name: name, scopes: scopes, createdAt: context.now,
                expiresAt: context.now + Accounts.agentLifetime, lastUsedAt: context.now
            )
            try context.transaction.tokens.insert(token, hash: hash)
            try context.transaction.replies.insert(
                StoredReply(status: 200, headers: [:], body: Array(id.description.utf8), fingerprint: []), for: key,
                at: context.now
            )
            try events.record(.tokenCreated, about: .token(id), ["token": token.json])
            return token
        }
        return try await operations.perform(operation, from: origin)
    }

    /// What became of a program's refresh token.
    public enum AgentRenewal: Sendable {
        /// The next secret is the one to hand out: now, or once more since the answer got lost.
        case renewed(PersonalToken)
        case refused
        /// It had been exchanged before, so it may be stolen: the permission is revoked (RFC 9700 §4.14.2).
        case reuseDetected
    }

    /// Exchanges a secret that is known to be ours.
    ///
    /// - Parameters:
    ///   - hash: of what was presented.
    ///   - next: of what comes after it.
    public func renewAgent(
        _ id: TokenID, of user: UserID, presenting hash: [UInt8], next: [UInt8], from origin: RequestOrigin
    ) async throws(ErrandError) -> AgentRenewal {
        let operation = AccountOperation<AgentRenewal>(.letAgentIn) { (context) throws(ErrandError) in
            let tokens = context.transaction.tokens
            if let token = try tokens.find(hash: hash), token.id == id {
                guard token.expiresAt.map({ context.now < $0 }) ?? true else { return .refused }
                try tokens.replaceHash(next, of: id, at: context.now)
                return .renewed(token)
            }
            if let token = try tokens.find(hash: next), token.id == id, let renewed = token.lastUsedAt,
                context.now - renewed < Session.reuseGrace
            {
                return .renewed(token)
            }
            guard let token = try tokens.all(of: user).first(where: { $0.id == id }) else { return .refused }
            try context.events(of: user, .agent(name: token.name)).removeAgent(id)
            return .reuseDetected
        }
        return try await operations.perform(operation, from: origin)
    }

    /// The program that a permission was given to, with what it may do; nil when that has ended.
    public func agent(_ id: TokenID, of user: UserID) async throws(ErrandError) -> Principal? {
        let operation = AccountOperation<Principal?>(.letAgentIn) { (context) throws(ErrandError) in
            guard let token = try context.transaction.tokens.all(of: user).first(where: { $0.id == id }),
                token.expiresAt.map({ context.now < $0 }) ?? true
            else { return nil }
            return Principal(userID: user, actor: .personalToken(id), scopes: token.scopes)
        }
        return try await operations.ask(operation)
    }

    /// Ends a permission, as the program itself asks. Ended before, nothing happens.
    public func revokeAgent(
        _ id: TokenID, of user: UserID, from origin: RequestOrigin
    ) async throws(ErrandError) {
        let operation = AccountOperation<Void>(.letAgentIn) { (context) throws(ErrandError) in
            try context.events(of: user, .personalToken(id)).removeAgent(id)
        }
        try await operations.perform(operation, from: origin)
    }
}

extension CommandContext {
    fileprivate func removeAgent(_ id: TokenID) throws(ErrandError) {
        guard let token = try transaction.tokens.all(of: member).first(where: { $0.id == id }),
            try transaction.tokens.delete(id, of: member)
        else { return }
        try record(.tokenDeleted, about: .token(id), ["token": token.json])
    }
}

extension AssistedOperation {
    /// What authorization of programs is made of.
    static let letAgentIn = AssistedOperation("agents.let-in", "Gives, renews and ends the permission of a program.")
}
