import CivilTime
import DaprBus
import ErrandCore
import ErrandHTTP
import EventDelivery
import HTTPTypes
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    @Test func `an event has its effect once, however often it comes`() async throws {
        try await DaprStore.with { store in
            let (observer, consumer, event) = (RecordingObserver(), RecordingConsumer(), store.event())
            let routes = try TestRoutes(store, observer: observer)
            try await routes.running(consumer) {
                for _ in 0..<3 {
                    let answer = try await routes.deliver(event)
                    #expect(answer.status == 200 && answer.delivery == "SUCCESS")
                }
                let effects = try await consumer.effects(in: store)
                #expect(effects == [event.event.id.description])
            }
            #expect(observer.reports.map(\.role) == [.auditService, .auditService, .auditService])
            #expect(observer.reports.first?.handled == [event.event])
            #expect(observer.reports.first?.finishedAt == store.environment.now())
        }
    }

    @Test func `what the database cannot take now is to come again, and then has its effect`() async throws {
        try await DaprStore.with { store in
            let (observer, consumer, event) = (RecordingObserver(), RecordingConsumer(), store.event())
            let routes = try TestRoutes(store, observer: observer)
            consumer.fail(on: event, .unavailable)
            try await routes.running(consumer) {
                let refused = try await routes.deliver(event)
                #expect(refused.status == 503 && refused.delivery == "RETRY")
                #expect(observer.reports.last?.failure?.event == event.event)
                let nothing = try await consumer.effects(in: store)
                #expect(nothing.isEmpty)
                consumer.fail(on: event, nil)
                let taken = try await routes.deliver(event)
                #expect(taken.status == 200 && taken.delivery == "SUCCESS")
                let effects = try await consumer.effects(in: store)
                #expect(effects.count == 1)
            }
        }
    }

    @Test func `what a consumer can never handle is dropped, for the sidecar to put aside`() async throws {
        try await DaprStore.with { store in
            let (observer, consumer, event) = (RecordingObserver(), RecordingConsumer(), store.event())
            let routes = try TestRoutes(store, observer: observer)
            consumer.fail(on: event, .malformedEvent("It is broken."))
            try await routes.running(consumer) {
                let answer = try await routes.deliver(event)
                #expect(answer.status == 200 && answer.delivery == "DROP")
            }
            #expect(observer.reports.flatMap(\.deadLetters).map(\.reason) == ["It is broken."])
        }
    }

    @Test func `what the sidecar has given up is noted once, for an operator to replay`() async throws {
        try await DaprStore.with { store in
            let user = store.user.id
            let event = try await store.environment.store.write { (transaction) throws(ErrandError) in
                let cursor = try transaction.outbox.takeChangeNumber(in: user.personalSpace)
                try transaction.outbox.append(TaskEvent.make(task: .make(owner: user), number: cursor))
                return try transaction.outbox.events(of: nil, after: 0, limit: 1)[0]
            }
            let routes = try TestRoutes(store)
            let body = EventMessage.all(of: event)[0].cloudEvent
            @Sendable func letters() async throws -> [DeadLetter] {
                try await store.environment.store.read { (transaction) throws(ErrandError) in
                    try transaction.consumers.deadLetters(of: nil, toReplay: false, limit: 9)
                }
            }
            try await routes.running(RecordingConsumer()) {
                for _ in 0..<2 {
                    let answer = try await routes.send(.post, "/dead-letters", body)
                    #expect(answer.status == 200 && answer.delivery == "SUCCESS")
                }
                let strange = try await routes.send(.post, "/dead-letters", "{")
                #expect(strange.delivery == "SUCCESS", "it stays on its topic")
                let peer = try await routes.send(
                    .post, "/dead-letters", body, headers: ["dapr-caller-app-id": "chat-api"])
                #expect(peer.status == 403)
            }
            let noted = try await letters()
            #expect(noted.map(\.event) == [event])
            #expect(noted.map(\.consumer) == ["audit-service"])
        }
    }

    @Test(
        arguments: [
            "", "{", "[]", "null", #"{"specversion":"0.3"}"#, #"{"specversion":"1.0","id":"1"}"#, #""text""#,
            #"{"specversion":"1.0","id":"0198f2d4-0000-7000-8000-000000000001","type":"task.created","#
                + #""subject":"0198f2d4-0000-7000-8000-000000000002","time":"2026-01-15T10:00:00Z","data":"text"}"#,
        ]
    )
    func `what is not one of our events is dropped`(body: String) async throws {
        try await DaprStore.with { store in
            let lines = LogLines()
            let routes = try TestRoutes(store, logger: lines.logger)
            try await routes.running(RecordingConsumer()) {
                let before = lines.all.count
                let answer = try await routes.send(.post, "/events/task-events", body)
                #expect(answer.status == 200 && answer.delivery == "DROP")
                #expect(lines.all.count == before + 1)
            }
        }
    }

    @Test func `types that nobody asked for are passed by`() async throws {
        try await DaprStore.with { store in
            let consumer = RecordingConsumer(.recurringTaskService, types: ["task.completed"])
            let (routes, event) = (try TestRoutes(store), store.event())
            consumer.fail(on: event, .malformedEvent("It was looked at."))
            try await routes.running(consumer) {
                let answer = try await routes.deliver(event)
                #expect(answer.delivery == "SUCCESS")
            }
        }
    }

    @Test func `before and after its consumer runs, a known topic is to come again`() async throws {
        try await DaprStore.with { store in
            let (routes, event) = (try TestRoutes(store), store.event())
            let early = try await routes.deliver(event)
            #expect(early.status == 503 && early.delivery == "RETRY")
            try await routes.running(RecordingConsumer()) {
                let answer = try await routes.deliver(event)
                #expect(answer.status == 200)
            }
            let late = try await routes.deliver(event)
            #expect(late.status == 503 && late.delivery == "RETRY")
            let unknown = try await routes.send(.post, "/events/something-else", "{}")
            #expect(unknown.status == 404)
        }
    }

    @Test func `two roles in one process both get an event, and one that failed gets it again alone`() async throws {
        try await DaprStore.with { store in
            let (audit, other, event) = (
                RecordingConsumer(), RecordingConsumer(.recurringTaskService), store.event()
            )
            other.fail(on: event, .unavailable)
            let routes = try TestRoutes(store)
            try await routes.running(audit) {
                try await routes.running(other) {
                    let both = try await routes.deliver(event)
                    #expect(both.status == 503)
                    other.fail(on: event, nil)
                    let again = try await routes.deliver(event)
                    #expect(again.status == 200)
                }
            }
            let effects = try await audit.effects(in: store)
            #expect(effects.count == 2, "each has had it once")
        }
    }

    @Test func `windows are told of updates, and broken ones are dropped`() async throws {
        try await DaprStore.with { store in
            let (subscriber, event) = (RecordingSubscriber(), store.event(7))
            let routes = try TestRoutes(store)
            try await routes.running(subscriber) {
                let answer = try await routes.deliver(event, on: .taskUpdates)
                #expect(answer.delivery == "SUCCESS")
                let wrong = try await routes.send(
                    .post, "/events/task-updates", EventMessage.all(of: event)[0].cloudEvent
                )
                #expect(wrong.delivery == "DROP")
            }
            #expect(subscriber.updates.map(\.changeNumber) == [7])
            #expect(subscriber.updates.map(\.event.type) == ["task.updated"])
        }
    }

    @Test func `in a bulk, what waits for an earlier one of its key is not even tried`() async throws {
        try await DaprStore.with { store in
            let (first, second) = (TaskID.make(), TaskID.make())
            let events = [
                store.event(1, task: first), store.event(2, task: second), store.event(3, task: first),
                store.event(4, task: second),
            ]
            let consumer = RecordingConsumer()
            consumer.fail(on: events[0], .unavailable)
            consumer.fail(on: events[3], .malformedEvent("It is broken."))
            let routes = try TestRoutes(store)
            try await routes.running(consumer) {
                for path in ["/events/task-events", "/events/task-events/bulk"] {
                    let answer = try await routes.send(.post, path, bulk(events))
                    #expect(answer.status == 200)
                    let statuses = answer.json["statuses"]?.array ?? []
                    #expect(statuses.map { $0["entryId"]?.string } == ["e0", "e1", "e2", "e3"])
                    #expect(statuses.map { $0["status"]?.string } == ["RETRY", "SUCCESS", "RETRY", "DROP"])
                }
                consumer.fail(on: events[0], nil)
                _ = try await routes.send(.post, "/events/task-events/bulk", bulk(events))
                let effects = try await consumer.effects(in: store)
                #expect(effects == [1, 0, 2].map { events[$0].event.id.description })
            }
        }
    }

    @Test func `a bulk may be larger than an event`() async throws {
        try await DaprStore.with { store in
            let routes = try TestRoutes(store)
            let padding = String(repeating: " ", count: DaprRoutes.eventBytesMax)
            try await routes.running(RecordingConsumer()) {
                let large = try await routes.send(.post, "/events/task-events", bulk([store.event()]) + padding)
                #expect(large.status == 413)
                let bulk = try await routes.send(.post, "/events/task-events/bulk", bulk([store.event()]) + padding)
                #expect(bulk.status == 200)
                #expect(bulk.json["statuses"]?.array?.first?["status"]?.string == "SUCCESS")
            }
        }
    }

    private func bulk(_ events: [StoredEvent]) -> String {
        let entries = events.enumerated().map { number, event in
            #"{"entryId":"e\#(number)","event":\#(EventMessage.all(of: event)[0].cloudEvent),"metadata":{},"#
                + #""contentType":"application/cloudevents+json"}"#
        }
        return #"{"id":"b1","type":"com.dapr.event.sent.bulk","topic":"task-events","pubsubname":"pubsub","#
            + #""metadata":{},"entries":[\#(entries.joined(separator: ","))]}"#
    }
}
