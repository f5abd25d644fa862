/// ``ConversationStore`` in the tables of the ``Store``: each call is one transaction.
public struct StoreConversations: ConversationStore {
    private let environment: Environment

    public init(environment: Environment) {
        self.environment = environment
    }

    public func transcript(_ id: ConversationID, of owner: UserID) async throws(ErrandError) -> Transcript {
        let oldest = Conversation.oldestUse(at: environment.now())
        return try await environment.store.read { (transaction) throws(ErrandError) in
            let table = transaction.conversations
            guard let conversation = try table.find(id, of: owner), conversation.updatedAt >= oldest else {
                throw .notFound(.conversation)
            }
            return Transcript(conversation: conversation, turns: try table.turns(of: conversation))
        }
    }

    public func page(
        of owner: UserID, after place: ConversationPlace?, limit: Int
    ) async throws(ErrandError) -> ConversationPage {
        let oldest = Conversation.oldestUse(at: environment.now())
        let found = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.conversations.page(of: owner, usedSince: oldest, after: place, limit: limit + 1)
        }
        let conversations = Array(found.prefix(limit))
        return ConversationPage(
            conversations: conversations, end: found.count > limit ? conversations.last?.place : nil
        )
    }

    public func append(_ append: ConversationAppend) async throws(ErrandError) -> Conversation {
        let now = environment.now()
        return try await environment.store.write { (transaction) throws(ErrandError) in
            let (table, owner) = (transaction.conversations, append.ownerID)
            var present = try table.find(append.conversationID, of: owner)
            if let found = present, found.updatedAt < Conversation.oldestUse(at: now) {
                _ = try table.delete(found.id, of: owner)
                present = nil
            }
            if let present, try table.contains(append.id, in: present) { return present }
            let conversation = try append.conversation(after: present, at: now)
            if present == nil {
                try table.insert(conversation)
                try table.dropUnused(of: owner, keeping: Limits.conversationsPerUserMax)
            } else {
                try table.update(conversation)
            }
            try table.add(append, to: conversation)
            return conversation
        }
    }

    public func delete(_ id: ConversationID, of owner: UserID) async throws(ErrandError) {
        try await environment.store.write { (transaction) throws(ErrandError) in
            let table = transaction.conversations
            if try table.delete(id, of: owner) { return }
            if try table.isTaken(id) { throw .notFound(.conversation) }
        }
    }
}

extension Operations {
    /// With conversations in the same store as all else.
    public init(environment: Environment) {
        self.init(environment: environment, conversations: StoreConversations(environment: environment))
    }
}
