import ErrandCore
import ModelContextProtocol
import Testing

/// The scenarios of the protocol's conformance suite (2026-07-28), each under its name there.
@Suite struct ConformanceTests {
    private let host = FixtureHost()

    private func content(_ tool: String) -> [JSONValue] {
        host.call(tool)["result"]?["content"]?.array ?? []
    }

    @Test func `server-stateless`() {
        let discovered = host.result(Talk.modern("server/discover"))
        #expect(discovered["supportedVersions"] == ["2026-07-28"] && discovered["instructions"] != nil)
        // What is declared answers, and what is not does not.
        for (capability, method) in [
            ("tools", "tools/list"), ("prompts", "prompts/list"), ("resources", "resources/list"),
            ("resources", "resources/templates/list"),
        ] {
            #expect(discovered["capabilities"]?[capability] != nil)
            #expect(host.result(Talk.modern(method))["resultType"] == "complete", "\(method)")
        }
        #expect(discovered["capabilities"]?["logging"] == nil && discovered["capabilities"]?["tasks"] == nil)
        for method in ["initialize", "ping", "logging/setLevel", "resources/subscribe", "tasks/get"] {
            #expect(host.code(Talk.modern(method, ["uri": "test://static-text"])) == -32601, "\(method)")
        }
        #expect(host.code(Talk.modern("tools/list", version: "1999-01-01")) == -32022)
        #expect(host.code(Talk.modern("tools/list", capabilities: .null)) == -32602)
        let missing = host.call("test_missing_capability")
        #expect(missing["error"]?["code"] == -32021)
        #expect(missing["error"]?["data"] == ["requiredCapabilities": ["sampling": [:]]])
        #expect(missing["id"] == 1, "errors carry the id")
        // Who wants a log gets none, and is answered.
        let logged = Talk.modern(
            "tools/call", ["name": "test_logging_tool"], meta: ["io.modelcontextprotocol/logLevel": "debug"]
        )
        #expect(host.messages(logged).count == 1 && host.result(logged)["resultType"] == "complete")
    }

    @Test func `completion-complete`() {
        let result = host.result(
            Talk.modern(
                "completion/complete",
                [
                    "ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"],
                    "argument": ["name": "arg1", "value": "par"],
                ]
            )
        )
        #expect(result["completion"]?["values"] == ["paris", "park", "party"])
        #expect(result["completion"]?["total"] == 3 && result["completion"]?["hasMore"] == false)
    }

    @Test func `tools-list`() throws {
        let tools = try #require(host.result(Talk.modern("tools/list"))["tools"]?.array)
        #expect(tools.count == FixtureHost.tools.count)
        for tool in tools {
            let name = try #require(tool["name"]?.string)
            #expect((1...64).contains(name.utf8.count) && !name.isEmpty)
            #expect(tool["description"]?.string?.isEmpty == false)
            #expect(tool["inputSchema"]?["type"] == "object")
        }
    }

    @Test func `tools-call-simple-text`() {
        #expect(content("test_simple_text") == [["type": "text", "text": "Plain words."]])
        #expect(host.call("test_simple_text")["result"]?["isError"] == false)
        #expect(host.call("no_such_tool")["error"]?["code"] == -32602)
    }

    @Test func `tools-call-image`() {
        #expect(content("test_image_content") == [["type": "image", "data": "iVBORw0KGgo=", "mimeType": "image/png"]])
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{ff}\u{fe}", "w7/Dvg=="),
    ])
    func `bytes go as base64`(_ text: String, _ encoded: String) {
        let block = ContentBlock.image(Array(text.utf8), type: "image/png").json
        #expect(block["data"] == .string(encoded))
    }

    @Test func `tools-call-audio`() {
        let block = content("test_audio_content").first
        #expect(block?["type"] == "audio" && block?["mimeType"] == "audio/wav")
        #expect(block?["data"]?.string?.hasPrefix("UklGR") == true)
    }

    @Test func `tools-call-embedded-resource`() {
        let block = content("test_embedded_resource").first
        #expect(block?["type"] == "resource")
        #expect(block?["resource"] == ["uri": "test://embedded", "mimeType": "text/plain", "text": "Inside."])
    }

    @Test func `tools-call-mixed-content`() {
        let types = content("test_multiple_content_types").map { $0["type"] }
        #expect(types == ["text", "image", "resource", "resource_link"])
    }

    @Test func `tools-call-error`() {
        let result = host.call("test_error_handling")["result"]
        #expect(result?["isError"] == true && result?["resultType"] == "complete")
        #expect(result?["content"]?.array?.first?["text"]?.string?.isEmpty == false)
    }

    @Test func `tools-call-with-progress`() {
        let call = Talk.modern("tools/call", ["name": "test_tool_with_progress"], meta: ["progressToken": "p"])
        let sent = host.messages(call)
        #expect(sent.dropLast().map { $0["method"] } == Array(repeating: "notifications/progress", count: 3))
        #expect(sent.dropLast().map { $0["params"]?["progress"] } == [0, 50, 100])
        #expect(sent.dropLast().allSatisfy { $0["params"]?["total"] == 100 && $0["params"]?["progressToken"] == "p" })
        #expect(sent.last?["result"]?["content"] != nil)
        #expect(host.messages(Talk.modern("tools/call", ["name": "test_tool_with_progress"])).count == 1)
    }

    /// How streams of HTTP keep apart is held over HTTP; here, that requests do not mix.
    @Test func `server-sse-multiple-streams`() throws {
        let requests = try (1...3).map { number in
            let call = Talk.modern(
                "tools/call", ["name": "a"], id: JSONValue(number), meta: ["progressToken": JSONValue(number)]
            )
            return try #require(Talk.request(call))
        }
        for (number, request) in zip(1..., requests) {
            #expect(request.response([:])["id"] == JSONValue(number))
            #expect(request.progress(1, of: 1)?["params"]?["progressToken"] == JSONValue(number))
        }
    }

    @Test func `resources-list`() {
        let uris = host.result(Talk.modern("resources/list"))["resources"]?.array?.map { $0["uri"] }
        #expect(uris == ["test://static-text", "test://static-binary", "test://watched-resource"])
    }

    @Test func `resources-read-text`() {
        let result = host.result(Talk.modern("resources/read", ["uri": "test://static-text"]))
        let expected: JSONValue = ["uri": "test://static-text", "mimeType": "text/plain", "text": "Nothing but text."]
        #expect(result["contents"] == [expected])
    }

    @Test func `resources-read-binary`() {
        let result = host.result(Talk.modern("resources/read", ["uri": "test://static-binary"]))
        let expected: JSONValue = ["uri": "test://static-binary", "mimeType": "image/png", "blob": "iVBORw0KGgo="]
        #expect(result["contents"] == [expected])
    }

    @Test func `resources-templates-read`() {
        let listed = host.result(Talk.modern("resources/templates/list"))["resourceTemplates"]
        #expect(listed?.array?.map { $0["uriTemplate"] } == ["test://template/{id}/data"])
        let result = host.result(Talk.modern("resources/read", ["uri": "test://template/123/data"]))
        #expect(result["contents"]?.array?.first?["uri"] == "test://template/123/data")
        #expect(result["contents"]?.array?.first?["text"] == "{\"id\":\"123\"}")
    }

    @Test func `sep-2164-resource-not-found`() {
        let modern = host.answer(Talk.modern("resources/read", ["uri": "test://nowhere"]))
        #expect(modern["error"]?["code"] == -32602 && modern["error"]?["data"]?["uri"] == "test://nowhere")
        #expect(modern["result"] == nil, "never an empty list")
        #expect(host.code(Talk.legacy("resources/read", ["uri": "test://nowhere"])) == -32002)
    }

    @Test func `prompts-list`() throws {
        let prompts = try #require(host.result(Talk.modern("prompts/list"))["prompts"]?.array)
        #expect(prompts.count == 5 && prompts.allSatisfy { $0["name"]?.string?.isEmpty == false })
    }

    @Test func `prompts-get-simple`() {
        let result = host.result(Talk.modern("prompts/get", ["name": "test_simple_prompt"]))
        let expected: JSONValue = ["role": "user", "content": ["type": "text", "text": "Say something."]]
        #expect(result["messages"] == [expected])
        #expect(host.code(Talk.modern("prompts/get", ["name": "nope"])) == -32602)
    }

    @Test func `prompts-get-with-args`() {
        let params: JSONObject = [
            "name": "test_prompt_with_arguments", "arguments": ["arg1": "left", "arg2": "right"],
        ]
        let text = host.result(Talk.modern("prompts/get", params))["messages"]?.array?.first?["content"]?["text"]
        #expect(text == "Compare 'left' with 'right'.")
        #expect(host.code(Talk.modern("prompts/get", ["name": "test_prompt_with_arguments"])) == -32602)
    }

    @Test func `prompts-get-embedded-resource`() {
        let params: JSONObject = [
            "name": "test_prompt_with_embedded_resource", "arguments": ["resourceUri": "test://mine"],
        ]
        let messages = host.result(Talk.modern("prompts/get", params))["messages"]?.array ?? []
        #expect(messages.first?["content"]?["resource"]?["uri"] == "test://mine")
        #expect(messages.first?["content"]?["resource"]?["text"] != nil)
        #expect(messages.last?["content"]?["type"] == "text")
    }

    @Test func `prompts-get-with-image`() {
        let messages = host.result(Talk.modern("prompts/get", ["name": "test_prompt_with_image"]))["messages"]
        let block = messages?.array?.first?["content"]
        #expect(block?["type"] == "image" && block?["mimeType"] == "image/png" && block?["data"] == "iVBORw0KGgo=")
    }

    @Test func `caching`() {
        for (method, params) in [
            ("server/discover", [:]), ("tools/list", [:]), ("prompts/list", [:]), ("resources/list", [:]),
            ("resources/templates/list", [:]), ("resources/read", ["uri": "test://static-text"]),
        ] as [(String, JSONObject)] {
            let result = host.result(Talk.modern(method, params))
            #expect(result["ttlMs"]?.integer.map { $0 >= 0 } == true, "\(method)")
            #expect(["public", "private"].contains(result["cacheScope"]?.string ?? ""), "\(method)")
            guard method != "server/discover" else { continue }
            #expect(host.result(Talk.legacy(method, params))["ttlMs"] == nil, "the earlier era has none: \(method)")
        }
    }

    @Test func `http-header-validation`() {
        let call = Talk.modern("tools/call", ["name": "test_simple_text"])
        func code(_ envelope: Envelope) -> Int64? {
            host.messages(call, in: envelope).last?["error"]?["code"]?.integer
        }
        #expect(code(Talk.envelope("tools/call", name: "test_simple_text")) == nil)
        for envelope in [
            Talk.envelope("prompts/list", name: "test_simple_text"), Talk.envelope("tools/call"),
            Talk.envelope("tools/call", name: "wrong"), Talk.envelope("TOOLS/CALL", name: "test_simple_text"),
            Talk.envelope("tools/call", version: nil, name: "test_simple_text"),
        ] {
            #expect(code(envelope) == -32020)
        }
    }

    /// No tool asks for headers of its own (`x-mcp-header`), so there is nothing to hold them against.
    @Test func `http-custom-header-server-validation`() {
        let properties = FixtureHost.tools.flatMap {
            ($0["inputSchema"]?["properties"]?.object?.members ?? []).map(\.value)
        }
        #expect(properties.allSatisfy { $0["x-mcp-header"] == nil })
    }

    @Test func `json-schema-2020-12`() throws {
        let tools = host.result(Talk.modern("tools/list"))["tools"]?.array ?? []
        let schema = tools.first { $0["name"] == "json_schema_2020_12_tool" }?["inputSchema"]
        #expect(schema == FixtureHost.schema2020, "every keyword comes through")
        // As it goes over the wire, too.
        #expect(try JSONValue.parse(FixtureHost.schema2020.text) == FixtureHost.schema2020)
    }

    /// Who calls from where is told by HTTP, and held there; here, that standard input has no such thing to check.
    @Test func `dns-rebinding-protection`() {
        #expect(host.messages(Talk.modern("tools/list"), in: nil).last?["result"] != nil)
    }
}
