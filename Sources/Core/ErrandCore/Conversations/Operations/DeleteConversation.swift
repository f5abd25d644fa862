/// Removes a conversation with all that was said in it. One that is gone already is no error.
public struct DeleteConversation: ConversationOperation {
    public let id: ConversationID
    public let requiredScope = Scope.writeTasks

    public init(_ id: ConversationID) {
        self.id = id
    }

    /// - Throws: ``ErrandError/notFound(_:)`` when it is another user's; ``ErrandError/unavailable``.
    public func perform(in store: any ConversationStore, of user: UserID) async throws(ErrandError) {
        try await store.delete(id, of: user)
    }
}
