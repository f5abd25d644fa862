import ErrandCore
import FakeSidecar
import Testing

@Suite struct ShutdownTests {
    private let broker = FakeBroker(partitions: 1)

    @Test func `deliveries end first, what is in hand is finished, and publishing works for a while`() async throws {
        let (started, release) = (Counter(), Counter())
        let app = TinyApp { _ in
            started.count()
            while release[""] == 0, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
            return .ok
        }
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker), app: app,
            {
                $0.subscriptions = [Subscription(topic: "t", route: "/events/t")]
                $0.blockTime = .milliseconds(500)
                $0.commitInterval = .seconds(60)
            }
        ) { bench in
            await bench.publish("in hand", "next", to: "t")
            try await eventually { started[""] == 1 }
            await bench.sidecar.shutDown()
            await bench.publish("more", to: "t")
            release.count()
            try await eventually { broker.committed(group: "app", topic: "t") == [1] }
            let during = await bench.send("POST", "/v1.0/publish/pubsub/t", "x")
            #expect(during.status == 204)
            try await eventually { await bench.send("GET", "/v1.0/healthz/outbound").status == 0 }
            #expect(bench.app.data("/events/t") == ["in hand"])
            #expect(broker.lag(group: "app", topic: "t") == 3)
        }
    }

    @Test func `what fails at a shutdown is no dead letter but comes again`() async throws {
        let (started, release) = (Counter(), Counter())
        let app = TinyApp { _ in
            started.count()
            try? await eventually { release[""] > 0 }
            return .status(500)
        }
        let broker = broker
        let cluster = FakeCluster(broker: broker)
        func configure(_ options: inout SidecarOptions) {
            options.subscriptions = [Subscription(topic: "t", route: "/events/t", deadLetterTopic: "dlq")]
            options.retries = RetryPolicy(maxRetries: 0, pause: .zero)
        }
        try await Bench.with(on: cluster, app: app, configure) { bench in
            await bench.publish("one", to: "t")
            try await eventually { started[""] == 1 }
            let stopped = await bench.send("POST", "/v1.0/shutdown")
            #expect(stopped.status == 204)
            release.count()
            try await eventually { await bench.send("GET", "/v1.0/healthz/outbound").status == 0 }
        }
        #expect(broker.records(in: "dlq").isEmpty)
        try await Bench.with(on: cluster, configure) { bench in
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == ["one"])
        }
    }

    @Test func `a sidecar that is killed leaves what it had not committed`() async throws {
        let broker = broker
        let cluster = FakeCluster(broker: broker)
        func configure(_ options: inout SidecarOptions) {
            options.subscriptions = [Subscription(topic: "t", route: "/events/t")]
            options.commitInterval = .seconds(60)
        }
        for _ in 0..<2 {
            try await Bench.with(on: cluster, configure) { bench in
                if broker.records(in: "t").isEmpty { await bench.publish("one", "two", to: "t") }
                try await bench.drained("t", of: broker)
                #expect(bench.app.data("/events/t") == ["one", "two"])
            }
            #expect(broker.committed(group: "app", topic: "t") == [0])
        }
    }
}
