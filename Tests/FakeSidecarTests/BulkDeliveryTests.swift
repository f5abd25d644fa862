import ErrandCore
import FakeSidecar
import Testing

@Suite struct BulkDeliveryTests {
    private let broker = FakeBroker(partitions: 1)

    private func subscribe(_ options: inout SidecarOptions) {
        options.subscriptions = [
            Subscription(
                topic: "t", route: "/events/t", deadLetterTopic: "dlq",
                bulk: Subscription.Bulk(maxMessagesCount: 3, maxAwaitDurationMs: 100)
            )
        ]
        options.retries.pause = .milliseconds(5)
    }

    /// Statuses by the data of the entries; entries without one are not named in the answer.
    private static func reply(_ callback: TinyApp.Callback, _ statuses: [String: String]) -> TinyApp.Reply {
        let entries = callback.json["entries"]?.array ?? []
        let lines = entries.compactMap { entry -> JSONValue? in
            guard let id = entry["entryId"], let status = statuses[entry["event"]?["data"]?.string ?? ""] else {
                return nil
            }
            return ["entryId": id, "status": .string(status)]
        }
        return TinyApp.Reply(body: JSONValue.object(["statuses": .array(lines)]).text)
    }

    private static func batches(_ app: TinyApp) -> [[String]] {
        app.callbacks("/events/t").map { callback in
            (callback.json["entries"]?.array ?? []).map { $0["event"]?["data"]?.string ?? "?" }
        }
    }

    @Test func `a batch holds whole events with their metadata`() async throws {
        let app = TinyApp { BulkDeliveryTests.reply($0, ["a": "SUCCESS", "b": "SUCCESS", "c": "SUCCESS"]) }
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            await bench.publish("a", "b", "c", to: "t", key: "u1")
            try await bench.drained("t", of: broker)
            let callback = try #require(bench.app.callbacks("/events/t").first)
            #expect(callback.json["type"] == "com.dapr.event.sent.bulk")
            #expect(callback.json["topic"] == "t")
            #expect(callback.json["pubsubname"] == "pubsub")
            let entry = try #require(callback.json["entries"]?.array?.first)
            #expect(entry["contentType"] == "application/cloudevents+json")
            #expect(entry["event"]?["data"] == "a")
            #expect(entry["metadata"]?["__key"] == "u1")
            #expect(entry["metadata"]?["__offset"] == "0")
            #expect(BulkDeliveryTests.batches(app).flatMap { $0 } == ["a", "b", "c"])
            #expect(BulkDeliveryTests.batches(app).allSatisfy { $0.count <= 3 })
        }
    }

    @Test func `from the first failure on everything comes again`() async throws {
        let tries = Counter()
        let app = TinyApp { callback in
            let isFirst = tries.count() == 1
            return BulkDeliveryTests.reply(
                callback, ["a": "SUCCESS", "b": isFirst ? "RETRY" : "SUCCESS", "c": "SUCCESS"]
            )
        }
        for text in ["a", "b", "c"] { try await write(text) }
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            try await bench.drained("t", of: broker)
            #expect(BulkDeliveryTests.batches(app) == [["a", "b", "c"], ["b", "c"]])
            #expect(broker.records(in: "dlq").isEmpty)
        }
    }

    /// What is said of the second entry at first, how often it comes, and whether it becomes a dead letter.
    @Test(arguments: [("", 2, 0), ("MAYBE", 2, 0), ("DROP", 1, 1), ("RETRY", 2, 0)])
    func `an entry that is not confirmed comes again`(status: String, times: Int, letters: Int) async throws {
        let tries = Counter()
        let app = TinyApp { callback in
            var statuses = ["a": "SUCCESS", "b": status, "c": "SUCCESS"]
            if tries.count() > 1 { statuses["b"] = "SUCCESS" }
            if statuses["b"] == "" { statuses["b"] = nil }
            return BulkDeliveryTests.reply(callback, statuses)
        }
        for text in ["a", "b", "c"] { try await write(text) }
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            try await bench.drained("t", of: broker)
            #expect(BulkDeliveryTests.batches(app).flatMap { $0 }.filter { $0 == "b" }.count == times)
            #expect(broker.records(in: "dlq").count == letters)
        }
    }

    @Test(arguments: [(TinyApp.Reply.ok, 4), (.status(500), 4), (.status(404), 1), (TinyApp.Reply(body: "fine"), 4)])
    func `an answer without statuses fails or drops the whole batch`(reply: TinyApp.Reply, tries: Int) async throws {
        for text in ["a", "b", "c"] { try await write(text) }
        let (broker, app) = (broker, TinyApp { _ in reply })
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            try await bench.drained("t", of: broker)
            #expect(BulkDeliveryTests.batches(app) == Array(repeating: ["a", "b", "c"], count: tries))
            #expect(broker.records(in: "dlq").count == 3)
        }
    }

    private func write(_ text: String) async throws {
        let event: JSONValue = ["specversion": "1.0", "id": .string(text), "data": .string(text)]
        _ = try await broker.append(NewRecord(key: "k", value: event.serialized()), to: "t")
    }
}
