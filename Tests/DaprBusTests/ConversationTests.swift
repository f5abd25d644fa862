import CivilTime
import DaprBus
import ErrandCore
import FakeSidecar
import TestSupport
import Testing

/// Conversations in a state store behind a sidecar.
@Suite(.timeLimit(.minutes(1))) struct ConversationTests {
    @Test(arguments: ConversationStoreConformance.Case.all)
    func `in a state store`(_ conformance: ConversationStoreConformance.Case) async throws {
        try await conformance.run { use in
            try await StateStage.with { stage in
                try await use(
                    ConversationStoreConformance.Stage(store: stage.store, clock: stage.clock) { UserID.make() }
                )
            }
        }
    }

    @Test(arguments: ["conv-", "conversations-"])
    func `an append whose answers are lost is made once`(_ key: String) async throws {
        try await StateStage.with { stage in
            stage.faults.stateKeyPrefix = key
            for opens in [true, false] {
                stage.faults.stateAnswerLost = .next(1)
                let append = try stage.append("opens: \(opens)", opens: opens)
                let made = try await stage.store.append(append)
                #expect(stage.faults.stateAnswerLost == .next(0), "an answer was lost")
                let again = try await stage.store.append(append)
                #expect(again == made)
            }
            let transcript = try await stage.transcript
            #expect(transcript.turns.map(\.text) == ["opens: true", "opens: false"])
            #expect(transcript.conversation.version == 2)
        }
    }

    @Test func `whoever was slower tries again on what is there by then`() async throws {
        try await StateStage.with { stage in
            _ = try await stage.store.append(try stage.append("First", opens: true))
            stage.faults.stateTagStale = .next(3)
            _ = try await stage.store.append(try stage.append("Second"))
            #expect(stage.faults.stateTagStale == .next(0))
            let texts = try await stage.transcript.turns.map(\.text)
            #expect(texts == ["First", "Second"])
            stage.faults.stateTagStale = .next(3)
            try await stage.store.delete(stage.id, of: stage.owner)
            let left = try await stage.list()
            #expect(left == [])
        }
    }

    @Test func `a state store that fails is not available, and nothing is half done when it is back`() async throws {
        try await StateStage.with { stage in
            let (first, second) = (try stage.append("First", opens: true), try stage.append("Second"))
            let made = try await stage.store.append(first)
            stage.faults.stateRefused = .always
            await #expect(throws: ErrandError.unavailable) { try await stage.store.append(second) }
            await #expect(throws: ErrandError.unavailable) { try await stage.transcript }
            await #expect(throws: ErrandError.unavailable) { try await stage.list() }
            await #expect(throws: ErrandError.unavailable) {
                try await stage.store.delete(stage.id, of: stage.owner)
            }
            #expect(stage.log.all.count == 1, "it is said once")
            #expect(stage.log.all.allSatisfy { $0.hasPrefix("warning") && !$0.contains("Second") })
            stage.faults.stateRefused = .never
            let listed = try await stage.list()
            #expect(listed == [made])
            let changed = try await stage.store.append(second)
            #expect(changed.version == 2)
            stage.faults.stateRefused = .next(2)
            let texts = try await stage.transcript.turns.map(\.text)
            #expect(texts == ["First", "Second"], "what passes soon is not noticed")
        }
    }

    @Test func `what ends between index and conversation leaves nothing to be seen`() async throws {
        try await StateStage.with { stage in
            stage.faults.stateKeyPrefix = "conv-"
            stage.faults.stateWriteRefused = .always
            let append = try stage.append("Hello", opens: true)
            await #expect(throws: ErrandError.unavailable) { try await stage.store.append(append) }
            stage.faults.clear()
            let indexed = try await stage.indexed()
            #expect(indexed == [stage.id], "the index was first")
            var listed = try await stage.list()
            #expect(listed == [])
            let kept = try await stage.indexed()
            #expect(kept == indexed, "it may still be under way")
            stage.clock.advance(by: .minutes(2))
            listed = try await stage.list()
            #expect(listed == [])
            let mended = try await stage.indexed()
            #expect(mended == [])
            let made = try await stage.store.append(append)
            listed = try await stage.list()
            #expect(listed == [made], "the same append sent again")
        }
    }

    @Test func `an index that says another time is mended`() async throws {
        try await StateStage.with { stage in
            let made = try await stage.store.append(try stage.append("First", opens: true))
            stage.clock.advance(by: .hours(1))
            stage.faults.stateKeyPrefix = "conv-"
            stage.faults.stateWriteRefused = .always
            let append = try stage.append("Second")
            await #expect(throws: ErrandError.unavailable) { try await stage.store.append(append) }
            stage.faults.clear()
            stage.clock.advance(by: .hours(1))
            for _ in 0..<2 {
                let listed = try await stage.list()
                #expect(listed == [made], "as the conversation says")
            }
            let index = try await stage.state("conversations-\(stage.owner)")
            let time = index?["conversations"]?.array?.first?["updated_at"]
            #expect(time == .string(made.updatedAt.description))
        }
    }

    @Test func `what ends in the middle of a deletion has deleted it`() async throws {
        try await StateStage.with { stage in
            _ = try await stage.store.append(try stage.append("Hello", opens: true))
            stage.faults.stateKeyPrefix = "conversations-"
            stage.faults.stateWriteRefused = .always
            await #expect(throws: ErrandError.unavailable) {
                try await stage.store.delete(stage.id, of: stage.owner)
            }
            await #expect(throws: ErrandError.notFound(.conversation)) { try await stage.transcript }
            let listed = try await stage.list()
            #expect(listed == [])
            stage.faults.clear()
            try await stage.store.delete(stage.id, of: stage.owner)
            let indexed = try await stage.indexed()
            #expect(indexed == [], "and once more, it is complete")
        }
    }

    @Test func `what is damaged is not taken for nothing, and nobody's place for somebody's`() async throws {
        try await StateStage.with { stage in
            let other = try await stage.store.append(try stage.append("Other", opens: true))
            let stranger = UserID.make()
            let index: JSONValue = [
                "conversations": [["id": .string(other.id.description), "updated_at": "2026-01-15T10:00:00Z"]]
            ]
            try await stage.put(index, "conversations-\(stranger)")
            let listed = try await stage.store.page(of: stranger, after: nil, limit: 9)
            #expect(listed == ConversationPage(conversations: [], end: nil))
            try await stage.put(["of": "somebody else's program"], "conv-\(stage.id)")
            await #expect(throws: ErrandError.unavailable) { try await stage.transcript }
            let append = try stage.append("More", opens: true)
            await #expect(throws: ErrandError.unavailable) { try await stage.store.append(append) }
            let value = try await stage.state("conv-\(stage.id)")
            #expect(value == ["of": "somebody else's program"], "it is left alone")
        }
    }

    @Test func `a store that is not there is an error of the settings`() async throws {
        try await StateStage.with(stateStoreName: "elsewhere") { stage in
            await #expect(throws: ErrandError.unavailable) { try await stage.list() }
            #expect(stage.log.all.count == 1)
            #expect(stage.log.all.first?.hasPrefix("error") == true)
            #expect(stage.log.all.first?.contains("store=elsewhere") == true)
        }
    }

    @Test func `both keys live as long as a conversation does, and are written on condition`() async throws {
        try await StubSidecar.with { stub in
            let configuration = try stub.configuration()
            let store = DaprConversationStore(
                sidecar: try stub.sidecar(), configuration: configuration, now: { .testStart }, logger: .silent
            )
            let (id, owner) = (ConversationID.make(), UserID.make())
            let turns = [try ConversationTurn(.user, "Hello", at: .testStart)]
            _ = try await store.append(
                ConversationAppend(id: .make(), to: id, of: owner, opens: true, turns: turns)
            )
            let saved = stub.calls.filter { $0.method == "POST" }
            #expect(saved.allSatisfy { $0.line == "POST /v1.0/state/statestore" })
            let items = saved.compactMap { $0.json.array?.first }
            let keys = items.compactMap { $0["key"]?.string }
            #expect(keys == ["conversations-\(owner)", "conv-\(id)"])
            #expect(items.allSatisfy { $0["metadata"] == ["ttlInSeconds": "7776000"] })
            #expect(items.allSatisfy { $0["options"]?["concurrency"] == "first-write" })
            #expect(items.last?["value"]?["owner"]?.string == owner.description)
        }
    }
}
