import ErrandCore
import ModelContextProtocol

/// Has the tools, prompts and resources that the protocol's conformance suite looks for. In tests only.
struct FixtureHost {
    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    static let sound: [UInt8] = Array("RIFF".utf8) + [0x24, 0, 0, 0] + Array("WAVE".utf8)
    static let nameForm = Form([.init("name", .text(), isRequired: true)])
    static let colourForm = Form([.init("color", .text(), isRequired: true)])
    static let sureForm = Form([.init("ok", .boolean, isRequired: true)])

    /// Everything that is sent for a message, the answer last; what is told on the way comes before it.
    func messages(_ json: JSONValue, in envelope: Envelope? = nil) -> [JSONValue] {
        switch Talk.intake(json, in: envelope) {
        case .answer(let answer): return [answer]
        case .refusal(let error, let id, _): return [error.response(to: id)]
        case .noted: return []
        case .request(let request):
            var sent: [JSONValue] = []
            let last = answer(request) { sent.append($0) }
            return sent + [last]
        }
    }

    func answer(_ json: JSONValue) -> JSONValue { messages(json).last ?? .null }
    func result(_ json: JSONValue) -> JSONValue { answer(json)["result"] ?? .null }
    func code(_ json: JSONValue) -> Int64? { answer(json)["error"]?["code"]?.integer }

    func call(_ tool: String, _ more: JSONObject = [:], capabilities: JSONValue = [:]) -> JSONValue {
        answer(Talk.modern("tools/call", FixtureHost.params(tool, more), capabilities: capabilities))
    }

    static func params(_ name: String, _ more: JSONObject = [:]) -> JSONObject {
        var params: JSONObject = ["name": .string(name)]
        for member in more.members { params[member.name] = member.value }
        return params
    }

    /// A consent to a form, as a client brings it.
    static func accepted(_ content: JSONValue) -> JSONValue { ["action": "accept", "content": content] }

    private func answer(_ request: ClientRequest, tell: (JSONValue) -> Void) -> JSONValue {
        switch request.operation {
        case .listTools: return list("tools", FixtureHost.tools, request)
        case .callTool(let name, _): return tool(name, request, tell)
        case .listResources: return list("resources", FixtureHost.resources, request)
        case .listTemplates:
            let template: JSONValue = ["uriTemplate": "test://template/{id}/data", "name": "template"]
            return list("resourceTemplates", [template], request)
        case .readResource(let uri):
            guard let content = FixtureHost.content(of: uri) else {
                return request.failure(.resourceNotFound(uri, in: request.era))
            }
            return request.resourceResponse(content, caching: .own(milliseconds: 0))
        case .listPrompts: return list("prompts", FixtureHost.prompts, request)
        case .getPrompt(let name, let arguments): return prompt(name, arguments, request)
        case .complete(let asked):
            let values = ["paris", "park", "party"].filter { $0.hasPrefix(asked.value) }
            return request.response([
                "completion": [
                    "values": JSONValue(strings: values), "total": JSONValue(values.count), "hasMore": false,
                ]
            ])
        case .subscribe, .unsubscribe, .listen: return request.failure(.internalError)
        }
    }

    private func list(_ name: String, _ items: [JSONValue], _ request: ClientRequest) -> JSONValue {
        request.response([name: .array(items)], caching: .shared(milliseconds: 60_000))
    }
}

extension FixtureHost {
    static let schema2020: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
        "$defs": ["place": ["$anchor": "place", "type": "object", "properties": ["town": ["type": "string"]]]],
        "properties": ["home": ["$ref": "#/$defs/place"], "mail": ["type": "string"], "phone": ["type": "string"]],
        "allOf": [["anyOf": [["required": ["mail"]], ["required": ["phone"]]]]],
        "if": ["required": ["home"]], "then": ["required": ["mail"]], "else": ["required": ["phone"]],
        "additionalProperties": false,
    ]

    static let tools: [JSONValue] =
        [
            "test_simple_text", "test_image_content", "test_audio_content", "test_embedded_resource",
            "test_multiple_content_types", "test_error_handling", "test_tool_with_progress", "test_missing_capability",
            "test_logging_tool", "test_input_required_result_elicitation", "test_input_required_result_request_state",
            "test_input_required_result_multiple_inputs", "test_input_required_result_multi_round",
            "test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums",
        ].map { name in
            [
                "name": .string(name), "description": "Of the conformance suite.",
                "inputSchema": ["type": "object", "additionalProperties": false],
            ]
        } + [
            [
                "name": "json_schema_2020_12_tool", "description": "Of the conformance suite.",
                "inputSchema": schema2020,
            ]
        ]

    static let resources: [JSONValue] = ["static-text", "static-binary", "watched-resource"].map { name in
        ["uri": .string("test://\(name)"), "name": .string(name)]
    }

    static let prompts: [JSONValue] = [
        ["name": "test_simple_prompt"],
        [
            "name": "test_prompt_with_arguments",
            "arguments": [["name": "arg1", "required": true], ["name": "arg2", "required": true]],
        ],
        ["name": "test_prompt_with_embedded_resource", "arguments": [["name": "resourceUri", "required": true]]],
        ["name": "test_prompt_with_image"], ["name": "test_input_required_result_prompt"],
    ]

    static func content(of uri: String) -> ResourceContent? {
        switch uri {
        case "test://static-text", "test://watched-resource":
            return ResourceContent(uri, type: "text/plain", .text("Nothing but text."))
        case "test://static-binary": return ResourceContent(uri, type: "image/png", .bytes(picture))
        default:
            let parts = uri.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 5, uri.hasPrefix("test://template/"), parts[4] == "data" else { return nil }
            return ResourceContent(uri, type: "application/json", .text("{\"id\":\"\(parts[3])\"}"))
        }
    }

    private func tool(_ name: String, _ request: ClientRequest, _ tell: (JSONValue) -> Void) -> JSONValue {
        let note = ResourceContent("test://embedded", type: "text/plain", .text("Inside."))
        switch name {
        case "test_simple_text", "test_logging_tool": return request.toolResponse([.text("Plain words.")])
        case "test_image_content":
            return request.toolResponse([.image(FixtureHost.picture, type: "image/png")])
        case "test_audio_content": return request.toolResponse([.audio(FixtureHost.sound, type: "audio/wav")])
        case "test_embedded_resource": return request.toolResponse([.resource(note)])
        case "test_multiple_content_types":
            return request.toolResponse([
                .text("Several."), .image(FixtureHost.picture, type: "image/png"), .resource(note),
                .link(uri: "test://static-text", name: "static-text"),
            ])
        case "test_error_handling":
            return request.toolResponse([.text("This tool fails, as it should.")], isError: true)
        case "test_tool_with_progress":
            for done in [0, 50, 100] { if let told = request.progress(done, of: 100) { tell(told) } }
            return request.toolResponse([.text("Done.")])
        case "test_missing_capability": return request.failure(.missingCapability(["sampling": [:]]))
        default: return asking(name, request)
        }
    }

    private func asking(_ name: String, _ request: ClientRequest) -> JSONValue {
        switch name {
        case "test_input_required_result_elicitation":
            return once("user_name", Question("What is your name?", FixtureHost.nameForm), nil, request)
        case "test_input_required_result_request_state":
            guard request.requestState == nil || request.requestState == "kept" else {
                return request.failure(.invalidParams("The requestState is not of this call."))
            }
            return once("sure", Question("Sure?", FixtureHost.sureForm), "kept", request)
        case "test_input_required_result_multiple_inputs": return both(request)
        case "test_input_required_result_multi_round": return rounds(request)
        case "test_elicitation_sep1034_defaults":
            return once("form", Question("Who are you?", FixtureHost.defaults), nil, request)
        case "test_elicitation_sep1330_enums":
            return once("form", Question("What do you like?", FixtureHost.choices), nil, request)
        default: return request.failure(.invalidParams("There is no tool \(name)."))
        }
    }

    private func once(
        _ key: String, _ question: Question, _ state: String?, _ request: ClientRequest
    ) -> JSONValue {
        switch request.answer(to: key, question.form) {
        case .missing: request.ask([(key, question)], state: state)
        case .declined: request.toolResponse([.text("Declined.")])
        case .given(let content): request.toolResponse([.text("Given: \(JSONValue.object(content).text)")])
        }
    }

    private func both(_ request: ClientRequest) -> JSONValue {
        let questions = [
            ("name", Question("What is your name?", FixtureHost.nameForm)),
            ("color", Question("Which colour?", FixtureHost.colourForm)),
        ]
        guard questions.allSatisfy({ request.answer(to: $0.0, $0.1.form) != .missing }) else {
            return request.ask(questions, state: "both")
        }
        return request.toolResponse([.text("Both are known.")])
    }

    private func rounds(_ request: ClientRequest) -> JSONValue {
        switch (request.requestState, request.answer(to: "step1", FixtureHost.nameForm)) {
        case ("2"?, _): return once("step2", Question("Which colour?", FixtureHost.colourForm), "2", request)
        case ("1"?, .given): return request.ask([("step2", Question("Colour?", FixtureHost.colourForm))], state: "2")
        case (nil, _), ("1"?, _): return request.ask([("step1", Question("Name?", FixtureHost.nameForm))], state: "1")
        default: return request.failure(.invalidParams("The requestState is not of this call."))
        }
    }

    private func prompt(_ name: String, _ arguments: [String: String], _ request: ClientRequest) -> JSONValue {
        switch name {
        case "test_simple_prompt": return request.promptResponse("Simple.", [.text("Say something.")])
        case "test_prompt_with_arguments":
            guard let one = arguments["arg1"], let two = arguments["arg2"] else {
                return request.failure(.invalidParams("The arguments arg1 and arg2 are required."))
            }
            return request.promptResponse("With arguments.", [.text("Compare '\(one)' with '\(two)'.")])
        case "test_prompt_with_embedded_resource":
            let content = ResourceContent(arguments["resourceUri"] ?? "", type: "text/plain", .text("Inside."))
            return request.promptResponse("With a resource.", [.resource(content), .text("Look at this.")])
        case "test_prompt_with_image":
            return request.promptResponse(
                "With a picture.", [.image(FixtureHost.picture, type: "image/png"), .text("What is this?")])
        case "test_input_required_result_prompt":
            guard case .given(let content) = request.answer(to: "name", FixtureHost.nameForm) else {
                return request.ask([("name", Question("What is your name?", FixtureHost.nameForm))], state: nil)
            }
            return request.promptResponse("Asked for.", [.text("I am \(content["name"]?.string ?? "").")])
        default: return request.failure(.invalidParams("There is no prompt \(name)."))
        }
    }
}

extension FixtureHost {
    static let defaults = Form([
        .init("name", .text(), standard: "John Doe"), .init("age", .integer, standard: 30),
        .init("score", .number, standard: .number(95.5)),
        .init("status", .one(of: [.init("active"), .init("inactive"), .init("pending")]), standard: "active"),
        .init("verified", .boolean, standard: true),
    ])

    static let choices = Form([
        .init("untitledSingle", .one(of: [.init("option1"), .init("option2")])),
        .init("titledSingle", .one(of: [.init("value1", title: "First"), .init("value2", title: "Second")])),
        .init("untitledMulti", .several(of: [.init("option1"), .init("option2")])),
        .init("titledMulti", .several(of: [.init("value1", title: "First"), .init("value2", title: "Second")])),
    ])
}
