import CKafka
import ErrandCore
import EventDelivery
import KafkaBus
import KafkaMock
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ConsumeTests {
    @Test func `what comes again after a crash has no second effect`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(5, of: .make(8), by: stage.users)
            try await stage.publish(events)
            // As after a crash: no commit gets through.
            stage.kafka.fail(
                .offsetCommit, with: Array(repeating: RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, count: 1_000)
            )
            let (first, second) = (RecordingConsumer(), RecordingConsumer())
            let (firstLog, secondLog) = (DeliveryLog(), DeliveryLog())
            try await stage.running(first, firstLog) { try await firstLog.handled(events.count) }
            stage.kafka.stopFailing(.offsetCommit)
            try await stage.running(second, secondLog) { try await secondLog.handled(events.count) }
            #expect(first.effects.byTask == events.map(\.event).byTask)
            #expect(second.effects.isEmpty)
            #expect(try await stage.effects().count == events.count)
        }
    }

    @Test func `after a clean end nothing comes again`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let tasks = [TaskID].make(16)
            let (before, after) = (
                maker.rounds(3, of: tasks, by: stage.users), maker.rounds(1, of: tasks, by: stage.users)
            )
            try await stage.publish(before)
            let (firstLog, secondLog) = (DeliveryLog(), DeliveryLog())
            try await stage.running(RecordingConsumer(), firstLog) { try await firstLog.handled(before.count) }
            #expect(firstLog.sum.value.lastLag == 0)
            // In every partition that has a repetition, it would come before these.
            try await stage.publish(after)
            try await stage.running(RecordingConsumer(), secondLog) { try await secondLog.handled(after.count) }
            #expect(Set(secondLog.sum.value.handled) == Set(after.ids))
            #expect(secondLog.sum.value.handled.count == after.count)
        }
    }

    @Test func `an event that has to wait holds up its partition and no other, and keeps its order`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(10, of: .make(16), by: stage.users)
            try await stage.publish(events)
            let records = await stage.kafka.records(of: Topic.taskEvents.rawValue)
            let key = events[0].event.subject.id
            let partition = try #require(records.first { $0.key == key.description }).partition
            let held = Set(records.filter { $0.partition == partition }.map(\.key))
            let others = events.filter { !held.contains($0.event.subject.id.description) }
            #expect(!others.isEmpty)
            let (consumer, log) = (RecordingConsumer(), DeliveryLog())
            consumer.fail(on: events[0].event.id, with: .unavailable)
            try await stage.running(consumer, log) {
                let sum = try await log.sum.until { $0.failures >= 3 && $0.handled.count >= others.count }
                let early = Set(sum.handled)
                #expect(early.isSuperset(of: others.ids))
                #expect(
                    !early.contains(where: { id in events.contains { $0.event.id == id && $0.event.subject.id == key } }
                    ))
                #expect(sum.deadLetters.isEmpty)
                consumer.fail(on: events[0].event.id, with: nil)
                try await log.handled(events.count)
            }
            #expect(consumer.effects.byTask == events.map(\.event).byTask)
        }
    }

    @Test func `how much waits is told by topic, while it does and when it does no more`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(10, of: .make(1), by: stage.users)
            try await stage.publish(events)
            let (consumer, log) = (RecordingConsumer(), DeliveryLog())
            consumer.fail(on: events[3].event.id, with: .unavailable)
            try await stage.running(consumer, log) {
                try await log.sum.until { $0.lags == [.taskEvents: 7, .reminders: 0] }
                consumer.fail(on: events[3].event.id, with: nil)
                try await log.handled(events.count)
                try await log.sum.until { $0.lags == [.taskEvents: 0, .reminders: 0] }
            }
        }
    }

    @Test func `what cannot be handled becomes a dead letter, and its partition goes on`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(3, of: .make(1), by: stage.users)
            let topic = Topic.taskEvents.rawValue
            try await stage.publish([events[0]])
            let place = try #require(await stage.kafka.records(of: topic).first).partition
            await stage.kafka.append("{\"half", key: "some-key", to: topic, partition: place)
            try await stage.publish(Array(events[1...]))
            let (consumer, log) = (RecordingConsumer(), DeliveryLog())
            consumer.fail(on: events[1].event.id, with: .malformedEvent("It is broken."))
            try await stage.running(consumer, log) { try await log.handled(2) }
            #expect(consumer.effects.map(\.id) == [events[0], events[2]].ids)
            #expect(log.sum.value.deadLetters.map(\.event.id) == [events[1].event.id])
            #expect(log.sum.value.unreadable == 1)
            let letters = await stage.kafka.records(of: Topic.deadLetters(of: .notificationService))
            #expect(letters.map(\.key) == ["some-key", events[1].event.subject.id.description])
            #expect(letters.map(\.value) == ["{\"half", EventMessage.all(of: events[1])[0].cloudEvent])
            let origin = ["errand-topic": topic, "errand-partition": "\(place)"]
            let reasons = ["The record is not JSON.", "It is broken."]
            for (index, letter) in letters.enumerated() {
                let rest = ["errand-offset": "\(index + 1)", "errand-reason": reasons[index]]
                #expect(letter.headers == origin.merging(rest) { $1 })
            }
        }
    }

    @Test func `while the database is away nothing becomes a dead letter, and all is handled later`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(10, of: .make(8), by: stage.users)
            stage.store.isAvailable = false
            try await stage.publish(events)
            let (consumer, log) = (RecordingConsumer(), DeliveryLog())
            try await stage.running(consumer, log) {
                // More often than an event may fail that is at fault itself.
                let sum = try await log.sum.until { $0.failures > DeliveryPolicy().attemptsMax }
                #expect(sum.handled.isEmpty)
                stage.store.isAvailable = true
                try await log.handled(events.count)
            }
            #expect(log.sum.value.deadLetters.isEmpty)
            #expect(consumer.effects.byTask == events.map(\.event).byTask)
            #expect(await stage.kafka.records(of: Topic.deadLetters(of: .notificationService)).isEmpty)
        }
    }

    @Test func `members share the partitions, and nothing is lost when one leaves`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let tasks = [TaskID].make(32)
            let (consumer, firstLog, secondLog) = (RecordingConsumer(), DeliveryLog(), DeliveryLog())
            var events: [StoredEvent] = []
            @discardableResult
            func publishMore() async throws -> Set<EventID> {
                let more = maker.rounds(2, of: tasks, by: stage.users)
                try await stage.publish(more)
                events += more
                let count = events.count
                try await consumer.handled.until { $0.count >= count }
                return Set(more.ids)
            }
            try await stage.running(consumer, firstLog) {
                try await publishMore()
                try await stage.running(consumer, secondLog) {
                    while secondLog.sum.value.handled.isEmpty { try await publishMore() }
                    let shared = try await publishMore()
                    for log in [firstLog, secondLog] {
                        try await log.sum.until { !shared.isDisjoint(with: $0.handled) }
                    }
                }
                try await publishMore()
            }
            #expect(consumer.effects.byTask == events.map(\.event).byTask)
            #expect(try await stage.effects().count == events.count)
        }
    }

    @Test func `a consumer that ends in the middle of its work leaves the rest to the next`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(20, of: .make(32), by: stage.users)
            try await stage.publish(events)
            let (consumer, ends) = (RecordingConsumer(), 3)
            for turn in 1...ends {
                let log = DeliveryLog()
                // The last one stays until all is done.
                let least = turn == ends ? events.count : events.count * turn / (2 * ends)
                try await stage.running(consumer, log) {
                    while consumer.effects.count < least { try await Task.sleep(for: .milliseconds(1)) }
                }
            }
            #expect(consumer.effects.byTask == events.map(\.event).byTask)
        }
    }

    @Test func `a consumer goes on by itself when brokers were away`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let tasks = [TaskID].make(8)
            let (consumer, log) = (RecordingConsumer(), DeliveryLog())
            let (before, after) = (
                maker.rounds(1, of: tasks, by: stage.users), maker.rounds(3, of: tasks, by: stage.users)
            )
            try await stage.publish(before)
            try await stage.running(consumer, log) {
                try await log.handled(before.count)
                stage.kafka.goDown()
                try await stage.withBus(deliveryTimeout: .seconds(1)) { bus in
                    await #expect(throws: ErrandError.unavailable) { try await bus.publish(after) }
                }
                stage.kafka.comeUp()
                try await stage.publish(after)
                try await log.handled(before.count + after.count)
            }
            #expect(consumer.effects.byTask == (before + after).map(\.event).byTask)
        }
    }

    @Test func `a consumer ends in time while brokers are away`() async throws {
        try await KafkaStage.with { stage in
            var maker = EventMaker()
            let events = maker.rounds(1, of: .make(8), by: stage.users)
            let log = DeliveryLog()
            try await stage.publish(events)
            var end = ContinuousClock.now
            try await stage.running(RecordingConsumer(), log) {
                try await log.handled(events.count)
                stage.kafka.goDown()
                end = .now
            }
            // A commit is tried for five seconds, leaving the group for ten.
            #expect(ContinuousClock.now - end < .seconds(16))
        }
    }
}
