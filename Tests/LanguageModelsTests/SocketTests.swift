import CivilTime
import ErrandCore
import LanguageModels
import NIOHTTP1
import Testing

/// Over real connections.
@Suite(.timeLimit(.minutes(1))) struct SocketTests {
    private static let hello = #"data: {"choices":[{"index":0,"delta":{"content":"Hello."}}]}"# + "\n\n"
    private static let end = #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
    private static let done = "data: [DONE]\n\n"

    private func model(
        _ server: LocalModelServer, _ change: (inout ModelServerOptions) -> Void = { _ in }
    ) -> ModelServer {
        var options = ModelServerOptions(baseURL: server.url, model: "m", key: "sk-secret")
        change(&options)
        return ModelServer(
            options,
            ModelServer.Surroundings(
                now: { .earliest }, randomBytes: { Array(repeating: 0, count: $0) }, pause: { _ in }
            )
        )
    }

    @Test func `an answer is told while it comes`() async throws {
        try await LocalModelServer.with([.piece(SocketTests.hello), .gate, .piece(SocketTests.end + SocketTests.done)])
        {
            server in
            let told = Told()
            let model = model(server)
            let step = try await model.step(.saying("hi")) { (text) async throws(CancellationError) in
                told.tell(text)
                // Only now does the server go on.
                server.open()
            }
            #expect(step.text == "Hello." && told.text == "Hello.")
            let request = try #require(server.requests.first)
            #expect(request.target == "/v1/chat/completions")
            #expect(request.headers["authorization"] == ["Bearer sk-secret"])
            #expect(request.headers["content-type"] == ["application/json"])
            #expect(try JSONValue.parse(request.body)["model"] == "m")
            await model.close()
        }
    }

    @Test func `connections are used again`() async throws {
        try await LocalModelServer.with([.piece(SocketTests.hello + SocketTests.end + SocketTests.done)]) { server in
            let model = model(server)
            for _ in 0..<3 { #expect(await model.step(.saying("hi")).told == "Hello.") }
            #expect(server.connections == 1 && server.requests.count == 3)
            await model.close()
        }
    }

    @Test func `whoever cancels ends the connection`() async throws {
        try await LocalModelServer.with([.piece(SocketTests.hello), .silence]) { server in
            let model = model(server)
            let told = Told()
            let step = Task {
                try await model.step(.saying("hi")) { (text) async throws(CancellationError) in told.tell(text) }
            }
            try await LocalModelServer.wait { !told.text.isEmpty }
            #expect(server.closed == 0)
            step.cancel()
            await #expect(throws: ModelFailure.cancelled) { try await step.value }
            try await LocalModelServer.wait { server.closed == 1 }
            #expect(server.closed == 1 && server.requests.count == 1)
            await model.close()
        }
    }

    @Test func `a stream that says nothing more is left`() async throws {
        try await LocalModelServer.with([.piece(": thinking\n\n"), .silence]) { server in
            let model = model(server) { $0.silenceMax = .milliseconds(150) }
            #expect(await model.step(.saying("hi")).result == .failure(.unavailable))
            #expect(server.requests.count == 3, "nothing was told, so it was tried again")
            await model.close()
        }
    }

    @Test func `a step has its time, however much comes`() async throws {
        try await LocalModelServer.with([.comments]) { server in
            let model = model(server) { $0.wholeTime = .milliseconds(300) }
            #expect(await model.step(.saying("hi")).result == .failure(.unavailable))
            try await LocalModelServer.wait { server.closed == 1 }
            #expect(server.closed == 1 && server.requests.count == 1)
            await model.close()
        }
    }

    @Test func `an answer that is whole is not waited on`() async throws {
        try await LocalModelServer.with([
            .piece(SocketTests.hello + SocketTests.end + SocketTests.done), .silence,
        ]) { server in
            let model = model(server)
            let start = ContinuousClock.now
            let answer = await model.step(.saying("hi"))
            #expect(answer.result == .success(ModelStep(text: "Hello.")))
            #expect(ContinuousClock.now - start < .seconds(10))
            await model.close()
        }
    }

    @Test func `an answer that breaks off is tried again until something was told`() async throws {
        try await LocalModelServer.with([.piece(": thinking\n\n"), .hangUp]) { server in
            let model = model(server)
            #expect(await model.step(.saying("hi")).result == .failure(.unavailable))
            #expect(server.requests.count == 3)
            await model.close()
        }
        try await LocalModelServer.with([.piece(SocketTests.hello), .hangUp]) { server in
            let model = model(server)
            let answer = await model.step(.saying("hi"))
            #expect(answer.result == .failure(.unavailable) && answer.told == "Hello.")
            #expect(server.requests.count == 1)
            await model.close()
        }
    }

    @Test func `a flood is not read to its end`() async throws {
        try await LocalModelServer.with([.flood]) { server in
            let model = model(server)
            #expect(await model.step(.saying("hi")).result == .failure(.notUnderstood))
            try await LocalModelServer.wait { server.closed == 1 }
            #expect(server.closed == 1 && server.requests.count == 1)
            await model.close()
        }
    }

    @Test func `nobody there is said`() async throws {
        var url = ""
        try await LocalModelServer.with([]) { url = $0.url }
        let model = ModelServer(
            ModelServerOptions(baseURL: url, model: "m"),
            ModelServer.Surroundings(
                now: { .earliest }, randomBytes: { Array(repeating: 0, count: $0) }, pause: { _ in })
        )
        #expect(await model.step(.saying("hi")).result == .failure(.unavailable))
        await model.close()
    }
}
