import CivilTime
import ErrandCore
import Testing

extension ConversationStoreConformance.Case {
    static let turnCases = [
        Self("a conversation begins, goes on, and comes back as it was said") { try await $0.keepsTurns() },
        Self("an append that opens nothing needs a conversation") { try await $0.opensOnRequest() },
        Self("the same append again changes nothing") { try await $0.appendsOnce() },
        Self("appends at once are all kept, each in one piece") { try await $0.appendsAtOnce() },
        Self("nobody reaches what is another's") { try await $0.isolates() },
        Self("a deleted conversation is gone, and deleting it again is no error") { try await $0.deletes() },
    ]
}

extension ConversationStoreConformance {
    private func keepsTurns() async throws {
        let owner = try await stage.addUser()
        let id = ConversationID.make()
        let calls: [JSONValue] = [
            ["tool": "add_task", "arguments": ["title": "Milk \"2\" 🎉\n"], "result": ["number": 12, "due": .null]],
            ["tool": "list_tasks", "arguments": [:], "result": ["tasks": [["done": true], ["share": .number(0.5)]]]],
        ]
        stage.clock.advance(by: .milliseconds(17))
        let start = now
        let first = try exchange("Buy milk,\n\tplease \\ \"now\" 🎉 é", toolCalls: calls)
        let made = try await store.append(
            ConversationAppend(id: .make(), to: id, of: owner, opens: true, turns: first)
        )
        let expected = Conversation(
            id: id, ownerID: owner, title: "Buy milk, please \\ \"now\" 🎉 é", createdAt: start, updatedAt: start,
            version: 1
        )
        expectEqual(made, expected, "what was made")
        expectEqual(try await store.transcript(id, of: owner), Transcript(conversation: made, turns: first), "is kept")
        stage.clock.advance(by: .minutes(5))
        let second = try exchange("And bread")
        let changed = try await store.append(
            ConversationAppend(id: .make(), to: id, of: owner, opens: false, turns: second)
        )
        expectEqual(changed.version, 2, "the version grows")
        expectEqual(changed.updatedAt, now, "and the time of its use")
        expectEqual(changed.createdAt, start, "but not that of its beginning")
        expectEqual(changed.title, made.title, "nor its title")
        expectEqual(
            try await store.transcript(id, of: owner), Transcript(conversation: changed, turns: first + second),
            "all turns in order"
        )
        stage.clock.advance(by: .minutes(-3))
        let back = try await say("A clock that is behind", in: id, of: owner)
        expectEqual(back.updatedAt, changed.updatedAt, "time does not run backwards")
    }

    private func opensOnRequest() async throws {
        let owner = try await stage.addUser()
        let id = ConversationID.make()
        await expectNotFound("there is none yet") { () throws(ErrandError) in
            try await say("Hello", in: id, of: owner)
        }
        await expectNotFound("and none was made") { () throws(ErrandError) in
            _ = try await store.transcript(id, of: owner)
        }
        expectEqual(try await list(of: owner), [], "nor listed")
        let made = try await say("Hello", in: id, of: owner, opens: true)
        let again = try await say("Hello again", in: id, of: owner, opens: true)
        expectEqual(again.version, made.version + 1, "what opens goes on where there is one")
    }

    private func appendsOnce() async throws {
        let owner = try await stage.addUser()
        let (id, appends) = (ConversationID.make(), [AppendID.make(), .make()])
        for append in appends {
            let first = try await say("Once", in: id, of: owner, opens: true, as: append)
            stage.clock.advance(by: .seconds(1))
            let second = try await say("Once", in: id, of: owner, opens: true, as: append)
            expectEqual(second, first, "it is as it was")
        }
        try await say("Once", in: id, of: owner, opens: true, as: appends[0])
        let texts = try await texts(id, of: owner)
        expectEqual(texts, ["Once", "Re: Once", "Once", "Re: Once"], "each append was made once")
    }

    private func appendsAtOnce() async throws {
        let owner = try await stage.addUser()
        let (shared, count) = (ConversationID.make(), 16)
        let others = (0..<4).map { _ in ConversationID.make() }
        try await withThrowingTaskGroup { group in
            for number in 0..<count {
                group.addTask { _ = try await self.say("\(number)", in: shared, of: owner, opens: true) }
            }
            for other in others {
                group.addTask { _ = try await self.say("other", in: other, of: owner, opens: true) }
            }
            try await group.waitForAll()
        }
        let transcript = try await store.transcript(shared, of: owner)
        expectEqual(transcript.conversation.version, Int64(count), "each append counts")
        let texts = transcript.turns.map(\.text)
        expectEqual(texts.count, 2 * count, "every turn is there")
        for number in 0..<count {
            let place = texts.firstIndex(of: "\(number)")
            expect(place.map { texts.dropFirst($0 + 1).first == "Re: \(number)" } ?? false, "append \(number)")
        }
        let listed = try await list(of: owner)
        expectEqual(Set(listed.map(\.id)), Set(others + [shared]), "every conversation is listed")
        expectEqual(listed.count, others.count + 1, "once")
    }

    private func isolates() async throws {
        let (ana, ben) = (try await stage.addUser(), try await stage.addUser())
        let secret = try await open("Secret plan", of: ana)
        let before = try await store.transcript(secret.id, of: ana)
        await expectNotFound("reading") { () throws(ErrandError) in
            _ = try await store.transcript(secret.id, of: ben)
        }
        for opens in [false, true] {
            await expectNotFound("appending, opens: \(opens)") { () throws(ErrandError) in
                try await say("Mine", in: secret.id, of: ben, opens: opens)
            }
        }
        await expectNotFound("deleting") { () throws(ErrandError) in try await store.delete(secret.id, of: ben) }
        expectEqual(try await list(of: ben), [], "nothing is listed")
        expectEqual(try await store.transcript(secret.id, of: ana), before, "nothing was changed")
        expectEqual(try await list(of: ana).map(\.id), [secret.id], "and its owner has it listed")
    }

    private func deletes() async throws {
        let owner = try await stage.addUser()
        let (kept, gone) = (try await open("Stays", of: owner), try await open("Goes", of: owner))
        try await store.delete(gone.id, of: owner)
        await expectNotFound("reading") { () throws(ErrandError) in
            _ = try await store.transcript(gone.id, of: owner)
        }
        await expectNotFound("going on") { () throws(ErrandError) in try await say("More", in: gone.id, of: owner) }
        expectEqual(try await list(of: owner), [kept], "it is not listed")
        try await store.delete(gone.id, of: owner)
        try await store.delete(.make(), of: owner)
        expectEqual(try await texts(kept.id, of: owner), ["Stays", "Re: Stays"], "others stay")
        let again = try await say("New", in: gone.id, of: owner, opens: true)
        expectEqual(again.version, 1, "what is opened again begins anew")
        expectEqual(try await texts(gone.id, of: owner), ["New", "Re: New"], "with nothing of before")
    }
}
