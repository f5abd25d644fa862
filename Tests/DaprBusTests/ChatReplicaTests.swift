import CivilTime
import DaprBus
import ErrandCore
import TestSupport
import Testing

/// One chat over two processes of the API: tasks in one store, conversations in the sidecar's state.
@Suite struct ChatReplicaTests {
    @Test func `turns alternate between two replicas, and what was spoken of is known to both`() async throws {
        try await StateStage.with { state in
            try await DaprStore.with { store in
                let replicas = (0..<2).map { _ in
                    Chat(operations: Operations(environment: store.environment, conversations: state.store))
                }
                let principal = Principal(
                    userID: store.user.id, actor: .session(.make()), scopes: Set(Scope.allCases))
                var id: ConversationID?
                var said: [String] = []
                let story = [
                    "add call the dentist, pay the dentist and buy milk", "delete the dentist", "2", "undo",
                    "what is due tomorrow?", "move the milk to tomorrow", "make it urgent", "what's due tomorrow?",
                ]
                for (turn, message) in story.enumerated() {
                    var body: JSONObject = ["message": .string(message)]
                    if let id { body.append("conversation_id", .string(id.description)) }
                    let answer = try await replicas[turn % 2].answer(try ChatMessage(.object(body)), as: principal)
                    id = answer.conversationID
                    said.append(answer.response)
                    let calls = answer.toolCalls.compactMap { $0["tool"]?.string }
                    let wanted = [
                        ["add_task", "add_task", "add_task"], [], ["delete_task"], ["undo"], [], ["set_due_date"],
                        ["set_priority"], [],
                    ]
                    #expect(calls == wanted[turn], "\(message): \(answer.response)")
                }
                #expect(said[1].contains("#1 “call the dentist”") && said[1].contains("#2 “pay the dentist”"))
                #expect(said[4] == "Nothing.")
                #expect(said[7].contains("#3 “buy milk”") && said[7].contains("urgent"))
                let transcript = try await state.store.transcript(try #require(id), of: store.user.id)
                #expect(transcript.turns.count == 2 * story.count)
            }
        }
    }
}
