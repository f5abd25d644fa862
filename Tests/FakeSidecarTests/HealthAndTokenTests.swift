import ErrandCore
import FakeSidecar
import Testing

@Suite struct HealthAndTokenTests {
    @Test func `outbound health comes before the app and full health after it`() async throws {
        try await Bench.with(on: FakeCluster(), isAppUp: false) { bench in
            let outbound = await bench.send("GET", "/v1.0/healthz/outbound")
            #expect(outbound.status == 204)
            let full = await bench.send("GET", "/v1.0/healthz")
            #expect(full.status == 500)
            #expect(full.json["errorCode"] == "ERR_HEALTH_NOT_READY")
            bench.sidecar.faults.isOutboundNotReady = true
            let broken = await bench.send("GET", "/v1.0/healthz/outbound")
            #expect(broken.status == 500)
            #expect(broken.json["errorCode"] == "ERR_OUTBOUND_HEALTH_NOT_READY")
        }
        try await Bench.with("audit", on: FakeCluster()) { bench in
            let full = await bench.send("GET", "/v1.0/healthz?appid=audit")
            #expect(full.status == 204)
            let other = await bench.send("GET", "/v1.0/healthz?appid=other")
            #expect(other.status == 500)
        }
    }

    @Test(arguments: [
        ("POST", "/v1.0/publish/pubsub/t"), ("POST", "/v1.0/publish/bulk/pubsub/t"), ("GET", "/v1.0/metadata"),
        ("POST", "/v1.0/jobs/j"), ("GET", "/v1.0/secrets/s/k"), ("GET", "/v1.0/state/s/k"),
        ("GET", "/v1.0/invoke/app/method/x"), ("GET", "/nowhere"),
    ])
    func `a call without the token is refused in plain text`(method: String, path: String) async throws {
        try await Bench.with(on: FakeCluster(), { $0.apiToken = "t0ken" }, isAppUp: false) { bench in
            for headers in [[:], ["dapr-api-token": "wrong"]] {
                let answer = await bench.send(method, path, nil, headers)
                #expect(answer.status == 401)
                #expect(answer.json == .null)
                #expect(answer.headers["content-type"]?.hasPrefix("text/plain") == true)
            }
            let answer = await bench.send(method, path, nil, ["dapr-api-token": "t0ken"])
            #expect(answer.status != 401)
            #expect(answer.status != 0)
        }
    }

    @Test func `health needs no token`() async throws {
        try await Bench.with(on: FakeCluster(), { $0.apiToken = "t0ken" }) { bench in
            for path in ["/v1.0/healthz", "/v1.0/healthz/outbound"] {
                let answer = await bench.send("GET", path)
                #expect(answer.status == 204)
            }
        }
    }

    @Test func `answers can be slow`() async throws {
        try await Bench.with(on: FakeCluster(), isAppUp: false) { bench in
            bench.sidecar.faults.answerDelay = .milliseconds(200)
            let begun = ContinuousClock.now
            let answer = await bench.send("GET", "/v1.0/healthz/outbound")
            #expect(answer.status == 204)
            #expect(ContinuousClock.now - begun >= .milliseconds(200))
        }
    }
}
