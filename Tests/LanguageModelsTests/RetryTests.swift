import ErrandCore
import LanguageModels
import Testing

/// When a server is asked again, and how.
@Suite struct RetryTests {
    private func options(_ change: (inout ModelServerOptions) -> Void = { _ in }) -> ModelServerOptions {
        var options = ModelServerOptions(baseURL: "http://h/v1", model: "m")
        // Nothing here takes real time, whatever else the machine has to do.
        options.wholeTime = .seconds(1000)
        change(&options)
        return options
    }

    // MARK: Later

    @Test(arguments: [
        ([ScriptedServer.Reply.refusal(500), .refusal(500)], [Duration.milliseconds(500), .milliseconds(1000)]),
        ([.refusal(503), .refusal(503)], [.milliseconds(2000), .milliseconds(4000)]),
        ([.failure(.unreachable), .refusal(429)], [.milliseconds(500), .milliseconds(1000)]),
        ([.transcript("429-retry-after.http")], [.milliseconds(2000)]),
        ([.transcript("429-retry-after-ms.http")], [.milliseconds(150)]),
        ([.transcript("429-http-date.http")], [.milliseconds(5000)]),
        (
            [.transcript("cut-stream.sse"), .transcript("error-inside-stream.sse")],
            [.milliseconds(500), .milliseconds(4000)]
        ),
        ([.refusal(400, headers: ["x-should-retry": "true"])], [.milliseconds(500)]),
    ])
    func `what passes is waited for`(_ replies: [ScriptedServer.Reply], _ pauses: [Duration]) async throws {
        let server = ScriptedServer(replies + [ScriptedServer.hello])
        let answer = await server.model(options()).step(.saying("hi"))
        #expect(try answer.result.get().text == "Hello." && answer.told == "Hello.")
        #expect(server.pauses == pauses && server.notices.isEmpty)
    }

    @Test(arguments: [
        [ScriptedServer.Reply.refusal(500), .refusal(502), .refusal(503)],
        [.failure(.unreachable), .failure(.unreachable), .failure(.unreachable)],
    ])
    func `twice, and no more`(_ replies: [ScriptedServer.Reply]) async {
        let server = ScriptedServer(replies + [ScriptedServer.hello])
        #expect(await server.model(options()).step(.saying("hi")).result == .failure(.unavailable))
        #expect(server.asked.count == 3 && server.notices.map(\.attempts) == [3])
    }

    @Test func `not where it is no use`() async {
        for reply: ScriptedServer.Reply in [
            .refusal(500, headers: ["x-should-retry": "false"]), .refusal(429, headers: ["retry-after": "121"]),
            .transcript("429-quota.http"), .failure(.outOfTime),
        ] {
            let server = ScriptedServer([reply, ScriptedServer.hello])
            _ = await server.model(options()).step(.saying("hi"))
            #expect(server.asked.count == 1 && server.pauses.isEmpty)
        }
        // It would be too late by then.
        let server = ScriptedServer([.refusal(429, headers: ["retry-after": "61"]), ScriptedServer.hello])
        _ = await server.model(options { $0.wholeTime = .seconds(60) }).step(.saying("hi"))
        #expect(server.asked.count == 1 && server.pauses.isEmpty)
    }

    @Test func `never once anything was told`() async {
        let half = #"data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}"# + "\n\n"
        let error = #"data: {"error":{"code":503,"message":"busy"}}"# + "\n\n"
        for reply: ScriptedServer.Reply in [.tornAfter(half), .stream(half), .pieces([half, error])] {
            let server = ScriptedServer([reply, ScriptedServer.hello])
            let answer = await server.model(options()).step(.saying("hi"))
            #expect(answer.result == .failure(.unavailable) && answer.told == "Hel")
            #expect(server.asked.count == 1)
        }
    }

    @Test func `a step whose listener has gone ends`() async {
        let server = ScriptedServer([ScriptedServer.hello, ScriptedServer.hello])
        await #expect(throws: ModelFailure.cancelled) {
            try await server.model(self.options()).step(.saying("hi")) { (_) async throws(CancellationError) in
                throw CancellationError()
            }
        }
        #expect(server.asked.count == 1 && server.notices.isEmpty)
    }

    // MARK: Otherwise

    /// Asked twice: what the second question has in the place of the first.
    private func second(
        _ name: String, _ change: (inout ModelServerOptions) -> Void = { _ in }
    ) async throws -> ScriptedServer.Asked {
        let server = ScriptedServer([.transcript(name), ScriptedServer.hello, ScriptedServer.hello])
        let model = server.model(options(change))
        #expect(try await model.step(.saying("hi")).result.get().text == "Hello.")
        #expect(server.asked.count == 2 && server.pauses.isEmpty)
        // And from now on.
        _ = await model.step(.saying("hi"))
        #expect(server.asked.count == 3 && server.asked.last?.body == server.asked[1].body)
        return server.asked[1]
    }

    @Test func `what a server does not take is said otherwise, and remembered`() async throws {
        let effort = try await second("400-reasoning-effort.http") { $0.dialect = .chat }
        #expect(effort.body["reasoning_effort"] == "none")
        let tokens = try await second("400-max-tokens.http") { $0.tokensMax = 100 }
        #expect(tokens.body["max_completion_tokens"] == 100 && tokens.body["max_tokens"] == nil)
        let other = try await second("400-max-tokens.http") {
            ($0.tokensMax, $0.tokenField) = (100, .maxCompletionTokens)
        }
        #expect(other.body["max_tokens"] == 100 && other.body["max_completion_tokens"] == nil)
        #expect(try await second("400-stream-options.http").body["stream_options"] == nil)
        let temperature = try await second("400-temperature.http") { $0.extraBody = ["temperature": 0, "top_p": 1] }
        #expect(temperature.body["temperature"] == nil && temperature.body["top_p"] == 1)
        let parallel = try await second("400-parallel-tool-calls.http") { $0.extraBody = ["parallel_tool_calls": true] }
        #expect(parallel.body["parallel_tool_calls"] == nil)
        let role = try await second("400-developer-role.http")
        #expect(role.body["messages"]?.array?.first?["role"] == "developer")
    }

    @Test func `a configured effort that a model does not know is left out`() async throws {
        let body =
            #"{"error":{"message":"Unrecognized request argument: reasoning_effort","param":"reasoning_effort"}}"#
        let server = ScriptedServer([.refusal(400, body: body), ScriptedServer.hello])
        let model = server.model(options { $0.extraBody = ["reasoning_effort": "low"] })
        #expect(try await model.step(.saying("hi")).result.get().text == "Hello.")
        #expect(server.asked.map { $0.body["reasoning_effort"] } == ["low", nil])
    }

    @Test func `a model that thinks and may call tools is asked for Responses, from then on`() async throws {
        let server = ScriptedServer([
            .transcript("400-reasoning-effort.http"), .transcript("responses-happy-path.sse"),
            .transcript("responses-happy-path.sse"),
        ])
        let model = server.model(options())
        #expect(try await model.step(.saying("add milk")).result.get().calls.count == 1)
        #expect(try await model.step(.saying("add milk")).result.get().calls.count == 1)
        let paths = server.asked.map { $0.path.replacing("http://h/v1", with: "") }
        #expect(paths == ["/chat/completions", "/responses", "/responses"])
    }

    @Test func `where there are no Responses, thinking is left out`() async throws {
        let server = ScriptedServer([
            .transcript("400-reasoning-effort.http"), .refusal(404), .transcript("openai-fragments.sse"),
        ])
        let model = server.model(options())
        #expect(try await model.step(.saying("add milk")).result.get().calls.count == 2)
        #expect(server.asked.map { $0.path.hasSuffix("/responses") } == [false, true, false])
        #expect(server.asked.last?.body["reasoning_effort"] == "none")
    }

    @Test func `encrypted thoughts are not asked of a model that has none`() async throws {
        let server = ScriptedServer([
            .transcript("400-encrypted-content.http"), .transcript("responses-happy-path.sse"),
        ])
        _ = try await server.model(options { $0.dialect = .responses }).step(.saying("hi")).result.get()
        #expect(server.asked.map { $0.body["include"] != nil } == [true, false])
    }

    @Test func `a model that is not streamed to everybody answers in one piece`() async throws {
        let body = #"{"error":{"message":"Your organization must be verified to stream this model.","param":"stream"}}"#
        let server = ScriptedServer([.refusal(400, body: body), .transcript("responses-whole-answer.json")])
        let model = server.model(options { $0.dialect = .responses })
        #expect(try await model.step(.saying("add milk")).result.get().calls.count == 1)
        #expect(server.asked.map { $0.body["stream"] } == [true, nil])
    }

    @Test func `each thing is asked otherwise once`() async {
        let refusals: [ScriptedServer.Reply] = [
            .transcript("400-stream-options.http"), .transcript("400-max-tokens.http"),
            .transcript("400-max-tokens.http"), ScriptedServer.hello,
        ]
        let server = ScriptedServer(refusals)
        let model = server.model(options { $0.tokensMax = 10 })
        #expect(await model.step(.saying("hi")).result == .failure(.notUnderstood))
        #expect(server.asked.count == 3)
        // What did not help is not remembered.
        _ = await model.step(.saying("hi"))
        #expect(server.asked.last?.body == server.asked.first?.body)
    }

    @Test func `a fixed wish is not given up`() async {
        let server = ScriptedServer([.transcript("400-stream-options.http"), ScriptedServer.hello])
        let model = server.model(options { $0.usage = .on })
        #expect(await model.step(.saying("hi")).result == .failure(.notUnderstood))
    }

    @Test func `an answer in one piece is told in one piece`() async throws {
        let server = ScriptedServer([.transcript("whole-answer.json"), .transcript("whole-answer.json")])
        let whole = await server.model(options { $0.streamsWithTools = false }).step(.saying("hi"))
        #expect(whole.told == "One moment." && server.asked[0].body["stream"] == nil)
        // A server that does not stream although it should.
        let other = await server.model(options()).step(.saying("hi"))
        #expect(try other.result.get() == whole.result.get() && server.asked[1].body["stream"] == true)
    }
}
