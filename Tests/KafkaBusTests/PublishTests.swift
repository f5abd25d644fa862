import CKafka
import ErrandCore
import KafkaBus
import KafkaMock
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PublishTests {
    @Test func `records of one key stay in order, in one of several partitions`() async throws {
        try await KafkaStage.with(users: 3) { stage in
            var maker = EventMaker()
            let events = maker.rounds(20, of: .make(12), by: stage.users)
            try await stage.withBus { bus in
                for start in stride(from: 0, to: events.count, by: 50) {
                    try await bus.publish(Array(events[start..<min(start + 50, events.count)]))
                }
            }
            for topic in [Topic.taskEvents, .taskUpdates] {
                let messages = events.flatMap { EventMessage.all(of: $0) }.filter { $0.topic == topic }
                let records = await stage.kafka.records(of: topic.rawValue)
                #expect(records.count == messages.count)
                let expected = Dictionary(grouping: messages, by: \.key).mapValues { $0.map(\.cloudEvent) }
                #expect(Dictionary(grouping: records, by: \.key).mapValues { $0.map(\.value) } == expected)
                #expect(records.allSatisfy { $0.headers == ["content-type": "application/cloudevents+json"] })
                let places = Dictionary(grouping: records, by: \.key).mapValues { Set($0.map(\.partition)) }
                #expect(places.values.allSatisfy { $0.count == 1 })
            }
            let used = Set(await stage.kafka.records(of: Topic.taskEvents.rawValue).map(\.partition))
            #expect(used.count > 1)
        }
    }

    @Test func `while brokers are away publishing fails in time, and works again without a restart`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let tasks = [TaskID].make(4)
            let (first, second) = (
                maker.rounds(1, of: tasks, by: stage.users), maker.rounds(2, of: tasks, by: stage.users)
            )
            try await stage.withBus(deliveryTimeout: .seconds(2)) { bus in
                try await bus.publish(first)
                stage.kafka.goDown()
                let start = ContinuousClock.now
                for _ in 0..<2 { await #expect(throws: ErrandError.unavailable) { try await bus.publish(second) } }
                let passed = ContinuousClock.now - start
                #expect(passed >= .seconds(4) && passed < .seconds(10))
                stage.kafka.comeUp()
                while true {
                    do {
                        try await bus.publish(second)
                        break
                    } catch ErrandError.unavailable {
                        try Task.checkCancellation()
                    }
                }
            }
            let order = try await firstOccurrences(in: stage)
            #expect(order == (first + second).map(\.event).byTask)
        }
    }

    @Test(arguments: [
        RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_INVALID_RECORD,
        RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
    ])
    func `what brokers refuse fails as a whole, and works the next time`(error: rd_kafka_resp_err_t) async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(10, of: .make(8), by: stage.users)
            try await stage.withBus(deliveryTimeout: .seconds(5)) { bus in
                try await bus.publish(Array(events[..<8]))
                stage.kafka.fail(.produce, with: [error])
                await #expect(throws: ErrandError.unavailable) { try await bus.publish(Array(events[8...])) }
                try await bus.publish(Array(events[8...]))
            }
            #expect(try await firstOccurrences(in: stage) == events.map(\.event).byTask)
        }
    }

    @Test func `after the bus is closed nothing is published`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let event = maker.updated(.make(), of: stage.users[0])
            try await stage.withBus { bus in
                await bus.close()
                await #expect(throws: ErrandError.unavailable) { try await bus.publish([event]) }
            }
            #expect(await stage.kafka.records(of: Topic.taskEvents.rawValue).isEmpty)
        }
    }

    /// The events of each task in the topic, repetitions left out as consumers do it.
    private func firstOccurrences(in stage: KafkaStage) async throws -> [TaskID: [EventID]] {
        var known: Set<EventID> = []
        let events = try await stage.kafka.records(of: Topic.taskEvents.rawValue)
            .map { try Event(cloudEvent: try JSONValue.parse($0.value)) }
        return events.filter { known.insert($0.id).inserted }.byTask
    }
}
