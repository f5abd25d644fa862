public import CivilTime

/// Conversations of all users in the store; every call names the owner, by itself or with the conversation.
public protocol ConversationTable {
    /// In a writing transaction, others who want to change what is the owner's wait for its end.
    func find(_ id: ConversationID, of owner: UserID) throws(ErrandError) -> Conversation?
    /// Whether there is a conversation of this id, whosever it is.
    func isTaken(_ id: ConversationID) throws(ErrandError) -> Bool
    /// The oldest first.
    func turns(of conversation: Conversation) throws(ErrandError) -> [ConversationTurn]
    /// The last used first, from the one after `place`; none that was last used before `oldest`.
    func page(
        of owner: UserID, usedSince oldest: Instant, after place: ConversationPlace?, limit: Int
    ) throws(ErrandError) -> [Conversation]

    /// - Throws: ``ErrandError/notFound(_:)`` when there is one of this id, which then is another user's.
    func insert(_ conversation: Conversation) throws(ErrandError)
    func update(_ conversation: Conversation) throws(ErrandError)
    /// Whether turns of this append are kept.
    func contains(_ append: AppendID, in conversation: Conversation) throws(ErrandError) -> Bool
    /// Puts the turns of an append at the end, and removes those that fall off (``Limits/turnsKept(_:)``).
    func add(_ append: ConversationAppend, to conversation: Conversation) throws(ErrandError)

    /// Removes a conversation with its turns.
    ///
    /// - Returns: false when the owner has none of this id.
    func delete(_ id: ConversationID, of owner: UserID) throws(ErrandError) -> Bool
    /// Removes all but the `count` that were used last.
    func dropUnused(of owner: UserID, keeping count: Int) throws(ErrandError)
    /// Removes up to `limit` conversations that were last used before `instant`. Returns how many.
    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}
