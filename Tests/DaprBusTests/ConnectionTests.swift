import DaprBus
import ErrandCore
import HTTPTypes
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

/// The HTTP under the calls: what becomes of fields, of large answers, and of calls that end early.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `several cookies of one answer stay several`() async throws {
        let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly", "b=2; Path=/api", "c=3"]
        try await StubSidecar.with(answer: { _ in StubSidecar.Answer(status: 200, cookies: cookies, body: "x") }) {
            stub in
            let reply = try await stub.sidecar().invoke("a", .post, "/")
            #expect(reply.headers[values: .setCookie] == cookies)
        }
    }

    @Test func `nobody slips in fields that sidecars keep for themselves`() async throws {
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(status: 200, headers: ["dapr-callee-app-id": "a", "x-kettle": "on"])
        }) { stub in
            let names = ["dapr-app-id", "Dapr-Caller-App-Id", "dapr-api-token", "dapr-anything", "x-cup"]
            let headers = HTTPFields(names.compactMap { HTTPField.Name($0).map { HTTPField(name: $0, value: "v") } })
            let reply = try await stub.sidecar(apiToken: "ours").invoke("a", .get, "/", headers: headers)
            let call = try #require(stub.calls.first)
            #expect(call.headers.filter { $0.key.hasPrefix("dapr-") } == ["dapr-api-token": "ours"])
            #expect(call.headers["x-cup"] == "v")
            #expect(reply.headers.map(\.name.canonicalName).filter { $0.hasPrefix("dapr-") } == [])
            #expect(HTTPField.Name("x-kettle").flatMap { reply.headers[$0] } == "on")
        }
    }

    @Test func `what is in a path arrives as it was sent`() async throws {
        try await StubSidecar.with(answer: { _ in StubSidecar.Answer(status: 200) }) { stub in
            let sidecar = try stub.sidecar()
            let targets = ["/", "/a//b/", "/a%20b/%C3%A9%25", "/a?", "/a?x=%2F%2e&y=a+b&&z", "/a;v=1/b:c@d,e!$&'()*=~"]
            for target in targets { _ = try await sidecar.invoke("a", .get, target) }
            #expect(stub.calls.map(\.target) == targets.map { "/v1.0/invoke/a/method\($0)" })
        }
    }

    @Test func `a call that is given up ends at once, and says nothing of the app`() async throws {
        let state = Mutex((hasArrived: false, isOver: false))
        try await StubSidecar.with(answer: { _ in
            state.withLock { $0.hasArrived = true }
            while !state.withLock({ $0.isOver }) { try? await Task.sleep(for: .milliseconds(20)) }
            return .done
        }) { stub in
            defer { state.withLock { $0.isOver = true } }
            let sidecar = try stub.sidecar()
            let call = Task { try await sidecar.invoke("a", .post, "/").status }
            try await waitUntil { state.withLock { $0.hasArrived } }
            call.cancel()
            await #expect(throws: SidecarError.cancelled) { try await call.value }
            #expect(!state.withLock { $0.isOver }, "nobody has answered")
            #expect(sidecar.circuit(of: "a") == .closed)
        }
    }

    @Test func `a probe that is given up leaves the next call to be one`() {
        var breaker = CircuitBreaker()
        let now = ContinuousClock.now
        for _ in 0..<CircuitBreaker.failuresMax { breaker.record(success: false, at: now) }
        let later = now + CircuitBreaker.pause
        let isProbe = breaker.admits(at: later)
        let isSecond = breaker.admits(at: later)
        #expect(isProbe && !isSecond)
        breaker.forget(at: later)
        let isProbeAgain = breaker.admits(at: later)
        #expect(isProbeAgain)
        var closed = CircuitBreaker()
        closed.forget(at: now)
        #expect(closed == CircuitBreaker())
    }

    @Test func `an answer beyond the limit is not read`() async throws {
        let size = Mutex(Sidecar.replyBytesMax)
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(status: 200, body: String(repeating: "x", count: size.withLock { $0 }))
        }) { stub in
            let sidecar = try stub.sidecar()
            let reply = try await sidecar.invoke("a", .get, "/", timeout: .seconds(30))
            #expect(reply.body.count == Sidecar.replyBytesMax)
            size.withLock { $0 += 1 }
            await #expect(throws: SidecarError.tooLarge) {
                try await sidecar.invoke("a", .get, "/", timeout: .seconds(30)).status
            }
            #expect(sidecar.circuit(of: "a") == .closed)
        }
    }

    @Test func `where nothing listens, that is said at once, and even a POST is tried again`() async throws {
        let configuration = try SidecarConfiguration(port: try FreePort.find())
        let changes = Mutex(0)
        let sidecar = Sidecar(configuration: configuration, uptime: { .now }) { _, _ in changes.withLock { $0 += 1 } }
        let begin = ContinuousClock.now
        await #expect(throws: SidecarError.notRunning) { try await sidecar.invoke("a", .post, "/") }
        await #expect(throws: SidecarError.circuitOpen) { try await sidecar.invoke("a", .post, "/") }
        #expect(changes.withLock { $0 } == 1, "two calls were five attempts")
        #expect(ContinuousClock.now - begin < .seconds(9), "not five times a connection's 2 s")
        await sidecar.close()
    }

    @Test func `more calls at once than there are connections wait, but not for ever`() async throws {
        try await StubSidecar.with(answer: { _ in
            try? await Task.sleep(for: .seconds(4))
            return .done
        }) { stub in
            let sidecar = try stub.sidecar()
            let errors = await withTaskGroup(of: SidecarError?.self) { group in
                for _ in 0..<66 {
                    group.addTask {
                        do throws(SidecarError) {
                            _ = try await sidecar.invoke("a", .post, "/", timeout: .seconds(10))
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors.count { $0 == nil } == 64)
            #expect(errors.count { $0 == .busy } == 2)
            #expect(stub.calls.count == 64 && sidecar.circuit(of: "a") == .closed)
        }
    }

    @Test func `what may have arrived is sent again only if twice is as good as once`() async throws {
        let requests = RequestCounter()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HangUp(requests))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let sidecar = Sidecar(
            configuration: try SidecarConfiguration(port: server.localAddress?.port ?? 0), uptime: { .now }
        )
        await #expect(throws: SidecarError.disconnected) { try await sidecar.invoke("a", .post, "/", body: [1]) }
        #expect(requests.count == 1)
        await #expect(throws: SidecarError.disconnected) { try await sidecar.invoke("b", .patch, "/", body: [1]) }
        #expect(requests.count == 2)
        await #expect(throws: SidecarError.disconnected) { try await sidecar.invoke("c", .get, "/") }
        #expect(requests.count == 5)
        await sidecar.close()
        try await server.close()
    }

    @Test func `after it was closed, a sidecar is not called any more`() async throws {
        try await StubSidecar.with { stub in
            let sidecar = try stub.sidecar()
            try await sidecar.delete(job: "a")
            await sidecar.close()
            await sidecar.close()
            await #expect(throws: SidecarError.cancelled) { try await sidecar.delete(job: "a") }
            #expect(stub.calls.count == 1)
        }
    }

    @Test func `an app that says when to come again is there: it is not asked again and again`() async throws {
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(status: 503, headers: ["retry-after": "2"])
        }) { stub in
            let sidecar = try stub.sidecar()
            for _ in 0...CircuitBreaker.failuresMax {
                let reply = try await sidecar.invoke("a", .get, "/")
                #expect(reply.status == .serviceUnavailable)
            }
            #expect(stub.calls.count == CircuitBreaker.failuresMax + 1)
            #expect(sidecar.circuit(of: "a") == .closed)
        }
    }
}

private final class RequestCounter: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }

    func add() { number.withLock { $0 += 1 } }
}

/// Takes a request and hangs up.
private final class HangUp: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let requests: RequestCounter
    private var hasRead = false

    init(_ requests: RequestCounter) {
        self.requests = requests
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !hasRead { requests.add() }
        hasRead = true
        context.close(promise: nil)
    }
}
