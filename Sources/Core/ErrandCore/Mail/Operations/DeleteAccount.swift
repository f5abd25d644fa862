/// Deletes the account and everything in it for good. Who it is has been proved to the door.
///
/// Credentials, settings, conversations and inbox are gone with the transaction; tasks, events and audit log follow in
/// slices (``Housekeeping``). A tombstone stands for the audit log.
public struct DeleteAccount: Command {
    private let chain: AuditChain
    public let requiredScope = Scope.manageCredentials

    public init(chain: AuditChain) {
        self.chain = chain
    }

    /// - Returns: the sessions that were running until now.
    public func execute(in context: CommandContext) throws(ErrandError) -> [SessionID] {
        let (transaction, user) = (context.transaction, context.member)
        try context.mail(.farewell, outlives: true)
        let ended = try transaction.sessions.revokeAll(of: user, except: nil, at: context.now)
        let head = try transaction.audit.head(in: user.personalSpace)
        let stone = chain.close(user, head: head, after: try transaction.erasure.head(), at: context.now)
        try context.record(
            .accountDeleted, about: .account(user),
            ["tombstone": ["number": .integer(stone.number), "hash": .string(stone.hash)]]
        )
        try transaction.erasure.delete(user, leaving: stone)
        return ended
    }
}

extension ConversationStore {
    /// Removes all conversations of a user.
    public func deleteAll(of owner: UserID) async throws(ErrandError) {
        while true {
            let page = try await page(of: owner, after: nil, limit: 50)
            if page.conversations.isEmpty { return }
            for conversation in page.conversations { try await delete(conversation.id, of: owner) }
        }
    }
}

extension Operations {
    /// Deletes the account of `principal`, conversations first, wherever they are: should that fail, the account is
    /// there to try again with.
    ///
    /// - Returns: the sessions that were running until now.
    public func deleteAccount(
        of principal: Principal, chain: AuditChain, for correlation: Correlation
    ) async throws(ErrandError) -> [SessionID] {
        try await conversations.deleteAll(of: principal.userID)
        return try await perform(DeleteAccount(chain: chain), as: principal, for: correlation).outcome
    }
}
