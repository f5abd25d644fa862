import ErrandHTTP
import HTTPCalls
import Hummingbird
import HummingbirdCore
import Logging
import NIOPosix
import ServiceLifecycle
import Testing

/// Where the handlers of a listener run.
@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
    private func isOnEventLoop() -> Bool { MultiThreadedEventLoopGroup.currentEventLoop != nil }

    private func answers(of server: HTTPServerBuilder) async throws -> [String: String] {
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
            let port = try #require(await iterator.next())
            let calls = HTTPCalls(HTTPCallOptions(reach: .anywhere))
            var answers: [String: String] = [:]
            for path in ["short", "after-a-pause", "long", "after-long"] {
                let call = HTTPCall("http://127.0.0.1:\(port)/\(path)")
                let answer = try await calls.send(call, upTo: 100, within: .seconds(20))
                answers[path] = String(decoding: answer.body, as: UTF8.self)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
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
}
