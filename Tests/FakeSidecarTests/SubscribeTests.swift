import ErrandCore
import FakeSidecar
import Testing

@Suite struct SubscribeTests {
    private let broker = FakeBroker()

    @Test func `the app is asked once, with its token, and gets what it named`() async throws {
        let app = TinyApp(subscriptions: [
            ["pubsubname": "pubsub", "topic": "plain", "route": "/plain"],
            ["pubsubname": "pubsub", "topic": "ruled", "routes": ["default": "/ruled"], "deadLetterTopic": "dlq"],
            [
                "pubsubname": "pubsub", "topic": "raw", "route": "/raw", "metadata": ["rawPayload": "true"],
            ],
            [
                "pubsubname": "pubsub", "topic": "many", "route": "/many",
                "bulkSubscribe": ["enabled": true, "maxMessagesCount": 5, "maxAwaitDurationMs": 20],
            ],
            ["pubsubname": "pubsub", "topic": "nowhere"],
        ])
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker), app: app,
            {
                $0.appToken = "s3cret"
                $0.subscriptions = [Subscription(topic: "declared", route: "/declared")]
            }
        ) { bench in
            for topic in ["plain", "ruled", "raw", "many", "declared"] { await bench.publish("x", to: topic) }
            for path in ["/plain", "/ruled", "/raw", "/many", "/declared"] {
                try await eventually { !app.callbacks(path).isEmpty }
            }
            #expect(app.callbacks("/raw").first?.json["data_base64"]?.string?.isEmpty == false)
            #expect(app.callbacks("/many").first?.json["type"] == "com.dapr.event.sent.bulk")
            #expect(app.callbacks("/dapr/subscribe").count == 1)
            #expect(app.callbacks("/dapr/subscribe").first?.method == "GET")
            #expect(app.callbacks("/dapr/subscribe").first?.header("dapr-api-token") == "s3cret")
            let metadata = await bench.send("GET", "/v1.0/metadata").json
            #expect(metadata["id"] == "app")
            #expect(metadata["runtimeVersion"]?.string?.isEmpty == false)
            let subscriptions = metadata["subscriptions"]?.array ?? []
            #expect(Set(subscriptions.map { $0["topic"] }) == ["plain", "ruled", "raw", "many", "declared"])
            #expect(subscriptions.filter { $0["type"] == "DECLARATIVE" }.map { $0["topic"] } == ["declared"])
        }
    }

    @Test func `an app without subscriptions is not asked again`() async throws {
        try await Bench.with(on: FakeCluster(broker: broker)) { bench in
            try await Task.sleep(for: .milliseconds(100))
            #expect(bench.app.callbacks("/dapr/subscribe").count == 1)
            let metadata = await bench.send("GET", "/v1.0/metadata").json
            #expect(metadata["subscriptions"] == [])
        }
    }

    @Test func `the app is asked when its port opens, however late`() async throws {
        let app = TinyApp(subscriptions: [["pubsubname": "pubsub", "topic": "t", "route": "/t"]])
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, isAppUp: false) { bench in
            await bench.publish("early", to: "t")
            let early = await bench.send("GET", "/v1.0/healthz")
            #expect(early.status == 500)
            try await app.serve(connecting: bench.sidecar) {
                try await eventually { app.data("/t") == ["early"] }
                let late = await bench.send("GET", "/v1.0/healthz")
                #expect(late.status == 204)
                #expect(app.callbacks("/dapr/subscribe").count == 1)
                await bench.sidecar.shutDown()
            }
        }
    }
}
