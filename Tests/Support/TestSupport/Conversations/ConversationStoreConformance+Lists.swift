import CivilTime
import ErrandCore
import Testing

extension ConversationStoreConformance.Case {
    static let listCases = [
        Self("the last used comes first, page after page") { try await $0.lists() },
        Self("what was said at the same moment is listed in one order") { try await $0.listsTies() },
    ]

    static let limitCases = [
        Self("the oldest turns fall off, by number") { try await $0.dropsTurnsByNumber() },
        Self("the oldest turns fall off, by size") { try await $0.dropsTurnsBySize() },
        Self("the largest append there can be is kept") { try await $0.keepsLargest() },
        Self("what was unused the longest makes room") { try await $0.makesRoom() },
        Self("what nobody uses is gone in the end") { try await $0.forgets() },
    ]
}

extension ConversationStoreConformance {
    private func lists() async throws {
        let (owner, other) = (try await stage.addUser(), try await stage.addUser())
        var made: [Conversation] = []
        for number in 0..<11 {
            stage.clock.advance(by: .seconds(1))
            made.append(try await open("Talk \(number)", of: owner))
            _ = try await open("Other \(number)", of: other)
        }
        stage.clock.advance(by: .seconds(1))
        let used = try await say("Again", in: made[3].id, of: owner)
        made.remove(at: 3)
        let expected = [used] + made.reversed()
        for pageSize in [1, 3, 10, 11, 200] {
            expectEqual(try await list(of: owner, pageSize: pageSize), expected, "in pages of \(pageSize)")
        }
        let first = try await store.page(of: owner, after: nil, limit: 4)
        try await store.delete(expected[3].id, of: owner)
        try await store.delete(expected[4].id, of: owner)
        let second = try await store.page(of: owner, after: first.end, limit: 2)
        expectEqual(second.conversations, Array(expected[5...6]), "a place is one whatever was there")
        let beyond = try await store.page(of: owner, after: expected.last?.place, limit: 4)
        expectEqual(beyond, ConversationPage(conversations: [], end: nil), "nothing after the last")
        expectEqual(try await list(of: .make()), [], "nobody has none")
    }

    private func listsTies() async throws {
        let owner = try await stage.addUser()
        var made: [Conversation] = []
        for number in 0..<5 { made.append(try await open("Talk \(number)", of: owner)) }
        let expected = made.map(\.id).sorted(by: >)
        for pageSize in [1, 2, 200] {
            let listed = try await list(of: owner, pageSize: pageSize)
            expectEqual(listed.map(\.id), expected, "in pages of \(pageSize)")
        }
    }

    private func dropsTurnsByNumber() async throws {
        let owner = try await stage.addUser()
        let (id, size) = (ConversationID.make(), Limits.turnsPerAppendMax)
        let count = Limits.turnsPerConversationMax / size + 2
        for number in 0..<count {
            let turns = try (0..<size).map { try ConversationTurn(.user, "\(number * size + $0)", at: now) }
            _ = try await store.append(ConversationAppend(id: .make(), to: id, of: owner, opens: true, turns: turns))
        }
        let transcript = try await store.transcript(id, of: owner)
        let expected = (0..<count * size).suffix(Limits.turnsPerConversationMax).map(String.init)
        expectEqual(transcript.turns.map(\.text), expected, "the newest stay")
        expectEqual(transcript.conversation.title, "0", "the title stays that of the first")
        expectEqual(transcript.conversation.version, Int64(count), "and every append counts")
    }

    private func dropsTurnsBySize() async throws {
        let owner = try await stage.addUser()
        let id = ConversationID.make()
        let calls: [JSONValue] = [.string(String(repeating: "x", count: 60_000))]
        var all: [ConversationTurn] = []
        for number in 0..<6 {
            let turns = try (0..<4).map {
                try ConversationTurn(.assistant, "\(number) \($0)", toolCalls: calls, at: now)
            }
            _ = try await store.append(ConversationAppend(id: .make(), to: id, of: owner, opens: true, turns: turns))
            all += turns
        }
        let kept = try await store.transcript(id, of: owner).turns
        let bytes = kept.reduce(0) { $0 + $1.bytes }
        expect(bytes <= Limits.conversationBytesMax, "they do not exceed the limit")
        expect(bytes + all[0].bytes > Limits.conversationBytesMax, "nor fall off for nothing")
        expectEqual(kept, all.suffix(kept.count), "the newest stay")
    }

    private func keepsLargest() async throws {
        let owner = try await stage.addUser()
        let id = ConversationID.make()
        // Brackets and quotes count.
        let length = Limits.toolCallBytesMax - 2 * Limits.toolCallDepthMax - 2
        var call = JSONValue.string(String(repeating: "y", count: length))
        for _ in 1..<Limits.toolCallDepthMax { call = [call] }
        let text = String(repeating: "🎉", count: Limits.answerLengthMax)
        let turns = try (0..<Limits.turnsPerAppendMax).map { _ in
            try ConversationTurn(.assistant, text, toolCalls: [call], at: now)
        }
        let made = try await store.append(
            ConversationAppend(id: .make(), to: id, of: owner, opens: true, turns: turns)
        )
        let transcript = try await store.transcript(id, of: owner)
        expect(transcript == Transcript(conversation: made, turns: turns), "as it was")
        expectEqual(try await list(of: owner), [made], "and listed")
    }

    private func makesRoom() async throws {
        let owner = try await stage.addUser()
        var made: [Conversation] = []
        for number in 0..<Limits.conversationsPerUserMax {
            stage.clock.advance(by: .seconds(1))
            made.append(try await open("\(number)", of: owner))
        }
        expectEqual(try await list(of: owner).count, Limits.conversationsPerUserMax, "as many as there may be")
        stage.clock.advance(by: .seconds(1))
        try await say("Again", in: made[0].id, of: owner)
        expectEqual(try await list(of: owner).count, Limits.conversationsPerUserMax, "using one makes none go")
        stage.clock.advance(by: .seconds(1))
        let last = try await open("One more", of: owner)
        await expectNotFound("the longest unused is gone") { () throws(ErrandError) in
            _ = try await store.transcript(made[1].id, of: owner)
        }
        let listed = try await list(of: owner)
        let expected = [last.id, made[0].id] + made[2...].reversed().map(\.id)
        expectEqual(listed.map(\.id), expected, "all others stay")
        expectEqual(try await texts(made[2].id, of: owner), ["2", "Re: 2"], "with what was said")
    }

    private func forgets() async throws {
        let owner = try await stage.addUser()
        let (old, used) = (try await open("Old", of: owner), try await open("Used", of: owner))
        stage.clock.advance(by: Limits.conversationLifetime)
        expectEqual(try await list(of: owner).count, 2, "until then they are there")
        let again = try await say("Again", in: used.id, of: owner)
        stage.clock.advance(by: .seconds(1))
        expectEqual(try await list(of: owner), [again], "only what was used stays")
        await expectNotFound("the other is not read") { () throws(ErrandError) in
            _ = try await store.transcript(old.id, of: owner)
        }
        await expectNotFound("nor goes on") { () throws(ErrandError) in try await say("More", in: old.id, of: owner) }
        let anew = try await say("New", in: old.id, of: owner, opens: true)
        expectEqual(anew.version, 1, "but may begin anew")
        expectEqual(try await texts(old.id, of: owner), ["New", "Re: New"], "with nothing of before")
        expectEqual(try await list(of: owner), [anew, again], "and is listed")
    }
}
