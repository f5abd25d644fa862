import CivilTime
import ErrandCore
import Foundation
import Recurrence
import TestSupport
import Testing

/// `Tests/Fixtures/events`: one event of each type as it goes over the wire. With ERRAND_SNAPSHOTS=1 the tests write
/// the files anew; the difference is then read. Other programs rely on these, and their schemas are in `docs/events`.
@Suite struct GoldenEventTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/events")
    private static let writes = ProcessInfo.processInfo.environment["ERRAND_SNAPSHOTS"] == "1"

    @Test func `events look as they always did`() async throws {
        try await EventStore.with { store in
            var seen: Set<EventType> = []
            for stored in try await Self.events(in: store) {
                for message in EventMessage.all(of: stored) where seen.insert(message.type).inserted {
                    let event = try JSONValue.parse(message.cloudEvent)
                    let file = Self.folder.appending(path: "\(message.type).json")
                    if Self.writes { try Data((event.text + "\n").utf8).write(to: file) }
                    let golden = try JSONValue.parse(try String(contentsOf: file, encoding: .utf8))
                    #expect(event == golden, "\(message.type)")
                }
            }
            #expect(seen == Set(EventTypes.all.map(\.type)).union(EventTypes.updates))
        }
    }

    @Test func `what comes back from a topic is the event that was published`() async throws {
        try await EventStore.with { store in
            for stored in try await Self.events(in: store) {
                let messages = EventMessage.all(of: stored)
                #expect(messages.count == 2)
                let original = try Event(cloudEvent: .parse(messages[0].cloudEvent))
                #expect(original == stored.event)
                let update = try StoredEvent(update: .parse(messages[1].cloudEvent))
                #expect(update.changeNumber == stored.changeNumber)
                #expect(try StateUpdate(update).frame == StateUpdate(stored).frame)
            }
        }
    }

    @Test(arguments: [
        ("specversion", "0.3"), ("id", "1"), ("type", ""), ("subject", "task"), ("time", "today"), ("data", "text"),
    ])
    func `an envelope that is none is refused by its field`(_ field: String, _ value: String) async throws {
        try await EventStore.with { store in
            let message = EventMessage.all(of: try await Self.events(in: store)[0])[0]
            var envelope = try #require(try JSONValue.parse(message.cloudEvent).object)
            envelope[field] = .string(value)
            do throws(ErrandError) {
                _ = try Event(cloudEvent: .object(envelope))
                Issue.record("it was taken")
            } catch .malformedEvent(let reason) {
                #expect(reason.hasPrefix(field))
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    /// One event of each type, with ids and times that never change.
    private static func events(in store: EventStore) async throws -> [StoredEvent] {
        try await addTaskEvents(to: store)
        let own = OwnEvents(store: store)
        try await own.add()
        try await own.leave()
        try await OwnEvents(store: store, after: 200).reach()
        try await OwnEvents(store: store, after: 300).filter()
        try await OwnEvents(store: store, after: 400).publish()
        return try await store.events()
    }

    /// Of a task that has everything, and of its reminder.
    private static func addTaskEvents(to store: EventStore) async throws {
        let user = User.make(id: Self.id(1))
        let start = LocalDateTime(LocalDate(daysSinceEpoch: 20_468), LocalTime("18:00") ?? .midnight)
        let reminder = Reminder(id: Self.id(2), moment: .before(CalendarSpan(seconds: 3600)), repeatEvery: nil)
        let series = TaskSeries(
            id: Self.id(3), predecessorID: Self.id(4), original: start, index: 2,
            recurrence: TaskRecurrence(
                rule: RecurrenceRule(.weekly), anchor: .schedule, catchUp: .skip, exceptions: [], start: start),
            template: TaskTemplate(
                title: "Water plants", description: "", priority: .high, tags: [Tag(name: "home")], reminders: []),
            clock: .zoned(.utc)
        )
        let task = TodoTask.make(
            id: Self.id(5), owner: user.id, title: "Water plants", tags: ["home"],
            due: .zoned(start.date, start.time, .utc)
        ).with(series: series, reminders: [reminder], reminderAt: .testStart)
        var before = task
        before.title = "Water plant"
        let correlation = Correlation(
            requestID: "0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e00",
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        )
        let changes = TaskChanges.between(before, and: task)
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
            for (number, kind) in TaskEvent.Kind.allCases.enumerated() {
                try transaction.outbox.append(
                    TaskEvent(
                        id: Self.id(10 + number), kind: kind, space: user.id.personalSpace, userID: user.id,
                        changeNumber: try transaction.outbox.takeChangeNumber(in: user.id.personalSpace),
                        occurredAt: .testStart, task: task,
                        changes: kind == .created ? .between(task, and: task) : changes,
                        actor: Principal.Actor.personalToken(Self.id(6)).json(via: .api), correlation: correlation
                    )
                )
            }
            let row = ReminderRow(
                id: reminder.id, taskID: task.id, memberID: user.id, snoozeOf: nil, base: .testStart,
                nextAt: .testStart, repeatEvery: nil, lastFiredAt: nil
            )
            try transaction.outbox.append(
                ReminderEvent(
                    DueReminder(row: row, title: task.title, dueAt: .testStart + .hours(1)), remindAt: .testStart,
                    occurredAt: .testStart,
                    changeNumber: try transaction.outbox.takeChangeNumber(in: user.id.personalSpace)
                )
            )
        }
    }

    static func id<Entity>(_ number: Int) -> ID<Entity> {
        var generator = SeededGenerator(seed: UInt64(number))
        return ID(.version7(at: .testStart, using: &generator))
    }
}
