import CivilTime
import DaprBus
import ErrandCore
import Logging
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SidecarTests {
    @Test func `secrets show in no description`() throws {
        let configuration = try SidecarConfiguration(apiToken: "s3cret-api", appToken: "s3cret-app")
        var dumped = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &dumped)
        #expect(dumped.contains("pubsub"))
        #expect(!dumped.contains("s3cret"))
        let message = Logger.MetadataValue.string("\(configuration.apiToken, default: "none")")
        #expect("\(message)" == "(secret)")
    }

    @Test func `settings that cannot be are refused, without naming a secret`() {
        #expect(throws: InvalidSidecarSetting.self) { try SidecarConfiguration(port: 0) }
        #expect(throws: InvalidSidecarSetting.self) { try SidecarConfiguration(port: 65_536) }
        #expect(throws: InvalidSidecarSetting.self) { try SidecarConfiguration(host: "a/b") }
        #expect(throws: InvalidSidecarSetting.self) { try SidecarConfiguration(pubsubName: "") }
        #expect(throws: InvalidSidecarSetting.self) { try SidecarConfiguration(stateStoreName: "a/b") }
        let error = #expect(throws: InvalidSidecarSetting.self) { try SidecarConfiguration(appToken: "two words") }
        #expect(error?.description == "The sidecar's app token must be printable ASCII without spaces.")
    }

    @Test func `an empty token is none, and white space around one does not count`() async throws {
        let none = try SidecarConfiguration(apiToken: " \n", appToken: "")
        #expect(none.apiToken == nil && none.appToken == nil)
        try await StubSidecar.with { stub in
            _ = await (try stub.sidecar()).isOutboundReady()
            _ = await (try stub.sidecar(apiToken: "abc\n")).isOutboundReady()
            #expect(stub.calls.map { $0.headers["dapr-api-token"] } == [nil, "abc"])
        }
    }

    @Test func `being ready is waited for, but not for ever`() async throws {
        let probes = Mutex(0)
        try await StubSidecar.with(answer: { _ in
            let count = probes.withLock { count in
                count += 1
                return count
            }
            return count < 3 ? .failure(500, "ERR_OUTBOUND_HEALTH_NOT_READY") : .done
        }) { stub in
            let sidecar = try stub.sidecar()
            let atFirst = await sidecar.isOutboundReady()
            #expect(!atFirst)
            try await sidecar.waitUntilReady(atMost: .seconds(20))
            #expect(stub.calls.count >= 3)
            #expect(stub.calls.allSatisfy { $0.line == "GET /v1.0/healthz/outbound" })
            probes.withLock { $0 = -1_000 }
            await #expect(throws: SidecarError.timedOut) {
                try await sidecar.waitUntilReady(atMost: .milliseconds(400))
            }
        }
    }

    @Test func `a job is scheduled in place of the one before, and deleted`() async throws {
        try await StubSidecar.with { stub in
            let sidecar = try stub.sidecar()
            try await sidecar.schedule(job: "reminder-clock", at: .testStart, data: ["next": "soon"])
            try await sidecar.delete(job: "reminder-clock")
            #expect(stub.calls.map(\.line) == ["POST /v1.0/jobs/reminder-clock", "DELETE /v1.0/jobs/reminder-clock"])
            #expect(
                stub.calls.first?.json == [
                    "dueTime": .string(Instant.testStart.description), "data": ["next": "soon"], "overwrite": true,
                ]
            )
            for name in ["", "a/b", "A", "a b", String(repeating: "a", count: 61)] {
                await #expect(throws: SidecarError.self) { try await sidecar.delete(job: name) }
            }
            #expect(stub.calls.count == 2, "a name that would break the callback never goes out")
        }
    }

    @Test func `secrets are read, and missing ones are empty`() async throws {
        try await StubSidecar.with(answer: { call in
            switch call.target {
            case "/v1.0/secrets/kubernetes/smtp": StubSidecar.Answer(status: 200, body: #"{"user":"a","password":"b"}"#)
            case "/v1.0/secrets/kubernetes/none": .done
            case "/v1.0/secrets/kubernetes/strange": StubSidecar.Answer(status: 200, body: #"{"user":1}"#)
            default: .failure(403, "ERR_PERMISSION_DENIED")
            }
        }) { stub in
            let sidecar = try stub.sidecar()
            let found = try await sidecar.secret("smtp", of: "kubernetes")
            #expect(found == ["user": "a", "password": "b"])
            let none = try await sidecar.secret("none", of: "kubernetes")
            #expect(none.isEmpty)
            await #expect(throws: SidecarError.unreadable) { try await sidecar.secret("strange", of: "kubernetes") }
            let error = await #expect(throws: SidecarError.self) { try await sidecar.secret("a/b", of: "kubernetes") }
            guard case .refused(let refusal) = error else { throw try #require(error) }
            #expect(refusal.status == 403 && refusal.code == "ERR_PERMISSION_DENIED")
            #expect(stub.calls.last?.target == "/v1.0/secrets/kubernetes/a%2Fb")
        }
    }

    @Test func `failures are read from JSON, from its details, and from plain text`() async throws {
        let bodies = [
            #"{"errorCode":"ERR_X","message":"No."}"#: "the sidecar answered 500 ERR_X: No.",
            #"{"message":"No.","details":[{"@type":"h"},{"reason":"DAPR_X"}]}"#: "the sidecar answered 500 DAPR_X: No.",
            "invalid api token": "the sidecar answered 500: invalid api token",
            "": "the sidecar answered 500",
        ]
        for (body, expected) in bodies {
            try await StubSidecar.with(answer: { _ in StubSidecar.Answer(status: 500, body: body) }) { stub in
                let sidecar = try stub.sidecar()
                let error = await #expect(throws: SidecarError.self) { try await sidecar.delete(job: "a") }
                #expect(error?.description == expected)
            }
        }
    }

    @Test func `a redirect is not followed`() async throws {
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(status: 307, headers: ["location": "/v1.0/secrets/kubernetes/all"])
        }) { stub in
            let sidecar = try stub.sidecar()
            await #expect(throws: SidecarError.self) { try await sidecar.delete(job: "a") }
            #expect(stub.calls.count == 1)
        }
    }
}
