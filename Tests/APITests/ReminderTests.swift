import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct ReminderTests {
    private static let dueAtNoon: JSONValue = [
        "kind": "zoned", "date": "2026-01-20", "time": "12:00", "time_zone": "UTC",
    ]

    @Test func `several reminders fire once each, in order, and say so`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks", token: ana,
                [
                    "title": "Dentist", "due": ReminderTests.dueAtNoon,
                    "reminders": [["before": "PT1H"], ["before": "P1D"], ["at": "2026-01-20T11:30:00Z"]],
                ], 201
            )
            #expect(task["reminder_at"]?.string == "2026-01-19T12:00:00Z")
            for (moment, next) in [
                ("2026-01-19T12:00:00Z", "2026-01-20T11:00:00Z"), ("2026-01-20T11:00:00Z", "2026-01-20T11:30:00Z"),
                ("2026-01-20T11:30:00Z", nil),
            ] {
                #expect(try await api.fireReminders(at: moment).fired == 1)
                #expect(try await api.fireReminders(at: moment).fired == 0)
                #expect(try await api.get("/api/v1/tasks/1", token: ana)["reminder_at"]?.string == next)
            }
            let events = try await api.events("reminder.trigger")
            #expect(
                events.map { $0["payload"]?["remind_at"]?.string } == [
                    "2026-01-19T12:00:00Z", "2026-01-20T11:00:00Z", "2026-01-20T11:30:00Z",
                ])
            #expect(events.allSatisfy { $0["payload"]?["late"] == .bool(false) })
            #expect(events[0]["payload"]?["due_at"]?.string == "2026-01-20T12:00:00Z")
        }
    }

    @Test func `days, hours and times of day are kept apart over REST`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "Europe/Berlin")
            let due: JSONValue = [
                "kind": "zoned", "date": "2026-03-29", "time": "12:00", "time_zone": "Europe/Berlin",
            ]
            _ = try await api.post("/api/v1/tasks", token: ana, ["title": "Train", "due": due], 201)
            for (reminder, moment) in [
                (["before": "P1D"], "2026-03-28T11:00:00Z"), (["before": "PT24H"], "2026-03-28T10:00:00Z"),
                (["kind": "clock", "time": "18:00", "days_before": 1], "2026-03-28T17:00:00Z"),
                (["time": "08:00", "repeat_every": "PT24H"], "2026-03-29T06:00:00Z"),
            ] as [(JSONObject, JSONValue)] {
                let body: JSONValue = ["reminders": [.object(reminder)]]
                let answer = try await api.answer(.put, "/api/v1/tasks/1/reminders", token: ana, body)
                #expect(answer.status == 200 && answer.json["reminder_at"] == moment)
                let kept = answer.json["reminders"]?.array?.first
                for member in reminder.members { #expect(kept?[member.name] == member.value) }
                let again = try await api.answer(
                    .put, "/api/v1/tasks/1/reminders", token: ana,
                    .object(["reminders": answer.json["reminders"] ?? .null])
                )
                #expect(again.json["reminders"] == answer.json["reminders"], "what was read may be sent back")
            }
            let settings = try await api.answer(.patch, "/api/v1/me", token: ana, ["day_ends_at": "00:00"])
            #expect(settings.status == 200 && settings.json["day_ends_at"] == "00:00")
        }
    }

    @Test func `what came due while nothing ran fires once, marked late`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            _ = try await api.post(
                "/api/v1/tasks", token: ana,
                [
                    "title": "Pills", "due": ReminderTests.dueAtNoon,
                    "reminders": [["before": "PT0S", "repeat_every": "PT10M"]],
                ], 201
            )
            let report = try await api.fireReminders(at: "2026-01-20T15:03:00Z")
            #expect(report.fired == 1 && report.late == 1)
            #expect(try await api.events("reminder.trigger").first?["payload"]?["late"] == .bool(true))
            let task = try await api.get("/api/v1/tasks/1", token: ana)
            #expect(task["reminder_at"]?.string == "2026-01-20T15:10:00Z", "the grid of the first one goes on")
            // Again and again until it is done.
            #expect(try await api.fireReminders(at: "2026-01-20T15:10:00Z").fired == 1)
            _ = try await api.answer(.post, "/api/v1/tasks/1/complete", token: ana)
            #expect(try await api.fireReminders(at: "2026-01-20T16:00:00Z").fired == 0)
            _ = try await api.answer(.post, "/api/v1/tasks/1/reopen", token: ana)
            let reopened = try await api.get("/api/v1/tasks/1", token: ana)
            #expect(reopened["reminder_at"]?.string == "2026-01-20T16:10:00Z")
        }
    }

    @Test func `a reminder moves with the due date, and an edit beside it changes nothing`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks", token: ana,
                ["title": "Call", "due": ReminderTests.dueAtNoon, "reminders": [["before": "PT1H"]]], 201
            )
            let id = task["reminders"]?.array?.first?["id"]
            #expect(try await api.fireReminders(at: "2026-01-20T11:00:00Z").fired == 1)
            let edited = try await api.answer(.patch, "/api/v1/tasks/1", token: ana, ["title": "Call Ben"])
            #expect(edited.json["reminder_at"] == .null, "it has fired")
            let moved = try await api.answer(
                .post, "/api/v1/tasks/1/reschedule", token: ana, ["due_date": "2026-01-20T14:00:00Z"])
            #expect(moved.json["reminder_at"]?.string == "2026-01-20T13:00:00Z")
            #expect(moved.json["reminders"]?.array?.first?["id"] == id)
            // Moved to where its moment has passed, it does not fire at once.
            let earlier = try await api.answer(
                .post, "/api/v1/tasks/1/reschedule", token: ana, ["due_date": "2026-01-20T11:30:00Z"])
            #expect(earlier.json["reminder_at"] == .null)
            #expect(try await api.fireReminders(at: "2026-01-21T00:00:00Z").fired == 0)
        }
    }

    @Test func `a reminder that is due but not fired yet survives an edit`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            _ = try await api.post(
                "/api/v1/tasks", token: ana,
                ["title": "Call", "due": ReminderTests.dueAtNoon, "reminders": [["before": "PT1H"]]], 201
            )
            api.clock.set(Instant("2026-01-20T11:00:05Z") ?? .testStart)
            _ = try await api.answer(.patch, "/api/v1/tasks/1", token: ana, ["title": "Call Ben"])
            let report = try await api.fireReminders(at: "2026-01-20T11:00:06Z")
            #expect(report.fired == 1)
            #expect(try await api.events("reminder.trigger").first?["payload"]?["title"]?.string == "Call Ben")
        }
    }

    @Test func `snoozing reminds once more, and goes with the task`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks", token: ana,
                ["title": "Call", "due": ReminderTests.dueAtNoon, "reminders": [["before": "PT1H"]]], 201
            )
            let id = task["reminders"]?.array?.first?["id"]?.string ?? ""
            let path = "/api/v1/reminders/\(id)/snooze"
            let early = try await api.answer(.post, path, token: ana, ["for": "PT10M"])
            #expect(early.status == 409 && early.code == "reminder_not_fired")
            #expect(try await api.fireReminders(at: "2026-01-20T11:00:00Z").fired == 1)
            let snoozed = try await api.post(path, token: ana, ["for": "PT10M"])
            #expect(snoozed["remind_at"]?.string == "2026-01-20T11:10:00Z" && snoozed["parent_id"]?.string == id)
            let longer = try await api.post(path, token: ana, ["for": "PT20M"])
            #expect(longer["id"] == snoozed["id"], "the same firing, moved")
            #expect(try await api.get("/api/v1/tasks/1", token: ana)["reminder_at"] == longer["remind_at"])
            #expect(try await api.fireReminders(at: "2026-01-20T11:20:00Z").fired == 1)
            // The snooze itself can be snoozed; done, the task reminds no more.
            let again = "/api/v1/reminders/\(snoozed["id"]?.string ?? "")/snooze"
            _ = try await api.post(again, token: ana, ["until": "2026-01-20T11:45:00Z"])
            _ = try await api.answer(.post, "/api/v1/tasks/1/complete", token: ana)
            #expect(try await api.fireReminders(at: "2026-01-20T12:00:00Z").fired == 0)
            #expect(try await api.events("reminder.trigger").count == 2)
        }
    }

    @Test func `quiet hours put reminders off, also when they are set later`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            _ = try await api.post(
                "/api/v1/tasks", token: ana,
                ["title": "Call", "reminders": [["at": "2026-01-20T22:30:00Z"], ["at": "2026-01-20T12:00:00Z"]]], 201
            )
            let quiet: JSONValue = ["quiet_hours": ["from": "22:00", "to": "07:00"]]
            #expect(try await api.answer(.patch, "/api/v1/me", token: ana, quiet).status == 200)
            #expect(try await api.fireReminders(at: "2026-01-20T23:00:00Z").fired == 1)
            #expect(try await api.get("/api/v1/tasks/1", token: ana)["reminder_at"]?.string == "2026-01-21T06:00:00Z")
            #expect(try await api.fireReminders(at: "2026-01-21T06:00:00Z").fired == 1)
        }
    }

    @Test func `a task due on a date reminds from the morning`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "Asia/Tokyo")
            let body: JSONValue = ["title": "Taxes", "due_date": "2026-02-01", "reminders": [["before": "P1D"]]]
            let task = try await api.post("/api/v1/tasks", token: ana, body, 201)
            #expect(task["reminder_at"]?.string == "2026-01-31T00:00:00Z")
            _ = try await api.answer(.patch, "/api/v1/me", token: ana, ["all_day_reminder_time": "08:00"])
            #expect(try await api.get("/api/v1/tasks/1", token: ana)["reminder_at"]?.string == "2026-01-30T23:00:00Z")
        }
    }

    @Test(
        arguments: [
            (["reminders": [["before": "PT1H"]]], "/reminders/0"),
            (["reminders": [["before": "1h"]]], "/reminders/0/before"),
            (["reminders": [["kind": "relative", "at": "2026-01-20T10:00:00Z"]]], "/reminders/0/at"),
            (["reminders": [[:]]], "/reminders/0/before"), (["reminders": "soon"], "/reminders"),
            (["reminders": [["at": "2026-01-20T10:00:00Z", "repeat_every": "PT1S"]]], "/reminders/0/repeat_every"),
        ] as [(JSONValue, String)])
    func `a wrong reminder is refused by its field`(body: JSONValue, pointer: String) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            _ = try await api.post("/api/v1/tasks", token: ana, ["title": "A"], 201)
            let answer = try await api.answer(.put, "/api/v1/tasks/1/reminders", token: ana, body)
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?.array?.first?["pointer"]?.string == pointer)
        }
    }
}

@Suite struct QuickAddAPITests {
    @Test func `a line becomes a task, and a dry run says how it would`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-14T09:30:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            let line = "Pay rent every month on the 1st at 9am #home p1 remind me 1 day before"
            let dry = try await api.post(
                "/api/v1/tasks/quick-add", token: ana, ["text": .string(line), "dry_run": true])
            #expect(dry["task"] == .null && dry["parsed"]?["title"]?.string == "Pay rent")
            #expect(dry["spans"]?.array?.map { $0["kind"]?.string } == ["recurrence", "tag", "priority", "reminder"])
            #expect(dry["spans"]?.array?.first?["start"]?.integer == 9)
            let made = try await api.post("/api/v1/tasks/quick-add", token: ana, ["text": .string(line)], 201)
            let task = try #require(made["task"])
            #expect(task["title"]?.string == "Pay rent" && task["priority"]?.string == "urgent")
            #expect(task["due"] == ["kind": "floating", "date": "2026-02-01", "time": "09:00"])
            #expect(task["recurrence"]?["text"]?.string == "every month on the 1st")
            #expect(task["reminder_at"]?.string == "2026-01-31T08:00:00Z" && task["tags"] == ["home"])
            let german = try await api.post(
                "/api/v1/tasks/quick-add", token: ana,
                ["text": "Müll jeden Montag um 7 Uhr", "locale": "de", "dry_run": true])
            #expect(german["parsed"]?["recurrence"]?["rrule"]?.string == "FREQ=WEEKLY;BYDAY=MO")
            let nothing = try await api.answer(
                .post, "/api/v1/tasks/quick-add", token: ana, ["text": "tomorrow p1"])
            #expect(nothing.status == 422 && nothing.fields == ["/text too_short"])
        }
    }

    @Test func `words move a task, and make it recur`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-14T09:30:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "UTC")
            let made = try await api.post(
                "/api/v1/tasks", token: ana,
                ["title": "Water plants", "recurrence": ["text": "every! 3 days"]], 201)
            #expect(made["recurrence"]?["anchor"]?.string == "completion")
            #expect(made["due"]?["date"]?.string == "2026-01-14")
            let moved = try await api.post(
                "/api/v1/tasks/1/reschedule", token: ana, ["text": "next friday at 5pm"])
            #expect(moved["due"] == ["kind": "floating", "date": "2026-01-23", "time": "17:00"])
            let bad = try await api.answer(
                .post, "/api/v1/tasks", token: ana, ["title": "A", "recurrence": ["text": "now and then"]])
            #expect(bad.status == 422 && bad.fields == ["/recurrence/text invalid_value"])
        }
    }

    @Test func `a filter expression combines with everything else`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-14T09:30:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "UTC")
            for line in [
                "Rent friday #home p1", "Report friday #work", "Gym every day #home", "Read p1", "Tax 2025 #work p1",
            ] {
                _ = try await api.post("/api/v1/tasks/quick-add", token: ana, ["text": .string(line)], 201)
            }
            func titles(_ filter: String) async throws -> [String] {
                let query = filter.addingPercent
                let page = try await api.get("/api/v1/tasks?sort=title&count=true&filter=\(query)", token: ana)
                let items = page["items"]?.array ?? []
                #expect(page["count"]?.integer == Int64(items.count))
                return items.compactMap { $0["title"]?.string }
            }
            #expect(try await titles("(#work | #home) & p1") == ["Rent", "Tax 2025"])
            #expect(try await titles("due before: saturday & !recurring") == ["Rent", "Report"])
            #expect(try await titles("recurring | search: rent") == ["Gym", "Rent"])
            #expect(try await titles("no date & !#work") == ["Read"])
            #expect(try await titles("!(due before: saturday)") == ["Read", "Tax 2025"])
            #expect(try await titles("no tags") == ["Read"])
            #expect(try await titles("#home p1") == ["Rent"])
            #expect(try await titles("#home #work") == [])
            #expect(try await titles("(#work | #home) p1 !due: none") == ["Rent"])
            #expect(try await titles("due: none p1") == ["Read", "Tax 2025"])
            #expect(try await titles("due before: saturday #work") == ["Report"])
            let bad = try await api.send(.get, "/api/v1/tasks?filter=%23work%20%26", token: ana)
            #expect(bad.status == 422 && bad.fields == ["filter invalid_value"])
            let words = try await api.send(.get, "/api/v1/tasks?filter=%23work%20and%20p1", token: ana)
            #expect(words.status == 422 && words.fields == ["filter invalid_value"])
            #expect(
                words.json["errors"]?.array?.first?["detail"]?.string?.hasPrefix("At position 6: expected a condition")
                    == true)
        }
    }
}

extension String {
    fileprivate var addingPercent: String {
        utf8.map { byte in
            let isPlain = byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte))
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
