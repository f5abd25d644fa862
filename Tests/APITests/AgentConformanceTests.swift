import APIService
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// The scenarios of the protocol's conformance suite that are about HTTP, or about what this server keeps, at the real
/// door. Those that need the suite's own tools are held against the kit.
@Suite struct AgentConformanceTests {
    @Test func `server-stateless`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            let version = "io.modelcontextprotocol/protocolVersion"
            let capabilities = "io.modelcontextprotocol/clientCapabilities"
            for meta in [[:], [version: "2026-07-28"], [capabilities: [:]]] as [JSONObject] {
                let answer = try await api.send(
                    .post, "/mcp", token: agent.token,
                    headers: ["mcp-protocol-version": "2026-07-28", "mcp-method": "server/discover"],
                    json: [
                        "jsonrpc": "2.0", "id": 101, "method": "server/discover", "params": ["_meta": .object(meta)],
                    ]
                )
                #expect(answer.status == 400 && answer.json["error"]?["code"] == -32602)
                #expect(answer.json["id"] == 101, "errors carry the id")
            }
            let unknown = try await agent.send("tasks/get", ["taskId": "x"])
            #expect(unknown.status == 404 && unknown.json["error"]?["code"] == -32601)
            let old = try await agent.send(
                "tools/list", headers: ["mcp-protocol-version": "1999-01-01", "mcp-session-id": "ignored"]
            )
            #expect(old.status == 400)
            let session = try await agent.send("tools/list", headers: ["mcp-session-id": "ignored"])
            #expect(session.status == 200 && session.header("mcp-session-id") == nil)
            let discovered = try await agent.result("server/discover")["capabilities"]
            for (capability, method) in [
                ("tools", "tools/list"), ("prompts", "prompts/list"), ("resources", "resources/list"),
            ] {
                #expect(discovered?[capability] != nil)
                #expect(try await agent.result(method)["resultType"] == "complete")
            }
        }
    }

    @Test func `tools-list`() async throws {
        try await TestAPI.with { api in
            let tools = try #require(try await api.agent().result("tools/list")["tools"]?.array)
            for tool in tools {
                let name = try #require(tool["name"]?.string)
                let isPlain = name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (97...122).contains($0) }
                #expect(isPlain && (1...64).contains(name.utf8.count))
                #expect(tool["description"]?.string?.isEmpty == false)
                for schema in [tool["inputSchema"], tool["outputSchema"]] { #expect(schema?["type"] == "object") }
            }
        }
    }

    @Test func `caching`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            for (method, params) in [
                ("server/discover", [:]), ("tools/list", [:]), ("prompts/list", [:]), ("resources/list", [:]),
                ("resources/templates/list", [:]), ("resources/read", ["uri": "errand://tasks"]),
            ] as [(String, JSONObject)] {
                let result = try await agent.result(method, params)
                #expect((result["ttlMs"]?.integer ?? -1) >= 0, "\(method)")
                // Whatever follows from who asks is theirs alone.
                let scope: JSONValue = method == "server/discover" ? "public" : "private"
                #expect(result["cacheScope"] == scope, "\(method)")
            }
        }
    }

    @Test func `server-sse-multiple-streams`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...3 {
                    group.addTask {
                        let answer = try await agent.send(
                            "tools/call",
                            ["name": "add_task", "arguments": ["title": .string("Task \(number)")]],
                            id: JSONValue(number), meta: ["progressToken": JSONValue(number)]
                        )
                        #expect(answer.status == 200 && answer.header("content-type") == "text/event-stream")
                        let text = String(decoding: answer.bytes, as: UTF8.self)
                        #expect(!text.contains("\nid:"), "there is nothing to resume")
                        let messages = try text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
                            .map { try JSONValue.parse($0.dropFirst(6).utf8) }
                        #expect(messages.last?["id"] == JSONValue(number))
                        #expect(messages.dropLast().allSatisfy { $0["params"]?["progressToken"] == JSONValue(number) })
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await agent.call("list_tasks", [:])["structuredContent"]?["count"] == 3)
        }
    }

    @Test func `dns-rebinding-protection`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            for origin in ["http://evil.example", "http://localhost.evil.example", "null"] {
                #expect(try await agent.send("tools/list", headers: ["origin": origin]).status == 403, "\(origin)")
            }
            #expect(try await agent.send("tools/list", headers: ["origin": "http://localhost"]).status == 200)
        }
        // A foreign Host is refused where only this machine can reach the server, whatever the Origin.
        let local = AgentReach(publicURL: "http://localhost:8080", listens: "127.0.0.1")
        for (host, isFine) in [
            ("localhost:8080", true), ("127.0.0.1", true), ("[::1]:9", true), ("evil.example", false),
            ("localhost.evil.example:8080", false), ("", false),
        ] {
            #expect(local.admits(host: host, origin: nil) == isFine, "\(host)")
        }
        #expect(!local.admits(host: "localhost", origin: "http://evil.example"))
        let open = AgentReach(publicURL: "https://errand.example", listens: "0.0.0.0")
        #expect(open.admits(host: "errand.example", origin: "https://errand.example"))
        #expect(!open.admits(host: "errand.example", origin: "http://localhost"))
    }

    @Test func `http-header-validation`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            for headers in [
                ["mcp-method": "prompts/list"], ["mcp-method": ""], ["mcp-method": "TOOLS/LIST"],
                ["mcp-protocol-version": ""], ["mcp-protocol-version": "2025-06-18"],
            ] {
                #expect(try await agent.refusal("tools/list", headers: headers) == "400 -32020", "\(headers)")
            }
            for name in ["undo", "", "AGENDA"] {
                let refused = try await agent.refusal("tools/call", ["name": "agenda"], headers: ["mcp-name": name])
                #expect(refused == "400 -32020", "\(name)")
            }
            // Names of fields are the same in any case, and space around values says nothing (RFC 9110).
            let spaced = try await agent.send(
                "tools/list", headers: ["mcp-method": "", "MCP-METHOD": "  tools/list\t", "Mcp-Session-Id": "x"]
            )
            #expect(spaced.status == 200)
        }
    }

    /// No tool asks for headers of its own, so such headers are passed over. What comes encoded is decoded.
    @Test func `http-custom-header-server-validation`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            for tool in try await agent.result("tools/list")["tools"]?.array ?? [] {
                #expect(tool.text.contains("x-mcp-header") == false)
            }
            let call: JSONObject = ["name": "agenda"]
            #expect(
                try await agent.send("tools/call", call, headers: ["mcp-param-from": "=?base64?###?="]).status == 200)
            for (name, isFine) in [
                ("=?base64?YWdlbmRh?=", true), ("=?base64?YWdlbmR?=", false), ("=?base64?YWdl*mRh?=", false),
                ("YWdlbmRh", false),
            ] {
                let answer = try await agent.send("tools/call", call, headers: ["mcp-name": name])
                #expect((answer.status == 200) == isFine, "\(name)")
                if !isFine { #expect(answer.json["error"]?["code"] == -32020, "\(name)") }
            }
        }
    }

    /// Schemas keep to what every client reads: no references, nothing but objects at the root.
    @Test func `json-schema-2020-12`() async throws {
        try await TestAPI.with { api in
            for tool in try await api.agent().result("tools/list")["tools"]?.array ?? [] {
                let text = tool.text
                #expect(!text.contains("$ref") && !text.contains("\"$schema\""))
                for word in ["oneOf", "anyOf", "allOf"] { #expect(tool["inputSchema"]?[word] == nil) }
            }
        }
    }

    @Test func `input-required-result-tampered-state`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent(capabilities: ["elicitation": [:]])
            _ = try await agent.call("add_task", ["tasks": [["title": "A"], ["title": "B"]]])
            let call: JSONObject = ["name": "delete_task", "arguments": ["task_ids": [1, 2]]]
            let state = try #require(try await agent.result("tools/call", call)["requestState"]?.string)
            var again = call
            again["inputResponses"] = ["confirm": ["action": "accept", "content": ["confirm": true]]]
            for forged in [state + "-TAMPERED", String(state.dropLast()), "9" + state, ""] {
                again["requestState"] = .string(forged)
                #expect(try await agent.refusal("tools/call", again) == "400 -32602")
            }
            // Somebody else's is no better.
            let ben = try await api.agent("ben", capabilities: ["elicitation": [:]])
            again["requestState"] = .string(state)
            #expect(try await ben.refusal("tools/call", again) == "400 -32602")
            #expect(try await agent.call("list_tasks", [:])["structuredContent"]?["count"] == 2)
        }
    }

    /// Who has a model to offer and no person to ask is told what to do instead; so is the earlier era.
    @Test func `input-required-result-capability-check`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent(capabilities: ["sampling": [:], "roots": [:]])
            _ = try await agent.call("add_task", ["tasks": [["title": "A"], ["title": "B"]]])
            let legacy = AgentClient(api: api, token: agent.token, legacy: "2025-11-25")
            for client in [agent, legacy] {
                let told = try await client.call("delete_task", ["task_ids": [1, 2]])
                #expect(told["structuredContent"]?["status"] == "needs_confirmation")
                #expect(told["inputRequests"] == nil)
            }
            let done = try await legacy.call("delete_task", ["task_ids": [1, 2], "confirm": true])
            #expect(done["structuredContent"]?["status"] == "deleted")
        }
    }

    @Test func `resources-subscribe`() async throws {
        try await TestAPI.with { api in
            let legacy = try await api.agent(legacy: "2025-11-25")
            for method in ["resources/subscribe", "resources/unsubscribe", "logging/setLevel"] {
                let refused = try await legacy.refusal(method, ["uri": "errand://tasks"])
                #expect(refused == "200 -32601", "nothing can be pushed without a session: \(method)")
            }
        }
    }
}

@Suite struct AgentCredentialTests {
    /// Sessions are for REST, and tokens of agents for agents (RFC 8707).
    @Test func `only what is meant for the door is let in`() async throws {
        try await TestAPI.with { api in
            let session = try await api.token()
            let agent = AgentClient(api: api, token: session)
            let refused = try await agent.send("tools/list")
            #expect(refused.status == 401)
            let challenge = refused.header("www-authenticate") ?? ""
            #expect(challenge.contains("error=\"invalid_token\"") && challenge.contains("resource_metadata="))
            #expect(challenge.contains("scope=\"tasks:read tasks:write\""))
            // A cookie is a session too.
            for origin in ["http://localhost", ""] {
                var headers = ["cookie": "errand_access=\(session)", "mcp-protocol-version": "2025-06-18"]
                if !origin.isEmpty { headers["origin"] = origin }
                let answer = try await api.send(
                    .post, "/mcp", headers: headers, json: ["jsonrpc": "2.0", "id": 1, "method": "tools/list"]
                )
                #expect(answer.status == (origin.isEmpty ? 403 : 401))
            }
            #expect(try await api.send(.get, "/api/v1/tasks", token: session).status == 200)
            let personal = AgentClient(api: api, token: try await api.agentToken(of: session))
            #expect(try await personal.send("tools/list").status == 200)
        }
    }
}
