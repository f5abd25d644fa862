import ErrandCore
import LanguageModels
import Testing

/// What goes out.
@Suite struct RequestTests {
    private static let calls = ModelStep(
        text: "One moment.",
        calls: [
            ModelCall(
                id: "call_1", name: "add_task", arguments: #"{"title":"Milk"}"#,
                echo: ["chat": ["extra_content": ["google": ["thought_signature": "x"]]]]
            ),
            ModelCall(id: "call_2", name: "add_task", arguments: #"{"title":"#),
        ]
    )

    private static let prompt = ModelPrompt(
        instructions: "You keep tasks.",
        messages: [
            .user("hi"), .assistant("Hello."), .user("add milk"), .calls(calls),
            .result(ModelResult(callID: "call_1", name: "add_task", text: #"{"task_id":5}"#)),
            .result(ModelResult(callID: "call_2", name: "add_task", text: #"{"error":"no JSON"}"#)),
        ],
        tools: [.init(name: "add_task", description: "Adds a task.", parameters: ["type": "object"])]
    )

    private func asked(
        _ prompt: ModelPrompt = RequestTests.prompt, _ change: (inout ModelServerOptions) -> Void = { _ in }
    ) async throws -> ScriptedServer.Asked {
        var options = ModelServerOptions(baseURL: "http://127.0.0.1:8000/v1", model: "m", key: "sk-secret")
        change(&options)
        let server = ScriptedServer([ScriptedServer.hello])
        _ = await server.model(options).step(prompt)
        return try #require(server.asked.first)
    }

    @Test func `Chat Completions are asked as every server understands`() async throws {
        let asked = try await asked()
        #expect(asked.path == "http://127.0.0.1:8000/v1/chat/completions")
        #expect(asked.headers["Authorization"] == "Bearer sk-secret")
        let expected: JSONValue = [
            "model": "m", "stream": true,
            "messages": [
                ["role": "system", "content": "You keep tasks."], ["role": "user", "content": "hi"],
                ["role": "assistant", "content": "Hello."], ["role": "user", "content": "add milk"],
                [
                    "role": "assistant", "content": "One moment.",
                    "tool_calls": [
                        [
                            "id": "call_1", "type": "function",
                            "function": ["name": "add_task", "arguments": #"{"title":"Milk"}"#],
                            "extra_content": ["google": ["thought_signature": "x"]],
                        ],
                        // What is no JSON would break the template of the next turn.
                        ["id": "call_2", "type": "function", "function": ["name": "add_task", "arguments": "{}"]],
                    ],
                ],
                ["role": "tool", "tool_call_id": "call_1", "content": #"{"task_id":5}"#],
                ["role": "tool", "tool_call_id": "call_2", "content": #"{"error":"no JSON"}"#],
            ],
            "tools": [
                [
                    "type": "function",
                    "function": ["name": "add_task", "description": "Adds a task.", "parameters": ["type": "object"]],
                ]
            ],
            "stream_options": ["include_usage": true],
        ]
        #expect(asked.body == expected)
    }

    @Test func `Responses are asked with everything, and nothing is kept there`() async throws {
        let asked = try await asked { $0.dialect = .responses }
        #expect(asked.path == "http://127.0.0.1:8000/v1/responses")
        #expect(asked.body["instructions"] == "You keep tasks." && asked.body["store"] == false)
        #expect(asked.body["include"] == ["reasoning.encrypted_content"])
        #expect(
            asked.body["tools"] == [
                [
                    "type": "function", "name": "add_task", "description": "Adds a task.",
                    "parameters": ["type": "object"], "strict": false,
                ]
            ]
        )
        #expect(
            asked.body["input"] == [
                ["role": "user", "content": "hi"], ["role": "assistant", "content": "Hello."],
                ["role": "user", "content": "add milk"], ["role": "assistant", "content": "One moment."],
                [
                    "type": "function_call", "call_id": "call_1", "name": "add_task",
                    "arguments": #"{"title":"Milk"}"#,
                ],
                ["type": "function_call", "call_id": "call_2", "name": "add_task", "arguments": "{}"],
                ["type": "function_call_output", "call_id": "call_1", "output": #"{"task_id":5}"#],
                ["type": "function_call_output", "call_id": "call_2", "output": #"{"error":"no JSON"}"#],
            ]
        )
        #expect(asked.members.isDisjoint(with: ["messages", "previous_response_id", "stream_options"]))
    }

    @Test func `thoughts are heard again in front of their calls`() async throws {
        let server = ScriptedServer([.transcript("responses-happy-path.sse"), .transcript("responses-happy-path.sse")])
        var options = ModelServerOptions(model: "m")
        options.dialect = .responses
        let model = server.model(options)
        let step = try await model.step(.saying("add milk")).result.get()
        var prompt = ModelPrompt.saying("add milk")
        prompt.messages += [.calls(step), .result(ModelResult(callID: "call_1", name: "add_task", text: "{}"))]
        _ = await model.step(prompt)
        let input = try #require(server.asked.last?.body["input"]?.array)
        #expect(
            input.compactMap { $0["type"]?.string } == [
                "reasoning", "message", "function_call", "function_call_output",
            ])
        #expect(input[1]["encrypted_content"] == "gAAAAABo")
    }

    @Test func `what Gemini signs is said again as it was`() async throws {
        let server = ScriptedServer([.transcript("gemini-no-index.sse"), ScriptedServer.hello])
        let model = server.model(ModelServerOptions(baseURL: "http://g/v1beta/openai", model: "m"))
        let step = try await model.step(.saying("add milk and bread")).result.get()
        var prompt = ModelPrompt.saying("add milk and bread")
        prompt.messages += [.calls(step)]
        prompt.messages += step.calls.map { .result(ModelResult(callID: $0.id, name: $0.name, text: "{}")) }
        _ = await model.step(prompt)
        let calls = server.asked.last?.body["messages"]?.array?[2]["tool_calls"]?.array
        #expect(calls?[0]["extra_content"] == ["google": ["thought_signature": "CpcBAdHtim9+/x=="]])
        #expect(calls?[1]["extra_content"] == nil)
    }

    @Test func `only what is set is sent`() async throws {
        let plain = try await asked(.saying("hi", tools: [])) { $0.usage = .off }
        #expect(plain.members == ["model", "stream", "messages"])
        let whole = try await asked { $0.streamsWithTools = false }
        #expect(whole.members == ["model", "messages", "tools"] && whole.headers["Accept"] == "application/json")
        let limited = try await asked { $0.tokensMax = 500 }
        #expect(limited.body["max_tokens"] == 500 && limited.body["max_completion_tokens"] == nil)
        let azure = try await asked {
            ($0.baseURL, $0.tokensMax) = ("https://x.openai.azure.com/openai/v1", 500)
            ($0.authHeader, $0.extraHeaders) = ("api-key", [("X-Team", "home")])
        }
        #expect(azure.body["max_completion_tokens"] == 500 && azure.headers["api-key"] == "sk-secret")
        #expect(azure.headers["X-Team"] == "home" && azure.headers["Authorization"] == nil)
        let responses = try await asked { ($0.dialect, $0.tokensMax) = (.responses, 500) }
        #expect(responses.body["max_output_tokens"] == 500)
        let extra = try await asked { $0.extraBody = ["temperature": 0, "stream_options": ["x": 1]] }
        #expect(extra.body["temperature"] == 0 && extra.body["stream_options"] == ["x": 1])
        let effort = try await asked { ($0.dialect, $0.extraBody) = (.responses, ["reasoning_effort": "low"]) }
        #expect(effort.body["reasoning"] == ["effort": "low"] && effort.body["reasoning_effort"] == nil)
    }

    @Test func `a turn of nothing but calls says nothing as it is wanted`() async throws {
        var prompt = ModelPrompt.saying("add milk")
        prompt.messages.append(
            .calls(ModelStep(text: "", calls: [ModelCall(id: "c", name: "add_task", arguments: "{}")])))
        func content(_ change: (inout ModelServerOptions) -> Void) async throws -> JSONValue? {
            try await asked(prompt, change).body["messages"]?.array?.last?["content"]
        }
        #expect(try await content { _ in } == "")
        #expect(try await content { $0.emptyContent = .null } == .null)
        let beside = try await asked { $0.keepsTextBesideCalls = false }
        #expect(beside.body["messages"]?.array?[4]["content"] == "")
    }

    @Test func `Azure's dated paths name deployment and version`() async throws {
        let asked = try await asked {
            $0 = ModelServerOptions(baseURL: "https://x.openai.azure.com", model: "gpt 4o/ü", key: "k")
            ($0.pathStyle, $0.authHeader) = (.azureDated(apiVersion: "2024-10-21"), "api-key")
        }
        #expect(
            asked.path == "https://x.openai.azure.com/openai/deployments/gpt%204o%2F%C3%BC/chat/completions"
                + "?api-version=2024-10-21"
        )
    }

    @Test func `OpenAI itself is asked for Responses, others for Chat Completions`() async throws {
        func path(_ change: (inout ModelServerOptions) -> Void) async throws -> Substring? {
            try await asked(RequestTests.prompt, change).path.split(separator: "/").last
        }
        #expect(try await path { $0.baseURL = "https://api.openai.com/v1" } == "responses")
        #expect(try await path { ($0.baseURL, $0.dialect) = ("https://api.openai.com/v1", .chat) } == "completions")
        #expect(try await path { _ in } == "completions")
    }

    @Test func `a server that wants no key gets a word in its place`() async throws {
        #expect(try await asked { $0.key = nil }.headers["Authorization"] == "Bearer none")
    }
}
