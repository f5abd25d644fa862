import ErrandCore
import ModelContextProtocol
import Testing

/// Suites and tests are named after the scenarios of the protocol's conformance suite where there is one.
@Suite struct ProtocolServerTests {
    @Test func `server-stateless: discover says what is spoken and what can be done`() throws {
        let answer = try #require(Talk.answer(Talk.modern("server/discover", id: "a")))
        #expect(answer["id"] == "a" && answer["jsonrpc"] == "2.0")
        let result = try #require(answer["result"])
        #expect(result["supportedVersions"] == ["2026-07-28"])
        #expect(result["capabilities"]?["tools"] == [:])
        #expect(result["capabilities"]?["resources"] == ["subscribe": true])
        #expect(result["capabilities"]?["logging"] == nil)
        #expect(result["resultType"] == "complete")
        #expect(result["ttlMs"]?.integer != nil && result["cacheScope"] == "public")
        #expect(result["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "test")
        #expect(result["instructions"] == "Be brief.")
    }

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
    func `server-initialize: a revision of before is taken as asked for`(_ version: String) throws {
        let answer = try #require(
            Talk.answer(Talk.legacy("initialize", ["protocolVersion": .string(version), "capabilities": [:]])))
        let result = try #require(answer["result"])
        #expect(result["protocolVersion"] == .string(version))
        #expect(result["serverInfo"]?["version"] == "1")
        #expect(result["resultType"] == nil && result["_meta"] == nil, "the earlier era knows neither")
    }

    @Test(arguments: ["2026-07-28", "1999-01-01", ""])
    func `server-initialize: any other is answered with the last of its era`(_ version: String) throws {
        let answer = Talk.answer(Talk.legacy("initialize", ["protocolVersion": .string(version)]))
        #expect(answer?["result"]?["protocolVersion"] == "2025-11-25")
        #expect(Talk.code(Talk.legacy("initialize")) == -32602)
    }

    @Test func `ping: only the earlier era has it`() {
        #expect(Talk.answer(Talk.legacy("ping"))?["result"] == [:])
        for method in ["ping", "initialize", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"] {
            #expect(Talk.code(Talk.modern(method, ["uri": "a://b"])) == -32601)
        }
        for method in ["server/discover", "subscriptions/listen", "logging/setLevel", "tasks/get", ""] {
            #expect(Talk.code(Talk.legacy(method, ["notifications": [:]])) == -32601)
        }
    }

    @Test func `caching: lists and resources say how long they are good for, in the later era only`() throws {
        let modern = try #require(Talk.request(Talk.modern("tools/list")))
        #expect(modern.response([:], caching: .shared(milliseconds: 5))["result"]?["ttlMs"] == 5)
        #expect(modern.response([:], caching: .own(milliseconds: 0))["result"]?["cacheScope"] == "private")
        let legacy = try #require(Talk.request(Talk.legacy("tools/list")))
        #expect(legacy.response(["tools": []], caching: .own(milliseconds: 0))["result"] == ["tools": []])
    }

    @Test(arguments: [
        "null", "5", "\"x\"", "{}", #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":1}"#,
        #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":7}"#, #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#,
        #"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, "[]", #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
    ])
    func `what is no request is refused as such`(_ text: String) throws {
        #expect(Talk.code(try JSONValue.parse(text)) == -32600)
    }

    @Test func `each operation is understood in both eras`() {
        let calls: [(String, JSONObject, ClientRequest.Operation)] = [
            ("tools/list", [:], .listTools(cursor: nil)), ("tools/list", ["cursor": ""], .listTools(cursor: "")),
            ("tools/call", ["name": "a"], .callTool(name: "a", arguments: .null)),
            ("tools/call", ["name": "a", "arguments": ["b": 1]], .callTool(name: "a", arguments: ["b": 1])),
            ("resources/list", [:], .listResources(cursor: nil)),
            ("resources/templates/list", [:], .listTemplates(cursor: nil)),
            ("resources/read", ["uri": "a://b"], .readResource(uri: "a://b")),
            ("prompts/list", [:], .listPrompts(cursor: nil)),
            ("prompts/get", ["name": "p", "arguments": ["x": "y"]], .getPrompt(name: "p", arguments: ["x": "y"])),
            (
                "completion/complete",
                ["ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "x", "value": "y"]],
                .complete(CompletionRequest(reference: .prompt("p"), argument: "x", value: "y"))
            ),
            (
                "completion/complete",
                ["ref": ["type": "ref/resource", "uri": "a://{b}"], "argument": ["name": "b", "value": ""]],
                .complete(CompletionRequest(reference: .resource(uri: "a://{b}"), argument: "b", value: ""))
            ),
        ]
        for (method, params, operation) in calls {
            #expect(Talk.request(Talk.modern(method, params))?.operation == operation)
            #expect(Talk.request(Talk.legacy(method, params))?.operation == operation)
        }
    }

    @Test(
        arguments: [
            ("tools/call", [:]), ("tools/call", ["name": 1]), ("tools/call", ["name": "a", "arguments": []]),
            ("tools/list", ["cursor": 5]), ("resources/read", [:]),
            ("prompts/get", ["name": "a", "arguments": ["x": 1]]),
            ("completion/complete", [:]),
            ("completion/complete", ["ref": ["type": "ref/x"], "argument": ["name": "a", "value": ""]]),
            ("subscriptions/listen", [:]), ("subscriptions/listen", ["notifications": ["resourceSubscriptions": "a"]]),
            ("subscriptions/listen", ["notifications": ["resourceSubscriptions": [1]]]),
            ("tools/call", ["name": "a", "inputResponses": []]),
            ("tools/call", ["name": "a", "inputResponses": ["k": ["action": "maybe"]]]),
            ("tools/call", ["name": "a", "requestState": 5]),
        ] as [(String, JSONObject)])
    func `parameters that are none are told`(_ method: String, _ params: JSONObject) {
        #expect(Talk.code(Talk.modern(method, params)) == -32602)
    }

    @Test func `errors are told by era and under the id`() {
        #expect(ProtocolError.resourceNotFound("a", in: .modern).code == -32602)
        #expect(ProtocolError.resourceNotFound("a", in: .legacy(version: "2025-11-25")).code == -32002)
        #expect(ProtocolError.resourceNotFound("a", in: .modern).data == ["uri": "a"])
        #expect(ProtocolError.parseError.response(to: nil)["id"] == nil)
        #expect(ProtocolError.parseError.response(to: .text("x"))["id"] == "x")
        #expect(ProtocolError.missingCapability(["sampling": [:]]).data == ["requiredCapabilities": ["sampling": [:]]])
    }

    @Test func `tools-call-with-progress: only who names a token is told`() throws {
        let told = try #require(Talk.request(Talk.modern("tools/call", ["name": "a"], meta: ["progressToken": 7])))
        #expect(told.progress(1, of: 2)?["params"] == ["progressToken": 7, "progress": 1, "total": 2])
        #expect(Talk.request(Talk.modern("tools/call", ["name": "a"]))?.progress(1, of: 2) == nil)
        #expect(
            Talk.request(Talk.modern("tools/call", ["name": "a"], meta: ["progressToken": .null]))?.progressToken == nil
        )
    }
}

@Suite struct HeaderValidationTests {
    @Test func `http-header-validation: headers say what the body says`() {
        let call = Talk.modern("tools/call", ["name": "a"])
        #expect(Talk.request(call, in: Talk.envelope("tools/call", name: "a")) != nil)
        #expect(Talk.code(call, in: Talk.envelope("tools/call", name: "b")) == -32020)
        #expect(Talk.code(call, in: Talk.envelope("tools/call")) == -32020)
        #expect(Talk.code(call, in: Talk.envelope("tools/list", name: "a")) == -32020)
        #expect(Talk.code(call, in: Envelope(version: "2026-07-28", method: nil, name: "a")) == -32020)
        #expect(Talk.code(call, in: Talk.envelope("tools/call", version: nil, name: "a")) == -32020)
        #expect(Talk.code(call, in: Talk.envelope("tools/call", version: "2025-11-25", name: "a")) == -32020)
        let read = Talk.modern("resources/read", ["uri": "a://b"])
        #expect(Talk.request(read, in: Talk.envelope("resources/read", name: "a://b")) != nil)
        #expect(Talk.code(read, in: Talk.envelope("resources/read", name: "a://c")) == -32020)
    }

    @Test func `the envelope of the earlier era is its version or nothing`() {
        let list = Talk.legacy("tools/list")
        #expect(Talk.request(list, in: Talk.envelope("", version: nil))?.era == .legacy(version: "2025-03-26"))
        #expect(Talk.request(list, in: Talk.envelope("", version: "2025-06-18"))?.era == .legacy(version: "2025-06-18"))
        #expect(Talk.code(list, in: Talk.envelope("tools/list")) == -32602, "the later era says so in the body too")
    }

    @Test func `what is to be said beside a message follows from it`() {
        for (method, params) in [
            ("tools/list", [:]), ("tools/call", ["name": "a"]), ("resources/read", ["uri": "a://b"]),
            ("prompts/get", ["name": "p"]),
        ] as [(String, JSONObject)] {
            let message = Talk.modern(method, params)
            #expect(Talk.request(message, in: Envelope(describing: message)) != nil, "\(method)")
        }
        #expect(Envelope(describing: Talk.legacy("tools/list")) == Envelope(version: nil, method: nil, name: nil))
        #expect(Envelope(describing: .null) == Envelope(version: nil, method: nil, name: nil))
    }

    @Test func `an unknown revision is refused with those that are spoken`() {
        let call = Talk.modern("tools/list", version: "2099-01-01")
        guard
            case .refusal(let error, let id, let era) = Talk.intake(
                call, in: Talk.envelope("tools/list", version: "2099-01-01")
            )
        else {
            Issue.record("it was taken")
            return
        }
        #expect(error.code == -32022 && id == .number(1) && era == .modern)
        #expect(error.data == ["supported": ["2026-07-28"], "requested": "2099-01-01"])
        #expect(Talk.code(call, in: Talk.envelope("tools/list", version: "2026-07-28")) == -32020)
    }

    @Test func `what has to be in _meta is asked for`() {
        let bare = Talk.legacy("tools/list", ["_meta": [Talk.version: "2026-07-28"]])
        #expect(Talk.code(bare) == -32602, "no capabilities")
        #expect(Talk.code(Talk.modern("tools/list", version: 5)) == -32602)
        #expect(Talk.code(Talk.modern("tools/list", capabilities: [])) == -32602)
        #expect(Talk.code(Talk.modern("tools/list", meta: ["io.modelcontextprotocol/logLevel": "loud"])) == -32602)
        #expect(Talk.request(Talk.modern("tools/list", meta: ["traceparent": "x", "other": 1])) != nil)
    }
}

@Suite struct InputRequiredTests {
    private func call(_ capabilities: JSONValue, _ more: JSONObject = [:]) throws -> ClientRequest {
        var params: JSONObject = ["name": "a"]
        for member in more.members { params[member.name] = member.value }
        return try #require(Talk.request(Talk.modern("tools/call", params, capabilities: capabilities)))
    }

    @Test func `input-required-result-capability-check: only who can be asked is asked`() throws {
        #expect(try call(["elicitation": [:]]).canAsk)
        #expect(try call(["elicitation": ["form": [:]]]).canAsk)
        #expect(try !call(["elicitation": ["url": [:]]]).canAsk)
        #expect(try !call([:]).canAsk)
        #expect(Talk.request(Talk.legacy("tools/call", ["name": "a"]))?.canAsk == false)
    }

    @Test func `input-required-result-basic-elicitation and result-type`() throws {
        let answer = try call(["elicitation": [:]]).ask([("sure", Question("Sure?", Form([])))], state: "s")
        let result = try #require(answer["result"])
        #expect(result["resultType"] == "input_required")
        #expect(result["inputRequests"]?["sure"]?["method"] == "elicitation/create")
        #expect(result["inputRequests"]?["sure"]?["params"]?["message"] == "Sure?")
        #expect(result["requestState"] == "s")
        #expect(result["content"] == nil)
    }

    @Test func `input-required-result-ignore-extra-params: answers come under their keys`() throws {
        let again = try call(
            [:],
            [
                "inputResponses": [
                    "sure": ["action": "accept", "content": ["yes": true], "extra": 1], "no": ["action": "decline"],
                    "gone": ["action": "cancel"],
                ], "requestState": "s", "unknown": 1,
            ]
        )
        #expect(again.inputResponses == ["sure": .accepted(["yes": true]), "no": .declined, "gone": .declined])
        #expect(again.requestState == "s")
    }
}
