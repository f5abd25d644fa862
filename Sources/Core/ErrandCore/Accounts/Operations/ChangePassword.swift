/// Sets a new password and ends all other sessions. The old one is checked, and the new one hashed, by the door.
public struct ChangePassword: Command {
    /// PHC string of the new password.
    public let passwordHash: String
    public let requiredScope = Scope.manageCredentials

    public init(passwordHash: String) {
        self.passwordHash = passwordHash
    }

    /// The session of a person signed in here: the only one who has a password to change.
    ///
    /// - Throws: ``ErrandError/insufficientScope(_:)`` for anybody else.
    public static func session(of principal: Principal) throws(ErrandError) -> SessionID {
        guard case .session(let session) = principal.actor else { throw .insufficientScope(.manageCredentials) }
        return session
    }

    /// - Returns: the sessions that were ended.
    public func execute(in context: CommandContext) throws(ErrandError) -> [SessionID] {
        let session = try ChangePassword.session(of: context.principal)
        try context.transaction.accounts.setPasswordHash(passwordHash, of: context.member)
        let ended = try context.transaction.sessions.revokeAll(of: context.member, except: session, at: context.now)
        try context.record(
            .passwordChanged, about: .account(context.member), ["sessions_ended": JSONValue(ended.count)]
        )
        try context.recordEnd(of: ended, because: .passwordChanged)
        try context.announce(.passwordNotice)
        return ended
    }
}

extension AssistedOperation {
    public static let changePassword = AssistedOperation(
        "me.change-password", "Sets a new password and ends all other sessions.", scope: .manageCredentials
    )
}
