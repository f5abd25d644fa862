import ErrandHTTP
import HTTPCalls
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

/// Where the handlers of a listener run, and how its connections end.
@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
    private func isOnEventLoop() -> Bool { MultiThreadedEventLoopGroup.currentEventLoop != nil }

    /// Runs a listener, and asks it to stop at the end if nobody has.
    private func with<Result: Sendable>(
        _ server: HTTPServerBuilder, _ use: (_ port: Int, _ stop: @Sendable () async -> Void) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: ErrandRequestContext.self)
        router.get("/short") { _, _ in "\(isOnEventLoop())" }
        router.get("/after-a-pause") { _, _ in
            try await Task.sleep(for: .milliseconds(5))
            return "\(isOnEventLoop())"
        }
        router.get("/long") { _, _ in await LongWork.run { "\(isOnEventLoop())" } }
        router.get("/after-long") { _, _ in
            await LongWork.run {}
            return "\(isOnEventLoop())"
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let listener = HTTPListener(router: router, server: server, host: "127.0.0.1", port: 0, logger: logger) {
            listening.yield($0)
        }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [listener], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let result = try await use(try #require(await iterator.next())) { await group.triggerGracefulShutdown() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    private func answers(of server: HTTPServerBuilder) async throws -> [String: String] {
        try await with(server) { port, _ in
            let calls = HTTPCalls(HTTPCallOptions(reach: .anywhere))
            var answers: [String: String] = [:]
            for path in ["short", "after-a-pause", "long", "after-long"] {
                let call = HTTPCall("http://127.0.0.1:\(port)/\(path)")
                let answer = try await calls.send(call, upTo: 100, within: .seconds(20))
                answers[path] = String(decoding: answer.body, as: UTF8.self)
            }
            return answers
        }
    }

    @Test func `a quick listener answers on the thread of the connection, but for long work`() async throws {
        let answers = try await answers(of: HTTPListener.quick)
        #expect(answers == ["short": "true", "after-a-pause": "true", "long": "false", "after-long": "true"])
    }

    @Test func `a plain one answers on other threads`() async throws {
        #expect(try await Set(answers(of: HTTPListener.plain).values) == ["false"])
    }

    /// What a client sees that asks one thing after the other on one connection, while the server is asked to stop.
    ///
    /// - Parameter pause: between an answer and the next request; nil for asking no more once the server stops.
    private func answersWhileStopping(_ path: String, pause: Duration?) async throws -> [String] {
        try await with(HTTPListener.quick) { port, stop in
            let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await client.executeThenClose { inbound, outbound in
                var (iterator, answers) = (inbound.makeAsyncIterator(), [String]())
                while answers.last?.contains("Connection: close") != true, answers.count < 1_000 {
                    try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    var answer = ""
                    while !answer.contains("true"), let part = try await iterator.next() {
                        answer += String(buffer: part)
                    }
                    answers.append(answer)
                    if answers.count == 1 { await stop() }
                    guard let pause else { break }
                    try await Task.sleep(for: pause)
                }
                // The server closes the connection, whatever was asked.
                while let part = try await iterator.next() { answers.append(String(buffer: part)) }
                return answers
            }
        }
    }

    @Test(arguments: ["/short", "/after-a-pause"])
    func `what is asked while the server stops is answered, until an answer says that it is the last`(
        _ path: String
    ) async throws {
        // Often enough: far shorter than a connection is kept, so nothing is ever asked of one that is gone.
        let answers = try await answersWhileStopping(path, pause: .milliseconds(2))
        #expect(answers.allSatisfy { $0.hasPrefix("HTTP/1.1 200 OK") && $0.hasSuffix("true") })
        #expect(answers.count > 1 && answers.count { $0.contains("Connection: close") } == 1)
    }

    @Test func `a connection on which nothing more is asked does not keep the server`() async throws {
        #expect(try await answersWhileStopping("/short", pause: nil).count == 1)
    }
}
