import ErrandCore

/// The body of a Responses request. The server keeps nothing: everything said so far is in it.
struct ResponsesRequest: Sendable {
    let request: ModelRequest

    private static let thoughts = "reasoning.encrypted_content"

    func write(to body: inout JSONObject) {
        let prompt = request.prompt
        if !prompt.instructions.isEmpty { body["instructions"] = .string(prompt.instructions) }
        body["input"] = .array(prompt.messages.flatMap(items))
        if !prompt.tools.isEmpty {
            body["tools"] = .array(
                prompt.tools.map { tool in
                    [
                        "type": "function", "name": .string(tool.name), "description": .string(tool.description),
                        // True unless it is said, and then nothing may be optional.
                        "parameters": tool.parameters, "strict": false,
                    ]
                }
            )
        }
        body["store"] = false
        body["include"] = [.string(ResponsesRequest.thoughts)]
        if let limit = request.options.tokensMax, !request.adaptations.swapsTokenField {
            body["max_output_tokens"] = JSONValue(limit)
        }
    }

    private func items(_ message: ModelMessage) -> [JSONValue] {
        switch message {
        case .user(let text): [["role": "user", "content": .string(text)]]
        case .assistant(let text): [["role": "assistant", "content": .string(text)]]
        case .calls(let step): items(step)
        case .result(let result):
            [
                [
                    "type": "function_call_output", "call_id": .string(result.callID), "output": .string(result.text),
                ]
            ]
        }
    }

    /// A step as the server wrote it, where it was this dialect's; calls that are no longer asked for are left out.
    private func items(_ step: ModelStep) -> [JSONValue] {
        if let written = step.echo["responses"]?.array {
            let ids = Set(step.calls.map(\.id))
            return written.filter { item in
                if request.adaptations.leavesOutThoughts, item["type"] == "reasoning" { return false }
                return item["type"] != "function_call" || item["call_id"]?.string.map(ids.contains) ?? false
            }
        }
        let said: [JSONValue] = step.text.isEmpty ? [] : [["role": "assistant", "content": .string(step.text)]]
        return said
            + step.calls.map { call in
                [
                    "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
                    "arguments": .string(ResponsesRequest.replayable(call.arguments)),
                ]
            }
    }

    /// Arguments as a model hears them again: servers read them, and break on what is no object.
    static func replayable(_ arguments: String) -> String {
        (try? JSONValue.parse(arguments))?.object == nil ? "{}" : arguments
    }
}
