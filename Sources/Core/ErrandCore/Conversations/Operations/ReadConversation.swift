/// What was said in a conversation.
public struct ReadConversation: ConversationOperation {
    public let id: ConversationID
    public let requiredScope = Scope.readTasks

    public init(_ id: ConversationID) {
        self.id = id
    }

    /// - Throws: ``ErrandError/notFound(_:)``; ``ErrandError/unavailable``.
    public func perform(in store: any ConversationStore, of user: UserID) async throws(ErrandError) -> Transcript {
        try await store.transcript(id, of: user)
    }
}
