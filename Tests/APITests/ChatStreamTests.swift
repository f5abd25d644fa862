import ErrandCore
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// Chat over HTTP with a model: as events, and as JSON.
@Suite struct ChatStreamTests {
    private static let events = ["accept": "text/event-stream"]

    /// Names and data of a stream of events, without comments.
    private func events(_ answer: Answer) -> [(name: String, data: JSONValue)] {
        String(decoding: answer.bytes, as: UTF8.self).components(separatedBy: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n")
            guard let name = lines.first(where: { $0.hasPrefix("event: ") })?.dropFirst(7),
                let data = lines.first(where: { $0.hasPrefix("data: ") })?.dropFirst(6)
            else { return nil }
            return (String(name), (try? JSONValue.parse(String(data))) ?? .null)
        }
    }

    @Test func `what a model says and calls is sent as it happens, and all of it at the end`() async throws {
        let model = ScriptedModel([
            .call([("add_task", #"{"title":"Milk","due_date":"tomorrow"}"#)], saying: "I add it."),
            .say(["It ", "is there."]),
        ])
        try await TestAPI.with(model: model) { api in
            let token = try await api.token()
            let answer = try await api.send(
                .post, "/api/v1/chat", token: token, headers: Self.events,
                json: ["message": "we lack milk for tomorrow, don't we?"])
            #expect(answer.status == 200)
            let heard = events(answer)
            #expect(heard.map(\.name) == ["delta", "tool", "delta", "delta", "done"])
            let text = heard.filter { $0.name == "delta" }.compactMap { $0.data["text"]?.string }.joined()
            #expect(text == "I add it.\n\nIt is there.")
            let done = try #require(heard.last).data
            #expect(done["response"]?.string == text)
            #expect(done["tool_calls"]?.array?.first == heard[1].data)
            #expect(done["undo"] == heard[1].data["result"]?["undo"])
        }
    }

    @Test func `JSON has the token that takes the change back as a header, and the notice`() async throws {
        let model = ScriptedModel([.fail(.unavailable)], repeats: true)
        try await TestAPI.with(model: model) { api in
            let token = try await api.token()
            let settings = try await api.send(
                .patch, "/api/v1/me", token: token, json: ["interpreter_first": false])
            #expect(settings.json["interpreter_first"] == false && settings.json["model_allowed"] == true)
            let answer = try await api.send(.post, "/api/v1/chat", token: token, json: ["message": "add milk"])
            #expect(answer.json["notice"]?["code"] == "model_unavailable")
            let undo = try #require(answer.header("errand-undo"))
            #expect(answer.json["undo"]?.string == undo)
            let back = try await api.send(.post, "/api/v1/undo", token: token, json: ["token": .string(undo)])
            #expect(back.status == 200)
            #expect(try await api.get("/api/v1/tasks", token: token)["items"] == [])
            let none = try await api.send(.post, "/api/v1/chat", token: token, json: ["message": "what's overdue?"])
            #expect(none.header("errand-undo") == nil)
        }
    }

    @Test func `settings are true or false, kept, and told as events`() async throws {
        let model = ScriptedModel()
        try await TestAPI.with(model: model) { api in
            let token = try await api.token()
            let bad = try await api.send(
                .patch, "/api/v1/me", token: token, json: ["interpreter_first": "no", "model_allowed": 0])
            #expect(bad.fields == ["/interpreter_first wrong_type", "/model_allowed wrong_type"])
            _ = try await api.send(.patch, "/api/v1/me", token: token, json: ["model_allowed": false])
            #expect(try await api.get("/api/v1/me", token: token)["model_allowed"] == false)
            let changes = try await api.events(.settingsChanged).last?["payload"]?["changes"]
            #expect(changes == ["model_allowed": ["from": true, "to": false]])
            _ = try await api.send(.post, "/api/v1/chat", token: token, json: ["message": "tell me a joke"])
            #expect(model.prompts.isEmpty)
        }
    }

    @Test func `refusals come before the stream, with their status`() async throws {
        try await TestAPI.with(model: ScriptedModel()) { api in
            let token = try await api.token()
            let empty = try await api.send(
                .post, "/api/v1/chat", token: token, headers: Self.events, json: ["message": ""])
            #expect(empty.status == 422)
            let gone: JSONValue = ["message": "hi", "conversation_id": .string(ConversationID.make().description)]
            let missing = try await api.send(
                .post, "/api/v1/chat", token: token, headers: Self.events, json: gone)
            #expect(missing.status == 404)
        }
    }

    @Test func `a client that goes ends the work of the model, keeps what was done, and may come back`() async throws {
        let model = ScriptedModel([.call([("add_task", #"{"title":"Milk"}"#)], saying: "I add it."), .hang])
        try await TestAPI.with(model: model) { api in
            let token = try await api.token()
            _ = try await api.send(.patch, "/api/v1/me", token: token, json: ["interpreter_first": false])
            let answer = try await api.send(
                .post, "/api/v1/chat", token: token, headers: Self.events,
                bytes: JSONValue.object(["message": "milk"]).serialized(), leavesAfter: 2)
            #expect(events(answer).map(\.name) == ["delta", "tool"])
            #expect(model.cancelled == 1)
            let list = try await api.get("/api/v1/conversations", token: token)
            let id = try #require(list["items"]?.array?.first?["id"]?.string)
            let turns = try await api.get("/api/v1/conversations/\(id)", token: token)["turns"]?.array
            #expect(turns?.last?["text"] == "I add it.")
            #expect(turns?.last?["tool_calls"]?.array?.map { $0["tool"] } == ["add_task"])
            let next = try await api.send(
                .post, "/api/v1/chat", token: token, json: ["message": "go on", "conversation_id": .string(id)])
            #expect(next.json["response"] == "Done.")
        }
    }

    @Test func `nothing of one user is in a prompt of another`() async throws {
        let model = ScriptedModel([.call([("list_tasks", "{}")])], repeats: false)
        try await TestAPI.with(model: model) { api in
            let (ana, ben) = (try await api.token(), try await api.token(of: "ben"))
            _ = try await api.task(ben, ["title": "bens-secret", "tags": ["bens-tag"]])
            _ = try await api.task(ana, ["title": "anas-own"])
            _ = try await api.send(.post, "/api/v1/chat", token: ana, json: ["message": "hm, tell me more"])
            #expect(model.prompts.count == 2)
            let seen = "\(model.prompts)"
            #expect(seen.contains("anas-own") && !seen.contains("bens-"))
        }
    }
}
