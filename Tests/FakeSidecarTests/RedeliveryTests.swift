import ErrandCore
import FakeSidecar
import Testing

@Suite struct RedeliveryTests {
    private let broker = FakeBroker(partitions: 1)

    private func subscribe(_ options: inout SidecarOptions) {
        options.subscriptions = [Subscription(topic: "t", route: "/events/t", deadLetterTopic: "dlq")]
    }

    @Test func `what took too long comes again although it was handled`() async throws {
        let (started, handled) = (Counter(), Counter())
        let app = TinyApp { callback in
            // The first is at it until the second comes.
            if started.count() == 1 { try? await eventually { started[""] > 1 } }
            handled.count()
            return .ok
        }
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            bench.sidecar.faults.deliveryTimeout = .milliseconds(100)
            await bench.publish("one", to: "t")
            try await eventually { started[""] == 1 }
            bench.sidecar.faults.deliveryTimeout = nil
            try await bench.drained("t", of: broker)
            try await eventually { handled[""] == 2 }
            #expect(bench.app.data("/events/t") == ["one", "one"])
            #expect(broker.records(in: "dlq").isEmpty)
        }
    }

    @Test func `an answer that is lost makes the event come again`() async throws {
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), subscribe) { bench in
            bench.sidecar.faults.deliveryAnswerLost = .next(2)
            await bench.publish("one", "two", to: "t")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == ["one", "one", "one", "two"])
        }
    }

    /// An app that answers `one` only when it has it twice.
    private static func meeting(
        _ started: Counter, _ met: Counter
    ) -> @Sendable (TinyApp.Callback) async -> TinyApp.Reply {
        { callback in
            guard callback.json["data"] == "one" else { return .ok }
            started.count()
            try? await eventually { started[""] > 1 }
            if started[""] == 2 { met.count() }
            return .ok
        }
    }

    @Test func `an event comes twice at the same time`() async throws {
        let met = Counter()
        let (broker, app) = (broker, TinyApp(RedeliveryTests.meeting(Counter(), met)))
        try await Bench.with(on: FakeCluster(broker: broker), app: app, subscribe) { bench in
            bench.sidecar.faults.deliveredTwice = .next(1)
            await bench.publish("one", "two", to: "t")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == ["one", "one", "two"])
            #expect(met[""] == 2)
        }
    }

    @Test func `a probability is a share of the events`() async throws {
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), subscribe) { bench in
            bench.sidecar.faults.deliveredTwice = .probability(0.5)
            for number in 0..<40 { await bench.publish("\(number)", to: "t") }
            try await bench.drained("t", of: broker)
            let count = bench.app.data("/events/t").count
            #expect(45...75 ~= count)
            bench.sidecar.faults.clear()
            await bench.publish("last", to: "t")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t").count == count + 1)
        }
    }

    @Test func `a crash brings back what was not committed`() async throws {
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker),
            {
                subscribe(&$0)
                $0.commitInterval = .seconds(60)
            }
        ) { bench in
            await bench.publish("one", to: "t")
            try await bench.drained("t", of: broker)
            await bench.sidecar.commit()
            await bench.publish("two", "three", to: "t")
            try await bench.drained("t", of: broker)
            #expect(broker.committed(group: "app", topic: "t") == [1])
            await bench.sidecar.crash()
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == ["one", "two", "three", "two", "three"])
        }
    }

    @Test func `offsets are committed after a while`() async throws {
        let broker = broker
        try await Bench.with(
            on: FakeCluster(broker: broker),
            {
                subscribe(&$0)
                $0.commitInterval = .milliseconds(20)
            }
        ) { bench in
            await bench.publish("one", "two", to: "t")
            try await eventually { broker.committed(group: "app", topic: "t") == [2] }
            await bench.sidecar.crash()
            await bench.publish("three", to: "t")
            try await bench.drained("t", of: broker)
            #expect(bench.app.data("/events/t") == ["one", "two", "three"])
        }
    }

    @Test func `a partition that moves has its event delivered by both at once`() async throws {
        let (started, met) = (Counter(), Counter())
        let reply = RedeliveryTests.meeting(started, met)
        let (broker, first, second) = (broker, TinyApp(reply), TinyApp(reply))
        let cluster = FakeCluster(broker: broker)
        try await Bench.with(on: cluster, app: first, subscribe) { bench in
            try await Bench.with(on: cluster, app: second, subscribe) { _ in
                await bench.publish("one", to: "t")
                try await eventually { started[""] == 1 }
                broker.rebalance(group: "app", topic: "t")
                try await bench.drained("t", of: broker)
                #expect(first.data("/events/t") == ["one"])
                #expect(second.data("/events/t") == ["one"])
                try await eventually { met[""] == 2 }
            }
        }
    }

    @Test func `replicas share partitions, and one that is killed leaves its share to the others`() async throws {
        let broker = FakeBroker(partitions: 4)
        let cluster = FakeCluster(broker: broker)
        let (first, second) = (TinyApp(), TinyApp())
        try await Bench.with(on: cluster, app: first, subscribe) { bench in
            try await Bench.with(on: cluster, app: second, subscribe) { _ in
                try await eventually {
                    for key in 0..<8 { await bench.publish("e", to: "t", key: "\(key)") }
                    try await bench.drained("t", of: broker)
                    return !first.data("/events/t").isEmpty && !second.data("/events/t").isEmpty
                }
            }
            let (published, before) = (broker.records(in: "t").count, second.data("/events/t").count)
            for key in 0..<8 { await bench.publish("late", to: "t", key: "\(key)") }
            try await bench.drained("t", of: broker)
            #expect(broker.records(in: "t").count == published + 8)
            // What is in hand when partitions change hands comes again.
            #expect(first.data("/events/t").filter { $0 == "late" }.count >= 8)
            #expect(second.data("/events/t").count == before)
        }
    }

    @Test func `a component for every replica reaches all of them from now on`() async throws {
        let cluster = FakeCluster(broker: broker)
        @Sendable func live(_ options: inout SidecarOptions) {
            options.pubSubs = [PubSubComponent("pubsub", consumers: .everyReplica, initialOffset: .newest)]
            subscribe(&options)
        }
        let (broker, first, second) = (broker, TinyApp(), TinyApp())
        _ = try await broker.append(NewRecord(key: nil, value: Array(#"{"data":"old"}"#.utf8)), to: "t")
        try await Bench.with(on: cluster, app: first, live) { bench in
            try await Bench.with(on: cluster, app: second, live) { _ in
                try await eventually { broker.groups(reading: "t").count == 2 }
                await bench.publish("new", to: "t")
                try await eventually { first.data("/events/t") == ["new"] && second.data("/events/t") == ["new"] }
                #expect(broker.groups(reading: "t").allSatisfy { $0.hasPrefix("live-") })
            }
        }
    }
}
