import CivilTime
import TaskLanguage

/// What links in mails lead to. Who has a link is whoever reads the mails to its address.
extension Accounts {
    /// Has a link sent to whoever has forgotten a password. Whether there is an account with the address is looked up
    /// when the mail is sent: here it makes no difference, neither in what is answered nor in how long it takes.
    public func forgetPassword(of address: EmailAddress) async throws(ErrandError) {
        let operation = AccountOperation<Void>(.forgetPassword) { (context) throws(ErrandError) in
            try context.transaction.mails.insert(
                AccountMail(
                    id: context.newID(), kind: .resetPassword, recipient: address, userID: nil, language: .english,
                    createdAt: context.now, nextAt: context.now
                )
            )
        }
        try await operations.perform(operation)
    }

    /// Sets a new password for whoever has the link, and ends all sessions.
    ///
    /// - Parameters:
    ///   - hash: SHA-256 of the token in the link.
    ///   - passwordHash: PHC string of the new password.
    /// - Returns: the sessions that were ended.
    /// - Throws: ``ErrandError/Conflict/linkExpired``.
    public func resetPassword(
        token hash: [UInt8], passwordHash: String, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> [SessionID] {
        let operation = AccountOperation<[SessionID]>(.resetPassword) { (context) throws(ErrandError) in
            let transaction = context.transaction
            var user = try context.user(behind: hash, for: .password).user
            try transaction.accounts.setPasswordHash(passwordHash, of: user.id)
            let events = context.events(of: user.id, .mailedLink)
            if user.emailVerifiedAt == nil {
                user.emailVerifiedAt = context.now
                try transaction.accounts.update(user)
                try events.record(.addressVerified, about: .account(user.id))
            }
            let ended = try transaction.sessions.revokeAll(of: user.id, except: nil, at: context.now)
            try events.record(
                .passwordChanged, about: .account(user.id), ["sessions_ended": JSONValue(ended.count)]
            )
            try events.recordEnd(of: ended, because: .passwordReset)
            try events.announce(.passwordNotice)
            return ended
        }
        return try await operations.perform(operation, from: origin)
    }

    /// Takes an address for the user's, since whoever has the link reads the mails to it. If the user has another so
    /// far, it becomes the account's, and the one before is told.
    ///
    /// - Parameter hash: SHA-256 of the token in the link.
    /// - Throws: ``ErrandError/Conflict/linkExpired``; ``ErrandError/Conflict/emailTaken``.
    public func verifyAddress(
        token hash: [UInt8], from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) {
        let operation = AccountOperation<Void>(.verifyAddress) { (context) throws(ErrandError) in
            let (before, address) = try context.user(behind: hash, for: .address)
            var user = before
            user.email = address.text
            user.emailVerifiedAt = context.now
            let events = context.events(of: user.id, .mailedLink)
            let isAnother = EmailAddress(before.email)?.key != address.key
            if isAnother { try events.announce(.addressNotice, to: before.verifiedAddress) }
            try context.transaction.accounts.update(user)
            try events.record(isAnother ? .addressChanged : .addressVerified, about: .account(user.id))
            try events.activateDestination(at: address)
        }
        try await operations.perform(operation, from: origin)
    }

    /// Lets reminders and the like go to the address of a channel, since whoever has the link reads the mails to it.
    ///
    /// - Parameter hash: SHA-256 of the token in the link.
    /// - Throws: ``ErrandError/Conflict/linkExpired``, also when the channel is there no more, or is verified.
    public func verifyChannel(
        token hash: [UInt8], from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) {
        let operation = AccountOperation<Void>(.verifyChannel) { (context) throws(ErrandError) in
            let transaction = context.transaction
            guard let token = try transaction.mailTokens.find(hash: hash), token.purpose == .channel,
                context.now < token.expiresAt, let id = token.destinationID,
                let found = try transaction.destinations.find(id, of: token.userID), found.status == .unverified,
                found.identity == token.address.key
            else { throw .conflict(.linkExpired) }
            try transaction.mailTokens.deleteAll(for: id, of: token.userID)
            try context.events(of: token.userID, .mailedLink).activate(found)
        }
        try await operations.perform(operation, from: origin)
    }

    /// Whether a person signed in so short a time ago, here or where they have their account, that they need not prove
    /// again who they are.
    ///
    /// - Throws: ``ErrandError/insufficientScope(_:)`` for whoever is no signed-in person.
    public func isFresh(_ principal: Principal) async throws(ErrandError) -> Bool {
        switch principal.actor {
        case .session(let session): return try await isFresh(session)
        case .externalSession:
            guard let signedIn = principal.signedInAt else { return false }
            let age = operations.environment.now() - signedIn
            // Clocks differ: a little ahead of ours is no lie.
            return age < Limits.freshSession && age > .zero - Limits.freshSession
        default: throw .insufficientScope(.manageCredentials)
        }
    }

    private func isFresh(_ session: SessionID) async throws(ErrandError) -> Bool {
        let operation = AccountOperation<Bool>(.deleteAccount) { (context) throws(ErrandError) in
            guard let found = try context.transaction.sessions.find(session), !found.isOver(at: context.now) else {
                return false
            }
            return context.now - found.createdAt < Limits.freshSession
        }
        return try await operations.ask(operation)
    }
}

extension AccountContext {
    /// Whose token it is, which is used up by that.
    fileprivate func user(
        behind hash: [UInt8], for purpose: MailToken.Purpose
    ) throws(ErrandError) -> (user: User, address: EmailAddress) {
        guard let token = try transaction.mailTokens.find(hash: hash), token.purpose == purpose, now < token.expiresAt,
            let user = try transaction.accounts.find(token.userID)
        else { throw .conflict(.linkExpired) }
        // A link to another address than the account's may not set its password.
        if purpose == .password, EmailAddress(user.email)?.key != token.address.key { throw .conflict(.linkExpired) }
        try transaction.mailTokens.deleteAll(of: user.id, for: purpose)
        return (user, token.address)
    }
}

extension CommandContext {
    /// Reminders may go to an address from now on, if the user wants them there.
    fileprivate func activateDestination(at address: EmailAddress) throws(ErrandError) {
        let found = try transaction.destinations.find(.email, identity: address.key, of: member)
        guard let before = found, before.status == .unverified else { return }
        try activate(before)
    }

    fileprivate func activate(_ before: ChannelDestination) throws(ErrandError) {
        var after = before
        after.status = .active
        try transaction.destinations.update(after)
        try recordChange(from: before, to: after)
    }
}

/// Has a link sent that shows that an address is the user's: the account's own, or one that it is to have.
public struct RequestVerification: Command {
    /// Nil for the account's own.
    public let address: EmailAddress?
    public let requiredScope = Scope.manageCredentials

    public init(of address: EmailAddress? = nil) {
        self.address = address
    }

    /// Whether another account has the address is not told: the mail says so to whoever reads it, when the link is
    /// used.
    public func execute(in context: CommandContext) throws(ErrandError) {
        let user = try context.user()
        guard let recipient = address ?? EmailAddress(user.email) else {
            throw .invalid("", .required, "The account has no e-mail address.")
        }
        try context.mail(.verifyAddress, to: recipient)
    }
}

extension AssistedOperation {
    public static let forgetPassword = AssistedOperation(
        "accounts.forget-password", "Has a link sent that replaces a forgotten password."
    )
    public static let resetPassword = AssistedOperation(
        "accounts.reset-password", "Sets a new password for whoever has the link, and ends all sessions."
    )
    public static let verifyAddress = AssistedOperation(
        "accounts.verify-address", "Takes an e-mail address for the user's, since they have the link sent to it."
    )
    /// What the page does that the link in a mail to a channel's address leads to.
    static let verifyChannel = AssistedOperation(
        "accounts.verify-channel", "Lets reminders go to a channel's address, since its reader has the link sent there."
    )
    public static let requestVerification = AssistedOperation(
        "me.request-verification", "Has a link sent that shows that the e-mail address is the user's.",
        scope: .manageCredentials
    )
    public static let changeAddress = AssistedOperation(
        "me.change-address", "Has a link sent to an address that becomes the account's once the link is used.",
        scope: .manageCredentials
    )
    public static let deleteAccount = AssistedOperation(
        "me.delete", "Deletes the account and everything in it for good.", scope: .manageCredentials
    )
}
