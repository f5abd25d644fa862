import HTTPTypes
import NIOCore
import ServiceLifecycle
import Testing
import WebSockets

@Suite(.timeLimit(.minutes(1))) struct ServerTests {
    /// Answers every text with itself until "bye" comes.
    @Sendable private static func echo(_ request: HTTPRequest) async -> WebSocketDecision {
        guard request.path == "/echo" else { return .refuse }
        return .accept { connection in
            while let text = await connection.nextMessage(), text != "bye" { connection.send(text) }
        }
    }

    @Test func `messages go both ways until the handler is done`() async throws {
        try await TestServer.with(decide: ServerTests.echo) { server in
            try await server.connect { peer in
                try await peer.request("/echo", RawPeer.handshake)
                let head = try await peer.response()
                #expect(head.hasPrefix("http/1.1 101 "))
                #expect(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="))
                try await peer.send(.text("one"), .text("two"))
                #expect(try await peer.text() == "one")
                #expect(try await peer.text() == "two")
                try await peer.send(.text("bye"))
                #expect(try await peer.closeCode() == 1000)
                try await peer.send(.close(1000))
                #expect(await peer.isAtEnd())
            }
        }
    }

    @Test func `a refused upgrade reaches the router and ends the connection`() async throws {
        try await TestServer.with(decide: ServerTests.echo) { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                let answer = try await peer.response()
                #expect(answer.hasPrefix("http/1.1 200 "))
                #expect(answer.contains("connection: close\r\n"))
                #expect(answer.hasSuffix("connection: close"), "what the route saw")
                #expect(await peer.isAtEnd())
            }
        }
    }

    @Test(arguments: ["h2c", "foo", "TLS/1.0"])
    func `another upgrade is an ordinary request that ends its connection`(name: String) async throws {
        try await TestServer.with(decide: ServerTests.echo) { server in
            try await server.connect { peer in
                try await peer.request()
                #expect(try await peer.response().hasSuffix("connection: none"), "a connection used before")
                try await peer.request("/", ["Upgrade: \(name)", "Connection: Upgrade, HTTP2-Settings"])
                let answer = try await peer.response()
                #expect(answer.hasPrefix("http/1.1 200 "))
                #expect(answer.contains("connection: close\r\n"))
                #expect(await peer.isAtEnd())
            }
        }
    }

    @Test func `a later request of a connection may be upgraded, as proxies do`() async throws {
        try await TestServer.with(decide: ServerTests.echo) { server in
            try await server.connect { peer in
                for _ in 0..<2 {
                    try await peer.request()
                    #expect(try await peer.response().hasPrefix("http/1.1 200 "))
                }
                try await peer.request("/echo", RawPeer.handshake)
                #expect(try await peer.response().hasPrefix("http/1.1 101 "))
                try await peer.send(.text("late"))
                #expect(try await peer.text() == "late")
            }
        }
    }

    @Test func `another version is told which one to take`() async throws {
        try await TestServer.with(decide: ServerTests.echo) { server in
            try await server.connect { peer in
                let fields = RawPeer.handshake.map { $0.hasSuffix(": 13") ? "Sec-WebSocket-Version: 8" : $0 }
                try await peer.request("/echo", fields)
                let answer = try await peer.response()
                #expect(answer.hasPrefix("http/1.1 426 "))
                #expect(answer.contains("sec-websocket-version: 13"))
                #expect(await peer.isAtEnd())
            }
        }
    }

    @Test func `frames sent before the answer do no harm`() async throws {
        try await TestServer.with(decide: ServerTests.echo) { server in
            try await server.connect { peer in
                try await peer.request("/echo", RawPeer.handshake, frames: [.text("too early")])
                #expect(try await peer.response().hasPrefix("http/1.1 101 "))
                try await peer.send(.close(1000))
                while try await peer.closeCode() != 1000 {}
            }
            try await server.connect { peer in
                try await peer.request()
                #expect(try await peer.response().hasPrefix("http/1.1 200 "))
            }
        }
    }

    @Test func `a peer that vanishes ends the handler's messages`() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Bool.self)
        try await TestServer.with { _ in
            .accept { connection in
                while await connection.nextMessage() != nil {}
                continuation.yield(connection.isOpen || connection.send("too late"))
            }
        } body: { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                _ = try await peer.response()
            }
            #expect(await ends.first { _ in true } == false)
        }
    }

    @Test func `a socket outlives the idle timeout of HTTP`() async throws {
        let limits = WebSocketConfiguration(pingInterval: .seconds(9))
        try await TestServer.with(limits, idleTimeout: .seconds(5), decide: ServerTests.echo) { server in
            try await server.connect { peer in
                try await peer.request("/echo", RawPeer.handshake)
                _ = try await peer.response()
                #expect(try await peer.frame().0 == 0x89, "the ping comes when the timeout is long over")
                try await peer.send(.text("still here"))
                #expect(try await peer.text() == "still here")
            }
        }
    }

    @Test func `a slow reader gets every message in order`() async throws {
        try await TestServer.with { _ in
            .accept { connection in
                var expected = 0
                while let text = await connection.nextMessage(), text == "\(expected)" {
                    expected += 1
                    await Task.yield()
                    if expected == 20_000 { connection.send("all") }
                }
            }
        } body: { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                _ = try await peer.response()
                for number in 0..<20_000 { try await peer.send(.text("\(number)")) }
                #expect(try await peer.text() == "all")
            }
        }
    }

    @Test func `a peer that does not read fills its queue, not the server`() async throws {
        let (counts, continuation) = AsyncStream.makeStream(of: Int.self)
        try await TestServer.with(WebSocketConfiguration(closeTimeout: .milliseconds(50))) { _ in
            .accept { connection in
                let text = String(repeating: "x", count: 60_000)
                var count = 0
                while connection.send(text) {
                    count += 1
                    await Task.yield()
                }
                continuation.yield(count)
                connection.close(code: .policyViolation, reason: "too slow")
            }
        } body: { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                let count = await counts.first { _ in true } ?? 0
                #expect(count >= 17, "the queue holds 1 MiB")
            }
        }
    }

    @Test func `a server that stops closes its sockets with 1001`() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        try await TestServer.with { _ in
            .accept { connection in
                while await connection.nextMessage() != nil {}
                continuation.finish()
            }
        } body: { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                _ = try await peer.response()
                await server.shutDown()
                #expect(try await peer.closeCode() == 1001)
                for await _ in ends {}
                try await peer.send(.close(1001))
                #expect(await peer.isAtEnd())
            }
        }
    }

    @Test func `a socket accepted while the server stops is closed too`() async throws {
        let (decisions, continuation) = AsyncStream.makeStream(of: Void.self)
        try await TestServer.with { _ in
            continuation.finish()
            try? await gracefulShutdown()
            return .accept { connection in while await connection.nextMessage() != nil {} }
        } body: { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                for await _ in decisions {}
                await server.shutDown()
                #expect(try await peer.response().hasPrefix("http/1.1 101 "))
                #expect(try await peer.closeCode() == 1001)
            }
        }
    }

    @Test func `a peer that does not answer is closed by a stopping server all the same`() async throws {
        try await TestServer.with(WebSocketConfiguration(closeTimeout: .milliseconds(100))) { _ in
            .accept { connection in while await connection.nextMessage() != nil {} }
        } body: { server in
            try await server.connect { peer in
                try await peer.request("/", RawPeer.handshake)
                _ = try await peer.response()
                await server.shutDown()
                #expect(try await peer.closeCode() == 1001)
                #expect(await peer.isAtEnd())
            }
        }
    }
}
