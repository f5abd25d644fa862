import DaprBus
import ErrandCore
import HTTPTypes
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct InvocationTests {
    @Test func `a call goes to the other app as it is, and its answer comes back`() async throws {
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(
                status: 422, headers: ["x-request-id": "r-1", "content-type": "text/plain"], body: "No.")
        }) { stub in
            let sidecar = try stub.sidecar()
            let reply = try await sidecar.invoke(
                "chat-api", .post, "/api/v1/tasks?limit=1&q=a%20b", headers: [.authorization: "Bearer x"],
                body: Array("{}".utf8)
            )
            #expect(reply.status.code == 422)
            #expect(String(decoding: reply.body, as: UTF8.self) == "No.")
            #expect(HTTPField.Name("x-request-id").flatMap { reply.headers[$0] } == "r-1")
            #expect(reply.headers[.contentLength] == nil)
            let call = try #require(stub.calls.first)
            #expect(call.line == "POST /v1.0/invoke/chat-api/method/api/v1/tasks?limit=1&q=a%20b")
            #expect(call.body == "{}" && call.headers["authorization"] == "Bearer x")
            #expect(stub.calls.count == 1)
        }
    }

    @Test(
        arguments: [
            "/a/../../../../secrets/kubernetes/all", "/..", "/a/./b", "/a/%2e%2e/b", "/a%2Fb", "/a%5Cb", "/a\\b", "a",
            "", "/a b", "/a#b",
        ]
    )
    func `no path leads out of the other app`(path: String) async throws {
        try await StubSidecar.with { stub in
            let sidecar = try stub.sidecar()
            await #expect(throws: SidecarError.self) { try await sidecar.invoke("chat-api", .get, path) }
            await #expect(throws: SidecarError.self) { try await sidecar.invoke("..", .get, "/a") }
            await #expect(throws: SidecarError.self) { try await sidecar.invoke("a/b", .get, "/a") }
            #expect(stub.calls.isEmpty)
        }
    }

    @Test func `a passing failure is tried again where that does no harm`() async throws {
        let failures = Mutex(2)
        try await StubSidecar.with(answer: { _ in
            let fails = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            return fails ? StubSidecar.Answer(status: 503) : StubSidecar.Answer(status: 200, body: "ok")
        }) { stub in
            let sidecar = try stub.sidecar()
            let read = try await sidecar.invoke("a", .get, "/")
            #expect(read.status == .ok && stub.calls.count == 3)
            failures.withLock { $0 = 1 }
            let written = try await sidecar.invoke("a", .post, "/")
            #expect(written.status == .serviceUnavailable, "a POST may have been done already")
            #expect(stub.calls.count == 4)
        }
    }

    @Test func `an app that does not answer is left alone for a while, then tried with one call`() async throws {
        let uptime = Mutex(ContinuousClock.now)
        let isBroken = Mutex(true)
        let changes = Mutex<[String]>([])
        try await StubSidecar.with(answer: { _ in
            isBroken.withLock { $0 }
                ? .failure(500, "ERR_DIRECT_INVOKE", "failed to resolve") : StubSidecar.Answer(status: 200)
        }) { stub in
            let sidecar = try stub.sidecar(uptime: { uptime.withLock { $0 } }) { app, state in
                changes.withLock { $0.append("\(app) \(state.rawValue)") }
            }
            for _ in 0..<CircuitBreaker.failuresMax {
                let error = await #expect(throws: SidecarError.self) { try await sidecar.invoke("a", .post, "/") }
                #expect(error?.description.contains("ERR_DIRECT_INVOKE") == true)
            }
            await #expect(throws: SidecarError.circuitOpen) { try await sidecar.invoke("a", .post, "/") }
            #expect(stub.calls.count == CircuitBreaker.failuresMax)
            #expect(sidecar.circuit(of: "a") == .open && sidecar.circuit(of: "b") == .closed)
            uptime.withLock { $0 += CircuitBreaker.pause }
            await #expect(throws: SidecarError.self) { try await sidecar.invoke("a", .post, "/") }
            #expect(sidecar.circuit(of: "a") == .open)
            uptime.withLock { $0 += CircuitBreaker.pause }
            isBroken.withLock { $0 = false }
            let reply = try await sidecar.invoke("a", .post, "/")
            #expect(reply.status == .ok && sidecar.circuit(of: "a") == .closed)
            #expect(changes.withLock { $0 } == ["a open", "a half-open", "a open", "a half-open", "a closed"])
        }
    }

    @Test func `a breaker opens after failures in a row, and lets one call through at a time`() {
        var breaker = CircuitBreaker()
        var now = ContinuousClock.now
        for _ in 0..<4 { breaker.record(success: false, at: now) }
        breaker.record(success: true, at: now)
        for _ in 0..<4 { breaker.record(success: false, at: now) }
        #expect(breaker.state == .closed, "a success begins the count anew")
        breaker.record(success: false, at: now)
        #expect(breaker.state == .open)
        breaker.record(success: true, at: now)
        #expect(breaker.state == .open, "a call from before says nothing of now")
        now += CircuitBreaker.pause - .milliseconds(1)
        let admitted1 = breaker.admits(at: now)
        #expect(!admitted1)
        now += .milliseconds(1)
        let admitted2 = breaker.admits(at: now)
        #expect(admitted2)
        let admitted3 = breaker.admits(at: now)
        #expect(!admitted3, "one is under way")
        breaker.record(success: false, at: now)
        let admitted4 = breaker.admits(at: now)
        #expect(!admitted4)
        now += CircuitBreaker.pause
        let admitted5 = breaker.admits(at: now)
        #expect(admitted5)
        breaker.record(success: true, at: now)
        #expect(breaker == CircuitBreaker())
    }

    @Test func `silence ends at its limit and is a failure`() async throws {
        try await StubSidecar.with(answer: { _ in
            try? await Task.sleep(for: .seconds(2))
            return .done
        }) { stub in
            let sidecar = try stub.sidecar()
            await #expect(throws: SidecarError.timedOut) {
                try await sidecar.invoke("a", .get, "/", timeout: .milliseconds(300))
            }
        }
    }
}
