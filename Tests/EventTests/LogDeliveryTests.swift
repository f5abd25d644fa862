import CivilTime
import ErrandCore
import EventDelivery
import TestSupport
import Testing

@Suite struct LogDeliveryTests {
    @Test func `events are handled in order, once, and nothing is left`() async throws {
        try await EventStore.with { store in
            for number in 1...450 { try await store.add("Task \(number)") }
            let consumer = RecordingConsumer()
            let reports = try await store.deliver(to: consumer)
            #expect(reports.map(\.handled.count) == [200, 200, 50])
            #expect(reports.first?.lag == 450)
            let ids = try await store.events().map(\.event.id)
            #expect(try await consumer.effects(in: store) == ids)
            #expect(try await store.deliver(to: consumer).map(\.handled.count) == [0])
            #expect(try await consumer.effects(in: store) == ids)
        }
    }

    @Test func `a consumer gets the types it asks for, and its place follows the log`() async throws {
        try await EventStore.with { store in
            for number in 1...1_001 { try await store.add("Task \(number)") }
            let consumer = RecordingConsumer(types: ["task.completed"])
            #expect(try await store.deliver(to: consumer).flatMap(\.handled).isEmpty)
            let place = try await store.read { (transaction) throws(ErrandError) in
                try transaction.consumers.progress(of: consumer.role.rawValue).place
            }
            #expect(place == (try await store.events().last?.sequence))
        }
    }

    @Test func `one that fails is tried again after growing pauses, then put aside; the others go on`() async throws {
        try await EventStore.with { store in
            for number in 1...20 { try await store.add("Task \(number)") }
            let events = try await store.events()
            let consumer = RecordingConsumer()
            consumer.fail(on: [events[6].event.id])
            var pauses: [Duration] = []
            var letters: [DeliveryReport.Failure] = []
            for _ in 0..<10 {
                for report in try await store.deliver(to: consumer) {
                    letters += report.deadLetters
                    if let retryAt = report.retryAt, report.failure != nil {
                        pauses.append(retryAt - store.environment.now())
                        #expect(try await consumer.effects(in: store) == events[..<6].map(\.event.id))
                        store.clock.set(retryAt)
                    }
                }
            }
            #expect(pauses == [100, 400, 1_600, 6_400].map { Duration.milliseconds($0) })
            #expect(letters.map(\.event.id) == [events[6].event.id])
            #expect(letters.map(\.reason) == ["It is broken."])
            #expect(letters.map(\.attempts) == [5])
            let rest = events.map(\.event.id).filter { $0 != events[6].event.id }
            #expect(try await consumer.effects(in: store) == rest)
        }
    }

    @Test func `before its pause is over, a failed event is left alone`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let consumer = RecordingConsumer()
            consumer.fail(on: [try #require(try await store.events().first).event.id])
            #expect(try await store.deliver(to: consumer).last?.failure?.attempts == 1)
            #expect(try await store.deliver(to: consumer).last?.failure == nil)
            consumer.fail(on: [])
            #expect(try await store.deliver(to: consumer).last?.handled.count == 0)
            store.clock.set(store.environment.now() + .milliseconds(100))
            #expect(try await store.deliver(to: consumer).last?.handled.count == 1)
        }
    }

    @Test func `a database that refuses one event again and again does not hold up the others`() async throws {
        try await EventStore.with { store in
            for number in 1...3 { try await store.add("Task \(number)") }
            let events = try await store.events()
            let consumer = RecordingConsumer(failure: .unavailable)
            consumer.fail(on: [events[1].event.id])
            for _ in 0..<6 {
                try await store.deliver(to: consumer)
                store.clock.set(store.environment.now() + .minutes(1))
            }
            #expect(try await consumer.effects(in: store) == [events[0].event.id, events[2].event.id])
        }
    }

    @Test func `a dead letter is replayed when asked for, and goes when it succeeds`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let event = try #require(try await store.events().first)
            let consumer = RecordingConsumer()
            let name = consumer.role.rawValue
            consumer.fail(on: [event.event.id])
            var policy = DeliveryPolicy()
            policy.attemptsMax = 1
            let first = try await store.deliver(to: consumer, policy: policy)
            #expect(first.flatMap(\.deadLetters).count == 1)
            @Sendable func ask() async throws -> Int {
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.consumers.requestReplay(of: name, event: nil)
                }
            }
            func letters() async throws -> Int {
                try await store.read { (transaction) throws(ErrandError) in
                    try transaction.consumers.deadLetters(of: name, toReplay: false, limit: 9).count
                }
            }
            #expect(try await ask() == 1)
            #expect(try await store.deliver(to: consumer, policy: policy).flatMap(\.deadLetters).count == 1)
            #expect(try await letters() == 1, "it failed once more and is kept")
            consumer.fail(on: [])
            #expect(try await store.deliver(to: consumer, policy: policy).flatMap(\.handled).isEmpty)
            #expect(try await ask() == 1)
            #expect(try await store.deliver(to: consumer, policy: policy).flatMap(\.handled).count == 1)
            #expect(try await letters() == 0)
            #expect(try await consumer.effects(in: store) == [event.event.id])
        }
    }
}
