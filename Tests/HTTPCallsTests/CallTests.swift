import HTTPCalls
import HTTPTypes
import LocalServers
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallTests {
    private func calls(_ change: (inout HTTPCallOptions) -> Void = { _ in }) -> HTTPCalls {
        var options = HTTPCallOptions(reach: .anywhere)
        change(&options)
        return HTTPCalls(options)
    }

    private func get(_ url: String, _ calls: HTTPCalls, upTo limit: Int = 1000) async throws -> HTTPAnswer {
        try await calls.send(HTTPCall(url), upTo: limit, within: .seconds(20))
    }

    @Test func `a call and its answer arrive as they are`() async throws {
        try await LocalServer.with({ _ in
            .answer(418, headers: [("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Kettle", "on")], body: "short")
        }) { server in
            let call = HTTPCall(
                "\(server.url)/a%20b?c=d", method: "PUT", headers: [("X-One", "1"), ("x-one", "2")], body: [1, 2]
            )
            let answer = try await calls().send(call, upTo: 5, within: nil)
            #expect(answer.status == 418)
            #expect(answer.headers[values: .setCookie] == ["a=1", "b=2"])
            #expect(answer.body == Array("short".utf8))
            let request = try #require(server.requests.first)
            #expect(request.method == "PUT" && request.target == "/a%20b?c=d")
            #expect(request.headers["x-one"] == ["1", "2"] && request.headers["content-length"] == ["2"])
            #expect(request.headers["host"] == ["127.0.0.1:\(server.port)"])
        }
    }

    @Test func `connections are kept`() async throws {
        try await LocalServer.with { server in
            let calls = calls()
            for _ in 0..<5 { _ = try await get(server.url, calls) }
            #expect(server.connections == 1 && server.requests.count == 5)
        }
    }

    @Test func `an answer is read up to its limit and no further, however long it goes on`() async throws {
        try await LocalServer.with({ $0.target == "/" ? .endless : .answer(body: "12345") }) { server in
            let calls = calls()
            #expect(try await get(server.url + "/five", calls, upTo: 5).body.count == 5)
            await #expect(throws: HTTPCallError.tooLarge) { try await get(server.url + "/five", calls, upTo: 4) }
            await #expect(throws: HTTPCallError.tooLarge) { try await get(server.url, calls, upTo: 100_000) }
            try await LocalServer.wait { server.closed > 0 }
            // What was read, and what the sockets of both sides hold.
            #expect(server.bytesWritten < 32 * 1024 * 1024)
            #expect(server.closed > 0, "and the connection is ended")
        }
    }

    @Test func `an answer that announces too much is not read at all`() async throws {
        try await LocalServer.with({ _ in .announcing(bytes: 1001) }) { server in
            await #expect(throws: HTTPCallError.tooLarge) { try await get(server.url, calls()) }
        }
    }

    @Test func `a redirect is an answer like others`() async throws {
        try await LocalServer.with({ _ in .answer(302, headers: [("Location", "/elsewhere")]) }) { server in
            let answer = try await get(server.url, calls())
            #expect(answer.status == 302 && HTTPField.Name("location").flatMap { answer.headers[$0] } == "/elsewhere")
            #expect(server.requests.map(\.target) == ["/"])
        }
    }

    @Test func `redirects that are asked for are followed, so many, and by nothing that writes`() async throws {
        try await LocalServer.with({ request in
            let step = Int(request.target.dropFirst()) ?? 0
            return .answer(307, headers: [("Location", "\(step + 1)")])
        }) { server in
            let calls = calls { $0.redirectsMax = 3 }
            #expect(try await get(server.url + "/0", calls).status == 307)
            #expect(server.requests.map(\.target) == ["/0", "/1", "/2", "/3"])
            _ = try await calls.send(HTTPCall(server.url + "/9", method: "POST"), upTo: 10, within: .seconds(20))
            #expect(server.requests.last?.target == "/9")
        }
    }

    @Test func `credentials go to the host they are for`() async throws {
        try await LocalServer.with({ request in
            let port = request.headers["host"].first?.split(separator: ":").last ?? ""
            return switch request.target {
            case "/": .answer(301, headers: [("Location", "/same")])
            case "/same": .answer(301, headers: [("Location", "http://localhost:\(port)/other")])
            default: .answer()
            }
        }) { server in
            let call = HTTPCall(
                server.url + "/", headers: [("Authorization", "secret"), ("Cookie", "c"), ("X-A", "b")])
            let answer = try await calls { $0.redirectsMax = 5 }.send(call, upTo: 10, within: .seconds(20))
            #expect(answer.status == 200)
            #expect(server.requests.map { $0.headers["authorization"] } == [["secret"], ["secret"], []])
            #expect(server.requests.map { $0.headers["cookie"] } == [["c"], ["c"], []])
            #expect(server.requests.map { $0.headers["x-a"] } == [["b"], ["b"], ["b"]])
        }
    }

    @Test func `nobody waits for ever`() async throws {
        try await LocalServer.with({ $0.target == "/" ? .silence : .trickle }) { server in
            let begin = ContinuousClock.now
            for path in ["/", "/trickle"] {
                await #expect(throws: HTTPCallError.timedOut) {
                    try await calls().send(HTTPCall(server.url + path), upTo: 1000, within: .milliseconds(200))
                }
            }
            await #expect(throws: HTTPCallError.timedOut) {
                try await calls { $0.silenceMax = .milliseconds(200) }.send(HTTPCall(server.url), upTo: 9, within: nil)
            }
            #expect(ContinuousClock.now - begin < .seconds(10))
        }
    }

    @Test func `where nothing listens, that is said`() async throws {
        let port = try await LocalServer.deadPort()
        await #expect(throws: HTTPCallError.notReached) { try await get("http://127.0.0.1:\(port)", calls()) }
    }

    @Test(arguments: [
        "", "/path", "ftp://127.0.0.1", "file:///etc/passwd", "unix:///run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/",
        "https+unix://%2Frun%2Fdocker.sock/", "http://", "http:///path",
    ])
    func `only http and https are called`(url: String) async throws {
        await #expect(throws: HTTPCallError.invalidAddress) { try await get(url, calls()) }
    }

    @Test func `a call that is given up ends, and its connection with it`() async throws {
        try await LocalServer.with({ _ in .silence }) { server in
            let calls = calls()
            let url = server.url
            let call = Task { try await calls.send(HTTPCall(url), upTo: 10, within: nil).status }
            try await LocalServer.wait { !server.requests.isEmpty }
            call.cancel()
            await #expect(throws: HTTPCallError.cancelled) { try await call.value }
            try await LocalServer.wait { server.closed > 0 }
            #expect(server.closed == 1)
        }
    }

    @Test func `after it was closed, nothing is called any more`() async throws {
        try await LocalServer.with { server in
            let calls = calls()
            _ = try await get(server.url, calls)
            await calls.close()
            await calls.close()
            await #expect(throws: HTTPCallError.cancelled) { try await get(server.url, calls) }
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a stream is read as it comes, and ends when nobody reads it`() async throws {
        try await LocalServer.with({ _ in .trickle }) { server in
            let stream = try await calls().stream(HTTPCall(server.url))
            #expect(stream.status == 200)
            var count = 0
            for try await piece in stream.body {
                count += piece.count
                if count > 3 { break }
            }
            #expect(count > 3)
        }
    }
}
