import CivilTime
import ErrandCore
import FakeSidecar
import Testing

@Suite struct DeliveryTests {
    private let broker = FakeBroker()

    private func subscribe(_ options: inout SidecarOptions) {
        options.subscriptions = [Subscription(topic: "t", route: "/events/t", deadLetterTopic: "dlq")]
    }

    @Test func `an event comes chunked with its token and where it was kept`() async throws {
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker),
            {
                subscribe(&$0)
                $0.appToken = "s3cret"
            }
        ) { bench in
            let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            let path = "/v1.0/publish/pubsub/t?metadata.partitionKey=u1&metadata.Tenant=blue"
            let answer = await bench.send("POST", path, "hello", ["traceparent": trace])
            #expect(answer.status == 204)
            try await bench.drained("t", of: broker)
            let callback = try #require(bench.app.callbacks("/events/t").first)
            let record = try #require(broker.records(in: "t").first)
            #expect(callback.method == "POST")
            #expect(callback.header("content-type") == "application/cloudevents+json")
            #expect(callback.header("content-length") == nil)
            #expect(callback.header("transfer-encoding") == "chunked")
            #expect(callback.header("dapr-api-token") == "s3cret")
            #expect(callback.header("traceparent") == trace)
            #expect(callback.header("pubsubname") == "pubsub")
            #expect(callback.header("tenant") == "blue")
            #expect(callback.header("__key") == "u1")
            #expect(callback.header("__topic") == "t")
            #expect(callback.header("__partition") == String(record.partition))
            #expect(callback.header("__offset") == "0")
            #expect(callback.header("__timestamp") == String(record.writtenAt.milliseconds))
            #expect(callback.body == record.value)
        }
    }

    @Test func `a partition is delivered one by one and partitions side by side`() async throws {
        let running = Counter()
        let peaks = Counter()
        let app = TinyApp { callback in
            let partition = callback.header("__partition") ?? "?"
            if running.count(partition) > 1 { peaks.count(partition) }
            if running.count("all") > 1 { peaks.count("all") }
            try? await Task.sleep(for: .milliseconds(5))
            running.add(-1, to: partition)
            running.add(-1, to: "all")
            return .ok
        }
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            for number in 0..<10 {
                for key in ["a", "b", "c", "d", "e", "f"] { await bench.publish("\(key)\(number)", to: "t", key: key) }
            }
            try await bench.drained("t", of: broker)
            let data = bench.app.data("/events/t")
            #expect(data.count == 60)
            for key in ["a", "b", "c", "d", "e", "f"] {
                #expect(data.filter { $0.hasPrefix(key) } == (0..<10).map { "\(key)\($0)" })
                let partitions = bench.app.callbacks("/events/t").filter { $0.header("__key") == key }
                    .map { $0.header("__partition") }
                #expect(Set(partitions).count == 1)
            }
            for partition in 0..<4 { #expect(peaks["\(partition)"] == 0) }
            #expect(peaks["all"] > 0)
        }
    }

    /// What the app answers at first, and what becomes of the event: tries, dead letters.
    @Test(arguments: [
        (TinyApp.Reply.ok, 1, 0),
        (.status(204), 1, 0),
        (TinyApp.Reply(body: "fine"), 1, 0),
        (TinyApp.Reply(body: "{}"), 1, 0),
        (.says("SUCCESS"), 1, 0),
        (.says("DROP"), 1, 1),
        (.status(404), 1, 1),
        (.says("RETRY"), 2, 0),
        (.says("LATER"), 2, 0),
        (.status(503), 2, 0),
        (.status(302), 2, 0),
        (.status(422), 1, 1),
    ])
    func `an answer means what the contract says`(reply: TinyApp.Reply, tries: Int, deadLetters: Int) async throws {
        let counter = Counter()
        let app = TinyApp { _ in counter.count() == 1 ? reply : .ok }
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker), app: app,
            {
                subscribe(&$0)
                $0.retries.retriedStatuses = [300...399, 500...599]
            }
        ) { bench in
            await bench.publish("one", to: "t")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t").count == tries)
            #expect(broker.records(in: "dlq").count == deadLetters)
        }
    }

    @Test func `what keeps failing becomes a dead letter as it was and lets the next one pass`() async throws {
        let app = TinyApp { $0.json["data"] == "poison" ? .status(500) : .ok }
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            await bench.publish("poison", "next", to: "t", key: "u1")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == ["poison", "poison", "poison", "poison", "next"])
            let letter = try #require(broker.records(in: "dlq").first)
            let record = try #require(broker.records(in: "t").first)
            #expect(letter.value == record.value)
            #expect(letter.key == record.key)
            #expect(letter.headers == record.headers)
            #expect(broker.records(in: "dlq").count == 1)
        }
    }

    @Test func `without a dead letter topic an event holds its partition up until it is taken`() async throws {
        let counter = Counter()
        let app = TinyApp { callback in
            callback.json["data"] == "slow" && counter.count() < 12 ? .status(500) : .ok
        }
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker), app: app,
            {
                $0.subscriptions = [Subscription(topic: "t", route: "/events/t")]
                $0.redeliveryPause = .milliseconds(10)
                $0.retries.pause = .milliseconds(1)
            }
        ) { bench in
            await bench.publish("slow", "next", to: "t")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == Array(repeating: "slow", count: 12) + ["next"])
        }
    }

    @Test func `a dead letter topic out of scope makes an event come for ever`() async throws {
        let app = TinyApp { _ in .says("DROP") }
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker), app: app,
            {
                subscribe(&$0)
                $0.pubSubs = [PubSubComponent("pubsub", publishingScope: ["t"])]
                $0.redeliveryPause = .milliseconds(5)
            }
        ) { bench in
            await bench.publish("one", to: "t")
            try await eventually { bench.app.data("/events/t").count > 3 }
            #expect(broker.lag(group: "app", topic: "t") == 1)
            #expect(broker.records(in: "dlq").isEmpty)
        }
    }

    @Test func `an event that is late or no event is not delivered`() async throws {
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), subscribe) { bench in
            let raw = await bench.send("POST", "/v1.0/publish/pubsub/t?metadata.rawPayload=true", "no event")
            #expect(raw.status == 204)
            let late = #"{"id":"late","expiration":"2001-01-01T00:00:00Z"}"#
            let answer = await bench.send(
                "POST", "/v1.0/publish/pubsub/t", late, ["Content-Type": "application/cloudevents+json"]
            )
            #expect(answer.status == 204)
            try await bench.drained("t", of: broker)
            #expect(bench.app.callbacks("/events/t").isEmpty)
            #expect(broker.records(in: "dlq").count == 2)
        }
    }

    @Test func `callbacks can carry a wrong token or none`() async throws {
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker),
            {
                subscribe(&$0)
                $0.appToken = "s3cret"
            }
        ) { bench in
            for (token, text) in [(FaultSettings.CallbackToken.wrong, "a"), (.missing, "b"), (.right, "c")] {
                bench.sidecar.faults.callbackToken = token
                await bench.publish(text, to: "t")
                try await bench.drained("t", of: broker)
            }
            let tokens = bench.app.callbacks("/events/t").map { $0.header("dapr-api-token") }
            #expect(tokens == ["not-the-token", nil, "s3cret"])
        }
    }
}
