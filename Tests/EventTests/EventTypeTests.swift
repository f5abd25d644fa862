import AuditService
import CivilTime
import Crypto
import ErrandCore
import EventDelivery
import NotificationService
import TestSupport
import Testing

/// The table of event types, and events about other things than tasks.
@Suite struct EventTypeTests {
    @Test func `each type has one row, and roles take what the table says`() {
        #expect(Set(EventTypes.all.map(\.type)).count == EventTypes.all.count)
        #expect(EventTypes.updates.isDisjoint(with: EventTypes.all.map(\.type)))
        #expect(EventTypes.types(for: .recurringTaskService) == ["task.completed"])
        let taken = EventTypes.types(for: .notificationService)
        #expect(taken.count == 8 && taken.contains("reminder.trigger") && taken.contains("task.completed"))
        #expect(EventTypes.topics(of: nil) == [.taskEvents, .reminders])
        #expect(EventTypes.topics(of: ["reminder.trigger"]) == [.reminders])
        #expect(EventTypes.topics(of: ["token.created", "task.exploded"]) == [.taskEvents])
        #expect(EventTypes.row(of: "task.exploded") == nil)
    }

    @Test func `a door is said beside who acted, and rules came through none`() {
        let token = TokenID.make()
        func json(_ actor: Principal.Actor, _ door: Door?) -> JSONValue {
            Principal(userID: .make(), actor: actor, scopes: [], via: door).actorJSON
        }
        #expect(json(.session(.make()), .page) == ["kind": "user", "via": "page"])
        #expect(json(.session(.make()), nil) == ["kind": "user"])
        let id = JSONValue.string(token.description)
        #expect(json(.personalToken(token), .commandLine) == ["kind": "token", "id": id, "via": "cli"])
        #expect(json(.agent(name: "claude"), .mcp) == ["kind": "agent", "name": "claude", "via": "mcp"])
        #expect(json(.clock, nil) == ["kind": "rule", "name": "reminder-clock"])
        let door = Principal(userID: .make(), actor: .clock, scopes: []).coming(through: .calDAV).via
        #expect(door?.name == "caldav")
    }

    @Test func `no event of an account says a secret or an address`() async throws {
        try await EventStore.with { store in
            try await OwnEvents(store: store).add()
            let events = try await store.events()
            #expect(Set(events.map(\.event.type)).count == 11)
            #expect(events.map(\.changeNumber.value) == Array(1...Int64(events.count)))
            for event in events {
                let data = event.event.data
                for secret in ["secret", "correct horse", "hash", "example.org"] where data.contains(secret) {
                    Issue.record("\(event.event.type) says \(secret)")
                }
            }
        }
    }

    @Test func `no event of a channel says a secret or where it leads`() async throws {
        try await EventStore.with { store in
            try await OwnEvents(store: store, after: 200).reach()
            let events = try await store.events().map(\.event)
            #expect(
                events.map(\.type).suffix(5) == [
                    "channel.added", "channel.changed", "channel.removed", "channel.added", "channel.secret_rotated",
                ])
            for event in events {
                // The type of an event, and until when the one before is good, are none.
                let data = event.data.replacing("secret_rotated", with: "").replacing("previous_secret_until", with: "")
                for secret in ["secret", "whsec", "example.org"] where data.contains(secret) {
                    Issue.record("\(event.type) says \(secret)")
                }
            }
        }
    }

    @Test func `what happens to an account is audited with its subject, in one chain that verifies`() async throws {
        try await EventStore.with { store in
            try await OwnEvents(store: store).add()
            let reports = try await store.deliver(to: AuditConsumer())
            #expect(reports.allSatisfy { $0.deadLetters.isEmpty && $0.failure == nil })
            let events = try await store.events().map(\.event)
            let user = events[0].userID
            let sealed = try await store.read { (transaction) throws(ErrandError) in
                try transaction.audit.records(in: user.personalSpace, after: 0, limit: 100).compactMap(\.entry)
            }
            #expect(sealed.map(\.entry.eventID) == events.map(\.id))
            #expect(sealed.map(\.entry.subject) == events.map(\.subject))
            var verification = AuditVerification(chain: AuditChain { Array(SHA256.hash(data: $0)) })
            for entry in sealed {
                verification.check(entry)
                let back = SealedAuditEntry(try JSONValue.parse(entry.json.text))
                #expect(back == entry, "an export says the same")
            }
            #expect(verification.checked == Int64(events.count))
            let changed = try #require(sealed.first { $0.entry.action == "settings.changed" }).entry
            #expect(changed.before == ["name": "Ana", "time_zone": "Europe/Berlin"])
            #expect(changed.after == ["name": "Ana B.", "time_zone": "Asia/Tokyo"])
            let gone = try #require(sealed.first { $0.entry.action == "token.deleted" }).entry
            #expect(gone.before["name"] == "backup" && gone.after == .null)
            #expect(changed.json["subject"] == ["kind": "account", "id": .string(user.description)])
            #expect(changed.json["task_id"] == nil)
        }
    }

    /// An entry as the version before sealed it, with the text and hash that it had.
    @Test func `an entry sealed before events had subjects still reads and verifies, byte for byte`() throws {
        let text = """
            {"action":"task.updated","actor":{"kind":"user"},"after":{"title":"Oat milk"},\
            "at":"2026-01-15T10:00:00Z","before":{"title":"Milk"},\
            "event_id":"019bc119-0100-7f03-bc20-2a89a76a2915",\
            "prev_hash":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,\
            "task_id":"019bc119-0100-735a-b025-cc5364e5cdbe"}
            """
        let hash = "bbc5793e7fce40acda88b6d902ef9d2fe12807d8793e9c8ac0036941fac28bfe"
        let entry = try #require(AuditEntry(try JSONValue.parse(text)))
        #expect(entry.subject.taskID?.description == "019bc119-0100-735a-b025-cc5364e5cdbe")
        #expect(entry.json.canonicalText == text)
        var verification = AuditVerification(chain: AuditChain { Array(SHA256.hash(data: $0)) })
        verification.check(SealedAuditEntry(entry: entry, hash: hash))
        #expect(verification.isGood && verification.head == hash)
        // Made anew from an event, it is the same text.
        let draft = AuditDraft(
            at: entry.at, actor: entry.actor, action: entry.action, subject: entry.subject, eventID: entry.eventID,
            before: entry.before, after: entry.after
        )
        let sealed = AuditChain { Array(SHA256.hash(data: $0)) }.seal(draft, after: nil)
        #expect(sealed.text == text && sealed.hash == hash)
    }

    @Test func `an entry says what it is about in one form only`() throws {
        let id = TaskID.make()
        let entry = AuditEntry(
            sequence: 1, at: .testStart, actor: ["kind": "user"], action: "task.created", subject: .task(id),
            eventID: .make(), before: .null, after: [:], previousHash: AuditChain.origin
        )
        var json = try #require(entry.json.object)
        #expect(AuditEntry(.object(json)) == entry)
        json["task_id"] = nil
        #expect(AuditEntry(.object(json)) == nil)
        json["subject"] = Subject.task(id).json
        #expect(AuditEntry(.object(json)) == nil, "tasks have a member of their own")
        json["subject"] = ["kind": "token", "id": .string(id.description)]
        #expect(AuditEntry(.object(json))?.subject == Subject(.token, id.value))
        json["subject"] = ["kind": "token", "id": "1"]
        #expect(AuditEntry(.object(json)) == nil)
    }

    @Test func `what changes nothing is no event`() async throws {
        try await EventStore.with { store in
            _ = try await store.perform(ReadAllNotifications())
            _ = try await store.perform(UpdateProfile(ProfileEdit(["name": "Ana"])))
            let none = try await store.events()
            #expect(none.isEmpty)
        }
    }

    @Test func `a notification that is told twice is one event`() async throws {
        try await EventStore.with { store in
            let user = store.user.id
            let row = ReminderRow(
                id: .make(), taskID: .make(), memberID: user, snoozeOf: nil, base: .testStart, nextAt: .testStart,
                repeatEvery: nil, lastFiredAt: nil
            )
            let event = ReminderEvent(
                DueReminder(row: row, title: "Water plants", dueAt: nil), remindAt: .testStart, occurredAt: .testStart,
                changeNumber: 1
            ).event
            let environment = store.environment
            for _ in 0..<2 {
                try await store.write { (transaction) throws(ErrandError) in
                    let context = EventContext(
                        transaction: transaction, now: environment.now(), of: environment
                    )
                    try ReminderConsumer().effect(of: event)(context)
                }
            }
            let events = try await store.events()
            #expect(events.map(\.event.type) == ["notification.added"])
            let frame = try StateUpdate(events[0]).frame
            #expect(frame["notification"]?["id"]?.string == event.id.description)
            #expect(frame["subject"]?["kind"] == "notification")
            #expect(frame["task_id"] == nil && frame["cursor"] == 1)
        }
    }

    @Test func `a space that is not the user's own is named on the way and read back`() throws {
        let (user, space) = (UserID.make(), SpaceID.make())
        let event = Event(
            id: .make(), type: .taskCompleted, space: space, subject: .task(.make()), userID: user,
            occurredAt: .testStart, actor: ["kind": "user"], correlation: .none,
            content: ["task_data": ["title": "Milk", "version": 2], "changes": [:]]
        )
        let stored = StoredEvent(sequence: 1, changeNumber: 7, event: event)
        let messages = EventMessage.all(of: stored)
        #expect(messages.map(\.key) == [event.subject.id.description, space.description])
        #expect(try Event(cloudEvent: .parse(messages[0].cloudEvent)) == event)
        let update = try StoredEvent(update: .parse(messages[1].cloudEvent))
        #expect(update.event.space == space && update.changeNumber == 7)
        #expect(try StateUpdate(update).frame["space_id"]?.string == space.description)
    }
}
