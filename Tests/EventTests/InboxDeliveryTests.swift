import CivilTime
import ErrandCore
import EventDelivery
import TestSupport
import Testing

@Suite struct InboxDeliveryTests {
    @Test func `an event from outside has its effect once, however often it comes`() async throws {
        try await EventStore.with { store in
            let task = try await store.add("Task")
            let consumer = RecordingConsumer(types: ["task.created"])
            let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
            let event = try #require(try await store.events().first).event
            for _ in 0..<3 { #expect(await delivery.deliver(event) == .done) }
            #expect(try await consumer.effects(in: store) == [event.id])
            try await store.perform(CompleteTask(TaskTarget(.id(task.id))))
            let other = try #require(try await store.events().last).event
            #expect(await delivery.deliver(other) == .done, "none of its business")
            #expect(try await consumer.effects(in: store) == [event.id])
        }
    }

    @Test func `several events have their effects together, in order, each once`() async throws {
        try await EventStore.with { store in
            for title in ["One", "Two", "Three"] { try await store.add(title) }
            try await store.perform(CompleteTask(TaskTarget(.number(1))))
            let events = try await store.events().map(\.event)
            let consumer = RecordingConsumer(types: ["task.created"])
            let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
            let ids = events.prefix(3).map(\.id)
            #expect(await delivery.deliver(events[1]) == .done)
            #expect(await delivery.deliver([events[2], events[0], events[1], events[2], events[3]]))
            #expect(try await consumer.effects(in: store) == [ids[1], ids[2], ids[0]])
            #expect(await delivery.deliver([Event]()))
            #expect(await delivery.deliver(events))
            #expect(try await consumer.effects(in: store).count == 3)
        }
    }

    @Test func `of several events of which one fails, nothing has come`() async throws {
        try await EventStore.with { store in
            for title in ["One", "Two", "Three"] { try await store.add(title) }
            let events = try await store.events().map(\.event)
            for consumer in [RecordingConsumer(), RecordingConsumer(failure: .unavailable)] {
                let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
                consumer.fail(on: [events[2].id])
                let before = try await consumer.effects(in: store)
                #expect(await !delivery.deliver(events))
                #expect(try await consumer.effects(in: store) == before)
                #expect(try await store.deadLetters().isEmpty, "by itself it is tried once more")
            }
            let consumer = RecordingConsumer()
            #expect(await InboxDelivery(environment: store.environment, consumer: consumer).deliver(events))
            #expect(try await consumer.effects(in: store) == events.map(\.id))
        }
    }

    @Test func `what can't be handled now comes again, what never can is put aside`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let event = try #require(try await store.events().first).event
            let busy = RecordingConsumer(failure: .unavailable)
            busy.fail(on: [event.id])
            #expect(await InboxDelivery(environment: store.environment, consumer: busy).deliver(event) == .retry)
            let broken = RecordingConsumer()
            broken.fail(on: [event.id])
            let delivery = InboxDelivery(environment: store.environment, consumer: broken)
            #expect(await delivery.deliver(event) == .deadLetter(reason: "It is broken."))
            broken.fail(on: [])
            #expect(await delivery.deliver(event) == .done, "a failure is not remembered as handled")
            #expect(try await broken.effects(in: store) == [event.id])
        }
    }

    @Test func `what can't be handled is a dead letter, and its replay has the effect once`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let event = try #require(try await store.events().first)
            let consumer = RecordingConsumer()
            consumer.fail(on: [event.event.id])
            let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
            #expect(await delivery.deliver(event.event) == .deadLetter(reason: "It is broken."))
            #expect(try await store.deadLetters().map(\.reason) == ["It is broken."])
            let replays = DeadLetterReplay(environment: store.environment, consumer: consumer)
            #expect(try await replays.runOnce().handled.isEmpty, "nobody asked for it")
            try await store.askForReplay()
            #expect(try await replays.runOnce().deadLetters.count == 1, "it is still broken")
            #expect(try await store.deadLetters().count == 1)
            consumer.fail(on: [])
            try await store.askForReplay()
            #expect(try await replays.runOnce().handled == [event.event])
            #expect(try await store.deadLetters().isEmpty)
            #expect(await delivery.deliver(event.event) == .done, "the broker brings it once more")
            #expect(try await consumer.effects(in: store) == [event.event.id])
        }
    }

    @Test func `a broker that brings a poison event again does not take its replay back`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let event = try #require(try await store.events().first)
            let consumer = RecordingConsumer()
            consumer.fail(on: [event.event.id])
            let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
            for _ in 0..<2 { _ = await delivery.deliver(event.event) }
            try await store.askForReplay()
            #expect(await delivery.deliver(event.event) == .deadLetter(reason: "It is broken."))
            // What the log has was mended; what the broker has was not.
            let mended = RecordingConsumer()
            let replays = DeadLetterReplay(environment: store.environment, consumer: mended)
            #expect(try await replays.runOnce().handled == [event.event])
            _ = await delivery.deliver(event.event)
            #expect(try await store.deadLetters().isEmpty)
        }
    }

    @Test func `two processes that replay the same letter do it once`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let event = try #require(try await store.events().first)
            let consumer = RecordingConsumer()
            try await store.putAside(event, of: consumer)
            try await store.askForReplay()
            let replays = DeadLetterReplay(environment: store.environment, consumer: consumer)
            let letter = try #require(try await store.deadLetters().first)
            var (first, second) = (DeliveryReport(consumer.role), DeliveryReport(consumer.role))
            // Both have looked before either has begun.
            try await replays.replay(letter, &first)
            try await replays.replay(letter, &second)
            #expect(first.handled == [event.event])
            #expect(second.handled.isEmpty)
            #expect(try await consumer.effects(in: store) == [event.event.id])
        }
    }

    @Test func `what the broker has given up is noted, unless it was handled or refused`() async throws {
        try await EventStore.with { store in
            for title in ["Lost", "Handled", "Refused", "Not ours"] { try await store.add(title) }
            let events = try await store.events()
            let consumer = RecordingConsumer(types: ["task.created"])
            let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
            consumer.fail(on: [events[2].event.id])
            for event in events[1...2] { _ = await delivery.deliver(event.event) }
            try await store.perform(CompleteTask(TaskTarget(.number(4))))
            let completed = try #require(try await store.events().last)
            for event in events[0...2] + [completed] {
                #expect(await delivery.note(givenUp: event.event.id, because: "Given up.") == .done)
            }
            let letters = try await store.deadLetters()
            #expect(letters.map(\.event) == [events[0], events[2]])
            #expect(letters.map(\.reason) == ["Given up.", "It is broken."])
        }
    }

    @Test func `one that the log does not hold any more is left to the broker`() async throws {
        try await EventStore.with { store in
            let stranger = Event.make(type: "task.created", user: store.user.id)
            let consumer = RecordingConsumer()
            consumer.fail(on: [stranger.id])
            let delivery = InboxDelivery(environment: store.environment, consumer: consumer)
            #expect(await delivery.deliver(stranger) == .deadLetter(reason: "It is broken."))
            let letters = try await store.deadLetters()
            #expect(letters.isEmpty)
        }
    }
}
