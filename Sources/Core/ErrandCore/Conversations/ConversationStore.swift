/// Where conversations are kept. What somebody else's conversation is asked for is not found, whatever it is.
///
/// What was not used for ``Limits/conversationLifetime`` is gone, and so is what exceeds
/// ``Limits/conversationsPerUserMax``, the longest unused first.
public protocol ConversationStore: Sendable {
    /// - Throws: ``ErrandError/notFound(_:)``; ``ErrandError/unavailable``.
    func transcript(_ id: ConversationID, of owner: UserID) async throws(ErrandError) -> Transcript

    /// A part of the owner's list, the last used first. One that is used meanwhile moves to its beginning.
    ///
    /// - Parameters:
    ///   - place: where the page before ended; nil for the first page.
    ///   - limit: 1 or more.
    /// - Throws: ``ErrandError/unavailable``.
    func page(
        of owner: UserID, after place: ConversationPlace?, limit: Int
    ) async throws(ErrandError) -> ConversationPage

    /// Adds turns to the end of a conversation, which it makes if it may; the oldest turns fall off
    /// (``Limits/turnsKept(_:)``). All of the turns are there afterwards, next to each other, or none. Appends at the
    /// same time come in some order and are all kept.
    ///
    /// The same append again changes nothing, as long as its turns are kept.
    ///
    /// - Returns: the conversation after the append; as it is now, when the append was there already.
    /// - Throws: ``ErrandError/notFound(_:)`` when the conversation is another user's, or there is none and the append
    ///   does not open one; ``ErrandError/unavailable``, after which the append may have taken place: send it again.
    func append(_ append: ConversationAppend) async throws(ErrandError) -> Conversation

    /// Removes a conversation with its turns. One that is gone already is no error.
    ///
    /// - Throws: ``ErrandError/notFound(_:)`` when it is another user's; ``ErrandError/unavailable``, after which it
    ///   may be gone: delete it again.
    func delete(_ id: ConversationID, of owner: UserID) async throws(ErrandError)
}

/// A part of a list of conversations.
public struct ConversationPage: Hashable, Sendable {
    public let conversations: [Conversation]
    /// Where the last of them stands, when more follow.
    public let end: ConversationPlace?

    public init(conversations: [Conversation], end: ConversationPlace?) {
        self.conversations = conversations
        self.end = end
    }
}
