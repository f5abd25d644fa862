import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// Conversations that are kept, as the API shows them.
@Suite struct ConversationTests {
    @Test func `conversations are listed, the last used first, and page`() async throws {
        try await TestAPI.with { api in
            let account = try await api.signUp()
            let (ana, user) = (account["access_token"]?.string ?? "", account["user"]?["id"]?.string ?? "")
            #expect(try await api.get("/api/v1/conversations", token: ana) == ["items": [], "next_cursor": .null])
            for number in 1...3 {
                _ = try await api.converse("Talk\n \(number)", of: user)
                api.clock.advance(by: .seconds(1))
            }
            let all = try await api.get("/api/v1/conversations", token: ana)
            #expect(all["items"]?.array?.compactMap { $0["title"]?.string } == ["Talk 3", "Talk 2", "Talk 1"])
            #expect(all["next_cursor"] == .null)
            let last = all["items"]?.array?.last
            #expect(last?["created_at"] == "2026-01-15T10:00:00Z")
            #expect(last?["updated_at"] == last?["created_at"])
            #expect(last?["version"] == 1)
            #expect(last?["turns"] == nil)
            let page = try await api.get("/api/v1/conversations?limit=2", token: ana)
            #expect(page["items"]?.array?.count == 2)
            let cursor = page["next_cursor"]?.string ?? ""
            let rest = try await api.get("/api/v1/conversations?limit=2&cursor=\(cursor)", token: ana)
            #expect(rest["items"]?.array == last.map { [$0] })
            #expect(rest["next_cursor"] == .null)
            for cursor in ["x", "", "W10", Base64URL.encode(Array(#"["other",1,"x"]"#.utf8))] {
                let answer = try await api.send(.get, "/api/v1/conversations?cursor=\(cursor)", token: ana)
                #expect(answer.status == 400)
                #expect(answer.code == "invalid_cursor")
            }
            let wrong = try await api.send(.get, "/api/v1/conversations?limit=201&odd=1", token: ana)
            #expect(wrong.fields == ["limit out_of_range", "odd unknown"])
        }
    }

    @Test func `a conversation is read with its turns, and removed for good`() async throws {
        try await TestAPI.with { api in
            let account = try await api.signUp()
            let (ana, user) = (account["access_token"]?.string ?? "", account["user"]?["id"]?.string ?? "")
            let call: JSONValue = ["tool": "add_task", "arguments": ["title": "Milk"], "result": ["number": 1]]
            let made = try await api.converse("Buy <b>milk</b>", of: user, toolCalls: [call])
            let path = "/api/v1/conversations/\(made.id)"
            let read = try await api.get(path, token: ana)
            #expect(read["id"]?.string == made.id.description)
            #expect(read["owner"] == nil)
            #expect(
                read["turns"] == [
                    ["role": "user", "text": "Buy <b>milk</b>", "tool_calls": [], "at": "2026-01-15T10:00:00Z"],
                    ["role": "assistant", "text": "Done.", "tool_calls": [call], "at": "2026-01-15T10:00:00Z"],
                ])
            for _ in 0..<2 {
                let answer = try await api.send(.delete, path, token: ana)
                #expect(answer.status == 204)
                #expect(answer.bytes.isEmpty)
            }
            let gone = try await api.send(.get, path, token: ana)
            #expect(gone.status == 404)
            #expect(gone.code == "not_found")
            #expect(gone.json["detail"] == "There is no such conversation.")
            for method in [HTTPRequest.Method.get, .delete] {
                #expect(try await api.send(method, "/api/v1/conversations/x", token: ana).status == 404)
            }
            #expect(try await api.send(.post, path, token: ana).status == 405)
        }
    }

    @Test func `reading takes the right to read, removing the right to write`() async throws {
        try await TestAPI.with { api in
            let account = try await api.signUp()
            let (ana, user) = (account["access_token"]?.string ?? "", account["user"]?["id"]?.string ?? "")
            let path = "/api/v1/conversations/\(try await api.converse("Hello", of: user).id)"
            func token(_ scope: JSONValue) async throws -> String {
                let form: JSONValue = ["name": "script", "scopes": [scope]]
                let made = try await api.send(.post, "/api/v1/me/tokens", token: ana, json: form)
                return made.json["token"]?.string ?? ""
            }
            let (reader, writer) = (try await token("tasks:read"), try await token("tasks:write"))
            #expect(try await api.send(.get, path, token: reader).status == 200)
            #expect(try await api.send(.get, "/api/v1/conversations", token: reader).status == 200)
            #expect(try await api.send(.delete, path, token: reader).code == "insufficient_scope")
            #expect(try await api.send(.get, path, token: writer).code == "insufficient_scope")
            #expect(try await api.send(.get, "/api/v1/conversations", token: writer).code == "insufficient_scope")
            #expect(try await api.send(.delete, path, token: writer).status == 204)
            #expect(try await api.send(.get, path).status == 401)
        }
    }
}
