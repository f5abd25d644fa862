import CivilTime
import ErrandCore
import Testing

/// What the table of conversations does by itself; the rest is in ``ConversationStoreConformance``.
extension StoreConformance {
    static let conversationCases: [Case] = [
        Case("a conversation is its owner's alone, and its id nobody else's") { try await $0.keepsConversations() },
        Case("an append is known as long as its turns are kept") { try await $0.knowsAppends() },
        Case("old conversations go in portions, with their turns") { try await $0.purgesConversations() },
    ]

    private func keepsConversations() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let append = try ConversationAppend.make(of: ana)
        let conversation = try append.conversation(after: nil, at: .testStart)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.conversations
            try table.insert(conversation)
            try table.add(append, to: conversation)
            expectEqual(try table.find(conversation.id, of: ana), conversation, "with every field")
            expectEqual(try table.find(conversation.id, of: ben), nil, "not for others")
            expect(try table.isTaken(conversation.id), "its id is taken")
            expect(try !table.isTaken(.make()), "others are not")
            expectEqual(try table.turns(of: conversation), append.turns, "with its turns")
            expectEqual(try table.delete(conversation.id, of: ben), false, "nobody deletes another's")
        }
        let stolen = Conversation(
            id: conversation.id, ownerID: ben, title: "", createdAt: .testStart, updatedAt: .testStart, version: 1
        )
        await expectFailure(.notFound(.conversation), "nobody makes another's") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in try transaction.conversations.insert(stolen) }
        }
        let left = try await store.write { (transaction) throws(ErrandError) in
            expectEqual(try transaction.conversations.turns(of: stolen), [], "nor reads it")
            let isGone = try transaction.conversations.delete(conversation.id, of: ana)
            expect(isGone, "its owner deletes it")
            return try transaction.conversations.turns(of: conversation)
        }
        expectEqual(left, [], "with its turns")
    }

    private func knowsAppends() async throws {
        let owner = try await addUser()
        let first = try ConversationAppend.make(of: owner)
        let conversation = try first.conversation(after: nil, at: .testStart)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.conversations
            try table.insert(conversation)
            try table.add(first, to: conversation)
            for _ in 0..<(Limits.turnsPerConversationMax / 2 - 1) {
                try table.add(try .make(of: owner, to: conversation.id), to: conversation)
            }
            expect(try table.contains(first.id, in: conversation), "it is full, and the first is there")
            let last = try ConversationAppend.make(of: owner, to: conversation.id)
            expect(try !table.contains(last.id, in: conversation), "the last is not yet")
            try table.add(last, to: conversation)
            expect(try table.contains(last.id, in: conversation), "now it is")
            expect(try !table.contains(first.id, in: conversation), "and the first has fallen off")
            let count = try table.turns(of: conversation).count
            expectEqual(count, Limits.turnsPerConversationMax, "as many as are kept")
        }
    }

    private func purgesConversations() async throws {
        let owner = try await addUser()
        let made = try (0..<4).map { number in
            let append = try ConversationAppend.make(of: owner)
            return (append, try append.conversation(after: nil, at: .testStart - .days(Int64(number))))
        }
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.conversations
            for (append, conversation) in made {
                try table.insert(conversation)
                try table.add(append, to: conversation)
            }
            let unused = try table.page(of: owner, usedSince: .testStart - .days(1), after: nil, limit: 9)
            expectEqual(unused.map(\.id), made[0...1].map(\.1.id), "only those that were used since")
            expectEqual(try table.purge(before: .testStart, limit: 2), 2, "a portion")
            expectEqual(try table.find(made[1].1.id, of: owner), made[1].1, "the oldest first")
            expectEqual(try table.purge(before: .testStart, limit: 2), 1, "the rest")
            expectEqual(try table.turns(of: made[0].1), made[0].0.turns, "new ones stay")
        }
    }
}
