import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct AgentDoorTests {
    @Test(arguments: [nil, "2025-11-25", "2025-03-26"])
    func `tools-list and tools-call in both eras`(_ legacy: String?) async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent(legacy: legacy)
            let listed = try await agent.result("tools/list")
            #expect(listed["tools"]?.array?.count == ToolCatalogue.tools.count)
            #expect((listed["ttlMs"] != nil) == (legacy == nil))
            #expect(listed["tools"]?.array?.first?["annotations"]?["openWorldHint"] == false)
            let called = try await agent.call("add_task", ["title": "Buy milk", "due_date": "tomorrow"])
            #expect(called["isError"] == false)
            #expect(called["structuredContent"]?["task_id"] == 1)
            let texts = (called["content"]?.array ?? []).compactMap { $0["text"]?.string }
            #expect(texts.count == 2 && texts[0].hasPrefix("Added 1: Buy milk"))
            #expect(try JSONValue.parse(texts[1]) == called["structuredContent"])
            let failed = try await agent.call("complete_task", ["task_id": 99])
            #expect(failed["isError"] == true && failed["structuredContent"] == nil)
            #expect(
                failed["content"]?.array?.first?["text"]?.string?.contains("task_id: There is no such task") == true)
            #expect(
                try await agent.refusal("tools/call", ["name": "nope"]) == (legacy == nil ? "400 -32602" : "200 -32602")
            )
            // What was done came by this door.
            let event = try #require(try await api.events(.taskCreated).first)
            #expect(event["actor"]?["via"] == "mcp")
        }
    }

    @Test func `server-stateless: no session is given, and only POST is there`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent(legacy: "2025-06-18")
            let hello = try await agent.send("initialize", ["protocolVersion": "2025-06-18", "capabilities": [:]])
            #expect(hello.header("mcp-session-id") == nil)
            #expect(hello.json["result"]?["serverInfo"]?["name"] == "errand")
            #expect(hello.json["result"]?["capabilities"]?["resources"] == [:], "nothing can be pushed")
            for method in [.get, .delete, .put] as [HTTPRequest.Method] {
                let refused = try await api.send(method, "/mcp", token: agent.token)
                #expect(refused.status == 405 && refused.header("allow") == "POST")
            }
            let noted = try await api.send(
                .post, "/mcp", token: agent.token, json: ["jsonrpc": "2.0", "method": "notifications/initialized"]
            )
            #expect(noted.status == 202 && noted.bytes.isEmpty)
            let modern = try await api.agent("ben")
            #expect(try await modern.result("server/discover")["supportedVersions"] == ["2026-07-28"])
        }
    }

    @Test func `http-header-validation`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            #expect(try await agent.refusal("tools/list", headers: ["mcp-method": "tools/call"]) == "400 -32020")
            #expect(try await agent.refusal("tools/list", headers: ["mcp-method": ""]) == "400 -32020")
            #expect(try await agent.refusal("tools/list", headers: ["mcp-protocol-version": ""]) == "400 -32020")
            #expect(
                try await agent.refusal("tools/list", headers: ["mcp-protocol-version": "2025-06-18"]) == "400 -32020")
            #expect(
                try await agent.refusal("tools/call", ["name": "agenda"], headers: ["mcp-name": "undo"]) == "400 -32020"
            )
            #expect(try await agent.refusal("nope") == "404 -32601")
            #expect(try await agent.refusal("ping") == "404 -32601")
            let encoded = try await agent.send(
                "resources/read", ["uri": "errand://tags"], headers: ["mcp-name": "=?base64?ZXJyYW5kOi8vdGFncw==?="]
            )
            #expect(encoded.status == 200)
            #expect(
                try await agent.refusal("tools/call", ["name": "a"], headers: ["mcp-name": "=?base64?###?="])
                    == "400 -32020")
        }
    }

    @Test(arguments: [
        ("", 400, "-32700"), ("{", 400, "-32700"), ("[]", 400, "-32600"), ("[{\"jsonrpc\":\"2.0\"}]", 400, "-32600"),
        ("5", 400, "-32600"), ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", 400, "-32600"),
        ("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", 400, "-32600"),
        ("\u{0}\u{7}", 400, "-32700"),
    ])
    func `malformed messages are refused in the protocol's own form`(
        _ text: String, _ status: Int, _ code: String
    ) async throws {
        try await TestAPI.with { api in
            let token = try await api.agentToken(of: try await api.token())
            let answer = try await api.send(.post, "/mcp", token: token, bytes: Array(text.utf8))
            #expect(answer.status == status)
            #expect(answer.json["error"]?["code"]?.integer.map(String.init) == code)
            #expect(answer.json["id"] == nil)
        }
    }

    @Test func `what comes in has a credential, a type, a size and a place`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            let stranger = AgentClient(api: api, token: nil)
            let refused = try await stranger.send("tools/list")
            #expect(refused.status == 401 && refused.header("www-authenticate")?.hasPrefix("Bearer") == true)
            #expect(try await AgentClient(api: api, token: "nonsense").refusal("tools/list") == "401 unauthenticated")
            #expect(
                try await agent.refusal("tools/list", headers: ["content-type": "text/plain"])
                    == "415 unsupported_media_type")
            #expect(try await agent.refusal("tools/list", headers: ["accept": "text/html"]) == "406 not_acceptable")
            #expect(try await agent.send("tools/list", headers: ["accept": "*/*"]).status == 200)
            let large = JSONValue.string(String(repeating: "x", count: 1_100_000))
            #expect(
                try await agent.refusal("tools/call", ["name": "add_task", "arguments": ["title": large]])
                    == "413 body_too_large")
            let long = JSONValue.string(String(repeating: "x", count: 900_000))
            #expect(try await agent.call("add_task", ["title": long])["isError"] == true)
            #expect(try await agent.call("add_task", ["title": "a\u{7}b"])["isError"] == true)
        }
    }

    @Test func `dns-rebinding-protection`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            for origin in ["https://evil.example", "null", "http://localhost.evil.example", "file://"] {
                #expect(
                    try await agent.refusal("tools/list", headers: ["origin": origin]).hasPrefix("403"), "\(origin)")
            }
            for origin in ["http://localhost", "http://127.0.0.1:6274", "http://[::1]:8080"] {
                #expect(try await agent.send("tools/list", headers: ["origin": origin]).status == 200, "\(origin)")
            }
        }
    }

    @Test func `a credential that only reads lists what reads, and may do no more`() async throws {
        try await TestAPI.with { api in
            let person = try await api.token()
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: person, json: ["name": "agent", "scopes": ["tasks:read"]]
            )
            let agent = AgentClient(api: api, token: made.json["token"]?.string)
            let names = (try await agent.result("tools/list")["tools"]?.array ?? []).compactMap { $0["name"]?.string }
            #expect(Set(names) == ["list_tasks", "search_tasks", "filter_tasks", "sort_tasks", "agenda"])
            let refused = try await agent.send("tools/call", ["name": "add_task", "arguments": ["title": "A"]])
            #expect(refused.status == 403)
            #expect(refused.header("www-authenticate")?.contains("insufficient_scope") == true)
            #expect(try await agent.refusal("resources/read", ["uri": "errand://me"]).hasPrefix("403"))
        }
    }

    @Test func `a retry with the same key beside the call is one task`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            for _ in 0..<3 {
                let called = try await agent.call("add_task", ["title": "A"], meta: ["idempotency_key": "k"])
                #expect(called["structuredContent"]?["task_id"] == 1)
            }
            #expect(try await agent.call("list_tasks", [:])["structuredContent"]?["count"] == 1)
        }
    }

    @Test func `tools-call-with-progress: a stream that begins, ends and answers`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            let answer = try await agent.send(
                "tools/call", ["name": "add_task", "arguments": ["title": "A"]], meta: ["progressToken": "p"]
            )
            #expect(answer.header("content-type") == "text/event-stream")
            let lines = String(decoding: answer.bytes, as: UTF8.self).split(separator: "\n")
            let messages = try lines.filter { $0.hasPrefix("data: ") }.map { try JSONValue.parse($0.dropFirst(6).utf8) }
            #expect(messages.map { $0["params"]?["progress"]?.integer } == [0, 1, nil])
            #expect(messages.last?["result"]?["structuredContent"]?["task_id"] == 1)
        }
    }

    @Test func `a page on this machine may call, and reads the answer`() async throws {
        try await TestAPI.with { api in
            let origin = ["origin": "http://localhost:6274", "access-control-request-method": "POST"]
            let preflight = try await api.send(.options, "/mcp", headers: origin)
            #expect(preflight.status == 204)
            #expect(preflight.header("access-control-allow-origin") == "http://localhost:6274")
            #expect(preflight.header("access-control-allow-headers")?.contains("MCP-Protocol-Version") == true)
            #expect(try await api.send(.options, "/mcp", headers: ["origin": "https://evil.example"]).status == 403)
            #expect(try await api.send(.options, "/mcp").status == 405)
            let stranger = AgentClient(api: api, token: nil)
            let refused = try await stranger.send("tools/list", headers: ["origin": "http://localhost:6274"])
            #expect(refused.status == 401 && refused.header("access-control-expose-headers") != nil)
            #expect(refused.header("access-control-allow-origin") == "http://localhost:6274")
            let foreign = try await stranger.send("tools/list", headers: ["origin": "https://evil.example"])
            #expect(foreign.status == 403 && foreign.header("access-control-allow-origin") == nil)
            for path in ["/token", "/register"] {
                let asked = try await api.send(.options, path, headers: ["origin": "https://anybody.example"])
                #expect(asked.status == 204 && asked.header("access-control-allow-origin") == "*")
            }
        }
    }
}
