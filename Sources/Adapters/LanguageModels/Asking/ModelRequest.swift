package import ErrandCore

/// What a server has shown that it wants to be asked otherwise.
struct Adaptations: Hashable, Sendable {
    /// What becomes of `reasoning_effort`.
    enum Effort: Hashable, Sendable {
        /// As configured; by default it is not sent.
        case asConfigured
        /// Models that think by default call no tools in Chat Completions unless they are told not to.
        case none
        case leftOut
    }

    var effort = Effort.asConfigured
    /// The other name for the limit of an answer.
    var swapsTokenField = false
    /// OpenAI streams some of its models to verified organisations alone.
    var leavesOutStream = false
    var leavesOutUsage = false
    var leavesOutTemperature = false
    var leavesOutParallelCalls = false
    /// Thoughts to be replayed, which models that do not think refuse.
    var leavesOutThoughts = false
    /// The instructions are a message of the role `developer` instead of `system`.
    var usesDeveloperRole = false
}

/// One question to a server, in the dialect that it is asked in.
package struct ModelRequest: Sendable {
    /// ``ModelServerOptions/Dialect`` once it is decided.
    package enum Dialect: Hashable, Sendable {
        case chat
        case responses
    }

    let options: ModelServerOptions
    package let dialect: Dialect
    let adaptations: Adaptations
    let prompt: ModelPrompt

    /// Whether the answer is to come in pieces.
    package var isStream: Bool {
        !adaptations.leavesOutStream && (options.streamsWithTools || prompt.tools.isEmpty)
    }

    /// Percent-encoded.
    package var url: String {
        switch options.pathStyle {
        case .v1: options.baseURL + (dialect == .chat ? "/chat/completions" : "/responses")
        case .azureDated(let version):
            "\(options.baseURL)/openai/deployments/\(ModelRequest.percentEncoded(options.model))/chat/completions"
                + "?api-version=\(ModelRequest.percentEncoded(version))"
        }
    }

    /// The key among them. Servers that want none get a word in its place: some refuse a request without.
    package var headers: [(name: String, value: String)] {
        let isBearer = options.authHeader.lowercased() == "authorization"
        let key = options.key ?? "none"
        return [
            ("Content-Type", "application/json"),
            ("Accept", isStream ? "text/event-stream" : "application/json"),
            (options.authHeader, isBearer ? "Bearer \(key)" : key),
        ] + options.extraHeaders
    }

    /// Members in a fixed order.
    package var body: JSONValue {
        var body: JSONObject = ["model": .string(options.model)]
        if isStream { body["stream"] = true }
        switch dialect {
        case .chat: ChatRequest(request: self).write(to: &body)
        case .responses: ResponsesRequest(request: self).write(to: &body)
        }
        for member in options.extraBody.members {
            // The same wish in the other dialect's words.
            if dialect == .responses, member.name == "reasoning_effort" {
                body["reasoning"] = ["effort": member.value]
            } else {
                body[member.name] = member.value
            }
        }
        apply(adaptations, to: &body)
        return .object(body)
    }

    private func apply(_ adaptations: Adaptations, to body: inout JSONObject) {
        switch (adaptations.effort, dialect) {
        case (.asConfigured, _): break
        case (.none, .chat): body["reasoning_effort"] = "none"
        case (.none, .responses): body["reasoning"] = ["effort": "none"]
        case (.leftOut, .chat): body["reasoning_effort"] = nil
        case (.leftOut, .responses): body["reasoning"] = nil
        }
        if adaptations.leavesOutUsage { body["stream_options"] = nil }
        if adaptations.leavesOutTemperature { body["temperature"] = nil }
        if adaptations.leavesOutParallelCalls { body["parallel_tool_calls"] = nil }
        if adaptations.leavesOutThoughts { body["include"] = nil }
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(Unicode.Scalar(byte))
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

/// The body of a Chat Completions request.
struct ChatRequest: Sendable {
    let request: ModelRequest

    private var options: ModelServerOptions { request.options }

    func write(to body: inout JSONObject) {
        body["messages"] = .array(instructions + request.prompt.messages.map(message))
        if !request.prompt.tools.isEmpty {
            body["tools"] = .array(
                request.prompt.tools.map { tool in
                    [
                        "type": "function",
                        "function": [
                            "name": .string(tool.name), "description": .string(tool.description),
                            "parameters": tool.parameters,
                        ],
                    ]
                }
            )
        }
        if request.isStream, options.usage != .off { body["stream_options"] = ["include_usage": true] }
        if let limit = options.tokensMax { body[tokenField.rawValue] = JSONValue(limit) }
    }

    /// Exactly one, in front.
    private var instructions: [JSONValue] {
        guard !request.prompt.instructions.isEmpty else { return [] }
        let role: JSONValue = request.adaptations.usesDeveloperRole ? "developer" : "system"
        return [["role": role, "content": .string(request.prompt.instructions)]]
    }

    private var tokenField: ModelServerOptions.TokenField {
        let first: ModelServerOptions.TokenField =
            switch options.tokenField {
            case .auto: options.isOpenAI || options.isAzure ? .maxCompletionTokens : .maxTokens
            case .maxTokens, .maxCompletionTokens: options.tokenField
            }
        guard request.adaptations.swapsTokenField else { return first }
        return first == .maxTokens ? .maxCompletionTokens : .maxTokens
    }

    private func message(_ message: ModelMessage) -> JSONValue {
        switch message {
        case .user(let text): ["role": "user", "content": .string(text)]
        case .assistant(let text): ["role": "assistant", "content": .string(text)]
        case .calls(let step): .object(turn(step))
        case .result(let result):
            ["role": "tool", "tool_call_id": .string(result.callID), "content": .string(result.text)]
        }
    }

    /// The member `content` is always there: some templates cannot do without.
    private func turn(_ step: ModelStep) -> JSONObject {
        let text = options.keepsTextBesideCalls || step.calls.isEmpty ? step.text : ""
        let empty: JSONValue = options.emptyContent == .null ? .null : ""
        var turn: JSONObject = ["role": "assistant", "content": text.isEmpty ? empty : .string(text)]
        if !step.calls.isEmpty { turn["tool_calls"] = .array(step.calls.map(call)) }
        for member in step.echo["chat"]?.object?.members ?? [] { turn[member.name] = member.value }
        return turn
    }

    private func call(_ call: ModelCall) -> JSONValue {
        let echo = call.echo["chat"]?.object ?? JSONObject()
        var function: JSONObject = [
            "name": .string(call.name), "arguments": .string(ResponsesRequest.replayable(call.arguments)),
        ]
        for member in echo["function"]?.object?.members ?? [] { function[member.name] = member.value }
        var said: JSONObject = ["id": .string(call.id), "type": "function", "function": .object(function)]
        for member in echo.members where member.name != "function" { said[member.name] = member.value }
        return .object(said)
    }
}
