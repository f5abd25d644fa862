import ErrandCore
import ModelContextProtocol
import Testing

/// The scenarios of the conformance suite about what a person is asked in between (multi round-trip requests).
@Suite struct InputRequiredConformanceTests {
    private let host = FixtureHost()
    private let capable: JSONValue = ["elicitation": [:]]

    private func call(_ tool: String, _ responses: JSONValue? = nil, state: String? = nil) -> JSONValue {
        var more = JSONObject()
        if let responses { more.append("inputResponses", responses) }
        if let state { more.append("requestState", .string(state)) }
        return host.call("test_input_required_result_\(tool)", more, capabilities: capable)
    }

    private func text(_ answer: JSONValue) -> String? {
        answer["result"]?["content"]?.array?.first?["text"]?.string
    }

    @Test func `input-required-result-basic-elicitation`() {
        let asked = call("elicitation")["result"]
        #expect(asked?["inputRequests"]?["user_name"]?["method"] == "elicitation/create")
        let params = asked?["inputRequests"]?["user_name"]?["params"]
        #expect(params?["mode"] == "form" && params?["message"] == "What is your name?")
        #expect(params?["requestedSchema"] == FixtureHost.nameForm.schema)
        let done = call("elicitation", ["user_name": FixtureHost.accepted(["name": "Alice"])])
        #expect(done["result"]?["resultType"] == "complete" && text(done) == "Given: {\"name\":\"Alice\"}")
        for action in ["decline", "cancel"] {
            #expect(text(call("elicitation", ["user_name": ["action": .string(action)]])) == "Declined.")
        }
    }

    /// Models of clients are not asked (deprecated): there is no such tool, or the client is told what it lacks.
    @Test func `input-required-result-basic-sampling`() {
        let sampler: JSONValue = ["sampling": [:]]
        let missing = host.call("test_input_required_result_sampling", capabilities: sampler)
        #expect(missing["error"]?["code"] == -32602)
        let refused = host.call("test_input_required_result_elicitation", capabilities: sampler)
        #expect(refused["error"]?["code"] == -32021)
        #expect(refused["error"]?["data"]?["requiredCapabilities"] == ["elicitation": [:]])
        // An answer of a model answers nothing that was asked.
        let said: JSONValue = ["user_name": ["role": "assistant", "content": ["type": "text", "text": "Alice"]]]
        #expect(call("elicitation", said)["result"]?["resultType"] == "input_required")
    }

    /// Folders of clients are not asked for (deprecated).
    @Test func `input-required-result-basic-list-roots`() {
        let rooted: JSONValue = ["roots": [:]]
        #expect(host.call("test_input_required_result_list_roots", capabilities: rooted)["error"]?["code"] == -32602)
        #expect(host.call("test_input_required_result_elicitation", capabilities: rooted)["error"]?["code"] == -32021)
        let said: JSONValue = ["user_name": ["roots": [["uri": "file:///home"]]]]
        #expect(call("elicitation", said)["result"]?["resultType"] == "input_required")
    }

    @Test func `input-required-result-request-state`() {
        let asked = call("request_state")["result"]
        #expect(asked?["requestState"] == "kept" && asked?["inputRequests"]?["sure"] != nil)
        let done = call("request_state", ["sure": FixtureHost.accepted(["ok": true])], state: "kept")
        #expect(done["result"]?["resultType"] == "complete" && text(done) == "Given: {\"ok\":true}")
    }

    /// Of the three kinds that the suite asks for, only forms are asked: two of them at once.
    @Test func `input-required-result-multiple-input-requests`() {
        let asked = call("multiple_inputs")["result"]
        #expect(asked?["inputRequests"]?.object?.members.map(\.name) == ["name", "color"])
        #expect(asked?["requestState"] == "both")
        let name = FixtureHost.accepted(["name": "Alice"])
        #expect(call("multiple_inputs", ["name": name])["result"]?["resultType"] == "input_required")
        let done = call("multiple_inputs", ["name": name, "color": FixtureHost.accepted(["color": "red"])])
        #expect(done["result"]?["resultType"] == "complete")
    }

    @Test func `input-required-result-multi-round`() {
        let first = call("multi_round")["result"]
        #expect(first?["inputRequests"]?["step1"] != nil)
        let answer: JSONValue = ["step1": FixtureHost.accepted(["name": "Alice"])]
        let second = call("multi_round", answer, state: first?["requestState"]?.string)["result"]
        #expect(second?["resultType"] == "input_required" && second?["inputRequests"]?["step2"] != nil)
        #expect(second?["requestState"] != first?["requestState"])
        let last: JSONValue = ["step2": FixtureHost.accepted(["color": "red"])]
        let done = call("multi_round", last, state: second?["requestState"]?.string)
        #expect(done["result"]?["resultType"] == "complete")
    }

    @Test func `input-required-result-missing-input-response`() {
        for responses in [["wrong_key": FixtureHost.accepted(["name": "Alice"])], [:]] as [JSONValue] {
            let asked = call("elicitation", responses)["result"]
            #expect(asked?["resultType"] == "input_required" && asked?["inputRequests"]?["user_name"] != nil)
        }
    }

    @Test func `input-required-result-non-tool-request`() {
        func prompt(_ more: JSONObject) -> JSONValue? {
            let params = FixtureHost.params("test_input_required_result_prompt", more)
            return host.answer(Talk.modern("prompts/get", params, capabilities: capable))["result"]
        }
        #expect(prompt([:])?["resultType"] == "input_required")
        let done = prompt(["inputResponses": ["name": FixtureHost.accepted(["name": "Alice"])]])
        #expect(done?["resultType"] == "complete")
        #expect(done?["messages"]?.array?.first?["content"]?["text"] == "I am Alice.")
    }

    @Test func `input-required-result-result-type`() {
        #expect(call("elicitation")["result"]?["resultType"] == "input_required")
        #expect(call("elicitation")["result"]?["content"] == nil)
        #expect(host.call("test_simple_text")["result"]?["resultType"] == "complete")
    }

    @Test func `input-required-result-unsupported-methods`() {
        for method in ["server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
            let extra: JSONObject = ["inputResponses": [:], "requestState": "x"]
            let answer = host.answer(Talk.modern(method, extra, capabilities: capable))
            #expect(answer["result"]?["resultType"] == "complete", "\(method)")
        }
    }

    /// Sealed states are held over HTTP, where they are made; here, that a state which is not ours is refused.
    @Test func `input-required-result-tampered-state`() {
        let yes: JSONValue = ["sure": FixtureHost.accepted(["ok": true])]
        #expect(call("request_state", yes, state: "kept-TAMPERED")["error"]?["code"] == -32602)
    }

    @Test func `input-required-result-capability-check`() {
        let tool = "test_input_required_result_elicitation"
        for capabilities in [[:], ["sampling": [:]], ["elicitation": ["url": [:]]]] as [JSONValue] {
            let refused = host.call(tool, capabilities: capabilities)
            #expect(refused["error"]?["code"] == -32021 && refused["result"] == nil)
        }
        for capabilities in [["elicitation": [:]], ["elicitation": ["form": [:]]]] as [JSONValue] {
            #expect(host.call(tool, capabilities: capabilities)["result"]?["resultType"] == "input_required")
        }
    }

    @Test func `input-required-result-ignore-extra-params`() {
        let done = call(
            "elicitation",
            [
                "user_name": FixtureHost.accepted(["name": "Alice", "age": 5]),
                "unknown_extra_key": FixtureHost.accepted(["foo": "bar"]),
                "another": ["role": "assistant", "content": []],
            ]
        )
        #expect(done["result"]?["resultType"] == "complete" && text(done) == "Given: {\"name\":\"Alice\"}")
    }

    @Test func `input-required-result-validate-input`() {
        for responses in [["user_name": 12345], .null, ["user_name": ["action": "maybe"]]] as [JSONValue] {
            #expect(call("elicitation", responses)["error"]?["code"] == -32602)
        }
        for content in [["name": 5], [:], ["name": .null], "Alice", .null] as [JSONValue] {
            let again = call("elicitation", ["user_name": FixtureHost.accepted(content)])
            #expect(again["result"]?["resultType"] == "input_required", "\(content.text)")
        }
    }

    /// In the earlier era a form needs a session, which there is none of: the same forms are put in the later one.
    @Test func `elicitation-sep1034-defaults`() {
        let asked = host.call("test_elicitation_sep1034_defaults", capabilities: capable)["result"]
        let properties = asked?["inputRequests"]?["form"]?["params"]?["requestedSchema"]?["properties"]
        #expect(properties?["name"] == ["type": "string", "default": "John Doe"])
        #expect(properties?["age"] == ["type": "integer", "default": 30])
        #expect(properties?["score"] == ["type": "number", "default": .number(95.5)])
        let status: JSONValue = ["type": "string", "enum": ["active", "inactive", "pending"], "default": "active"]
        #expect(properties?["status"] == status)
        #expect(properties?["verified"] == ["type": "boolean", "default": true])
        let content: JSONValue = ["name": "Jane", "age": 25, "score": 88, "status": "inactive", "verified": false]
        #expect(FixtureHost.defaults.read(content) == content.object)
        for (name, wrong) in [("age", .number(2.5)), ("status", "gone"), ("verified", 1)] as [(String, JSONValue)] {
            #expect(FixtureHost.defaults.read([name: wrong]) == nil, "\(name)")
        }
        #expect(legacy("test_elicitation_sep1034_defaults")["error"]?["code"] == -32021)
    }

    /// The form that is deprecated (`enumNames`) is not made.
    @Test func `elicitation-sep1330-enums`() {
        let asked = host.call("test_elicitation_sep1330_enums", capabilities: capable)["result"]
        let properties = asked?["inputRequests"]?["form"]?["params"]?["requestedSchema"]?["properties"]
        let titled: JSONValue = [["const": "value1", "title": "First"], ["const": "value2", "title": "Second"]]
        #expect(properties?["untitledSingle"] == ["type": "string", "enum": ["option1", "option2"]])
        #expect(properties?["titledSingle"] == ["type": "string", "oneOf": titled])
        let plain: JSONValue = ["type": "array", "items": ["type": "string", "enum": ["option1", "option2"]]]
        #expect(properties?["untitledMulti"] == plain)
        #expect(properties?["titledMulti"] == ["type": "array", "items": ["anyOf": titled]])
        #expect(FixtureHost.choices.read(["titledMulti": ["value1", "value2"]]) != nil)
        #expect(FixtureHost.choices.read(["titledMulti": ["value1", "First"]]) == nil)
        #expect(legacy("test_elicitation_sep1330_enums")["error"]?["code"] == -32021)
    }

    private func legacy(_ tool: String) -> JSONValue {
        host.answer(Talk.legacy("tools/call", ["name": .string(tool)]))
    }
}

/// What the conformance suite has for 2025-11-25 besides.
@Suite struct LegacyConformanceTests {
    private let host = FixtureHost()

    @Test func `server-initialize`() {
        let params: JSONObject = [
            "protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "a", "version": "1"],
        ]
        let result = host.result(Talk.legacy("initialize", params))
        #expect(result["protocolVersion"] == "2025-11-25")
        #expect(result["serverInfo"]?["name"] == "test" && result["serverInfo"]?["version"] == "1")
        #expect(result["capabilities"]?["tools"] != nil && result["capabilities"]?["logging"] == nil)
        let noted: JSONValue = ["jsonrpc": "2.0", "method": "notifications/initialized"]
        #expect(host.messages(noted).isEmpty)
    }

    @Test func `ping`() {
        #expect(host.answer(Talk.legacy("ping", id: "x")) == ["jsonrpc": "2.0", "id": "x", "result": [:]])
    }

    /// Logs are not sent to clients (deprecated), and nothing says that they are.
    @Test func `logging-set-level`() {
        #expect(host.code(Talk.legacy("logging/setLevel", ["level": "info"])) == -32601)
    }

    /// The tool is answered, without a word of the log.
    @Test func `tools-call-with-logging`() {
        let sent = host.messages(Talk.legacy("tools/call", ["name": "test_logging_tool"]))
        #expect(sent.count == 1 && sent.first?["result"]?["content"] != nil)
    }

    /// Needs a session, and is deprecated.
    @Test func `tools-call-sampling`() {
        let params: JSONObject = ["name": "test_sampling", "arguments": ["prompt": "Hello"]]
        #expect(host.code(Talk.legacy("tools/call", params)) == -32602)
    }

    /// Needs a session. A tool that would ask says what it lacks; ours take `confirm` instead.
    @Test func `tools-call-elicitation`() {
        let params: JSONObject = ["name": "test_input_required_result_elicitation"]
        #expect(host.code(Talk.legacy("tools/call", params)) == -32021)
    }

    @Test func `resources-subscribe`() {
        var talk = StdioConversation(server: Talk.server) { $0.hasPrefix("test://") }
        #expect(
            talk.receive(Talk.legacy("resources/subscribe", ["uri": "test://watched-resource"]).serialized())
                == [.send(["jsonrpc": "2.0", "id": 1, "result": [:]])])
        let told = talk.changed { $0 == "test://watched-resource" }
        #expect(told.count == 1 && talk.isFollowing)
        // Over HTTP nothing can be pushed, so it is neither offered nor there.
        let quiet = ProtocolServer(
            name: "test", title: "", version: "1", description: "", instructions: "", pushes: false
        )
        let message = IncomingMessage.request(id: .number(1), method: "resources/subscribe", params: ["uri": "a://b"])
        guard case .refusal(let error, _, _) = quiet.receive(message, in: nil) else {
            Issue.record("it was taken")
            return
        }
        #expect(error.code == -32601)
    }

    @Test func `resources-unsubscribe`() {
        var talk = StdioConversation(server: Talk.server) { $0.hasPrefix("test://") }
        _ = talk.receive(Talk.legacy("resources/subscribe", ["uri": "test://watched-resource"]).serialized())
        let gone = talk.receive(
            Talk.legacy("resources/unsubscribe", ["uri": "test://watched-resource"], id: 2).serialized())
        #expect(gone == [.send(["jsonrpc": "2.0", "id": 2, "result": [:]])])
        #expect(talk.changed { _ in true }.isEmpty && !talk.isFollowing)
    }
}
