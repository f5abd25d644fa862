import ErrandCore
import FakeSidecar
import Testing

@Suite struct InvocationTests {
    @Test func `another app is called as it is, and told by whom`() async throws {
        let callee = TinyApp { callback in
            TinyApp.Reply(status: 418, body: callback.json["q"]?.string ?? "", headers: ["X-Kettle": "on"])
        }
        let cluster = FakeCluster()
        try await Bench.with("kitchen", on: cluster, app: callee) { _ in
            try await Bench.with("guest", on: cluster, { $0.apiToken = "t0ken" }, isAppUp: false) { bench in
                let headers = ["dapr-api-token": "t0ken", "X-Cup": "blue", "dapr-caller-app-id": "forged"]
                for path in [
                    "/v1.0/invoke/kitchen/method/v1/tea%20pot?a=1",
                    "/v1.0/invoke/kitchen.errand/method/v1/tea%20pot?a=1",
                ] {
                    let answer = await bench.send("PUT", path, #"{"q":"earl"}"#, headers)
                    #expect(answer.status == 418)
                    #expect(answer.text == "earl")
                    #expect(answer.headers["x-kettle"] == "on")
                }
                let byHeader = await bench.send(
                    "GET", "/v1/ping", nil, ["dapr-api-token": "t0ken", "dapr-app-id": "kitchen"]
                )
                #expect(byHeader.status == 418)
                #expect(callee.callbacks("/v1/ping").count == 1)
            }
        }
        let calls = callee.callbacks("/v1/tea%20pot")
        #expect(calls.map(\.method) == ["PUT", "PUT"])
        let call = try #require(calls.first)
        #expect(call.header("x-cup") == "blue")
        #expect(call.header("dapr-caller-app-id") == "guest")
        #expect(call.header("dapr-api-token") == nil)
    }

    @Test func `the sidecar adds itself to those whom the app names as forwarding`() async throws {
        let callee = TinyApp()
        let cluster = FakeCluster()
        try await Bench.with("kitchen", on: cluster, app: callee) { _ in
            try await Bench.with("guest", on: cluster, isAppUp: false) { bench in
                let headers = ["X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "tea.example"]
                _ = await bench.send("GET", "/v1.0/invoke/kitchen/method/a", nil, headers)
                _ = await bench.send("GET", "/v1.0/invoke/kitchen/method/b")
            }
        }
        let named = try #require(callee.callbacks("/a").first)
        #expect(named.header("x-forwarded-for") == "203.0.113.7, 127.0.0.1")
        #expect(named.header("x-forwarded-host") == "tea.example, guest")
        #expect(callee.callbacks("/b").first?.header("x-forwarded-for") == "127.0.0.1")
    }

    @Test func `an app that is not there is tried again and then named`() async throws {
        let cluster = FakeCluster()
        try await Bench.with("guest", on: cluster, { $0.invocationRetries.pause = .milliseconds(50) }, isAppUp: false) {
            bench in
            let begun = ContinuousClock.now
            let answer = await bench.send("GET", "/v1.0/invoke/nobody/method/x")
            #expect(answer.status == 500)
            #expect(answer.json["errorCode"] == "ERR_DIRECT_INVOKE")
            #expect(ContinuousClock.now - begun >= .milliseconds(150))
            let encoded = await bench.send("GET", "/v1.0/invoke/nobody/method/a%2Fb")
            #expect(encoded.status == 400)
        }
    }

    @Test func `an app that fails is not asked again`() async throws {
        let callee = TinyApp { _ in .status(503) }
        let cluster = FakeCluster()
        try await Bench.with("callee", on: cluster, app: callee) { bench in
            let answer = await bench.send("GET", "/v1.0/invoke/callee/method/x")
            #expect(answer.status == 503)
            #expect(callee.callbacks("/x").count == 1)
        }
    }
}
