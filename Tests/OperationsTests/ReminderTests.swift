import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct ReminderTests {
    private static let call: JSONValue = [
        "title": "Call", "due": ["kind": "zoned", "date": "2026-01-20", "time": "12:00", "time_zone": "UTC"],
        "reminders": [["before": "PT1H"]],
    ]

    @Test func `reminders are replaced, and those that stay keep their ids`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json("tasks.create", ReminderTests.call)
            let id = made["reminders"]?.array?.first?["id"]
            let changed = try await stage.json(
                "tasks.set-reminders", ["task_id": 1, "reminders": [["before": "P1D"], ["before": "PT1H"]]]
            )
            #expect(changed["reminders"]?.array?.last?["id"] == id)
            #expect(changed["reminder_at"] == "2026-01-19T12:00:00Z")
            #expect(
                try await stage.fields(
                    of: "tasks.set-reminders", ["task_id": 1, "reminders": [["before": "soon"], [:]]])
                    == ["/reminders/0/before invalid_value", "/reminders/1/before required"]
            )
            try await stage.call("tasks.create", ["title": "Some day"])
            #expect(
                try await stage.fields(of: "tasks.set-reminders", ["task_id": 2, "reminders": [["before": "PT1H"]]])
                    == ["/reminders/0 invalid_value"]
            )
        }
    }

    @Test func `what has fired is snoozed, as often as one likes`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json("tasks.create", ReminderTests.call)
            let id = try #require(made["reminders"]?.array?.first?["id"])
            func snooze(_ argument: String, _ value: JSONValue) -> JSONValue {
                .object(["reminder_id": id, argument: value])
            }
            #expect(try await stage.error(of: "reminders.snooze", snooze("for", "PT10M")) == .conflict(.notFired))
            try await stage.fireReminders(at: "2026-01-20T11:00:00Z")
            let snoozed = try await stage.call("reminders.snooze", snooze("for", "PT10M"))
            #expect(snoozed.sentence == "Reminds of 1: Call again at 2026-01-20T11:10:00Z.")
            #expect(snoozed.json?["parent_id"] == id)
            let moved = try await stage.json("reminders.snooze", snooze("until", "2026-01-20T11:30:00Z"))
            #expect(moved["id"] == snoozed.json?["id"], "the same firing")
            #expect(try await stage.json("tasks.read", ["task_id": 1])["reminder_at"] == "2026-01-20T11:30:00Z")
            let evening = try await stage.json("reminders.snooze", snooze("text", "this evening"))
            #expect(evening["remind_at"] == "2026-01-20T19:00:00Z", "in the user's day parts")
            let tomorrow = try await stage.json("reminders.snooze", snooze("text", "tomorrow"))
            #expect(tomorrow["remind_at"] == "2026-01-21T09:00:00Z", "a day alone is its morning")
            #expect(
                try await stage.fields(of: "reminders.snooze", snooze("text", "when pigs fly"))
                    == ["/text invalid_value"])
            #expect(
                try await stage.fields(of: "reminders.snooze", snooze("text", "yesterday")) == ["/text out_of_range"])
            for past in ["2026-01-20T11:00:00Z", "2026-03-20T11:00:00Z"] {
                let arguments = snooze("until", .string(past))
                #expect(try await stage.fields(of: "reminders.snooze", arguments) == ["/until out_of_range"])
            }
            #expect(try await stage.fields(of: "reminders.snooze", ["reminder_id": id]) == ["/for required"])
            #expect(
                try await stage.error(of: "reminders.snooze", snooze("for", "PT10M"), as: stage.ben)
                    == .notFound(.reminder)
            )
            let none: JSONValue = ["reminder_id": "none", "for": "PT10M"]
            #expect(try await stage.error(of: "reminders.snooze", none) == .notFound(.reminder))
        }
    }

    @Test func `what repeats until it is done gives up after a while`() async throws {
        try await Stage.with { stage in
            var task = try #require(ReminderTests.call.object)
            task["reminders"] = [["before": "PT0S", "repeat_every": "PT5M"]]
            try await stage.call("tasks.create", .object(task))
            var now = try #require(Instant("2026-01-20T12:00:00Z"))
            var fired = 0
            for _ in 0..<(Limits.reminderFiringsMax + 10) {
                stage.clock.set(now)
                fired += try await ReminderClock(environment: stage.operations.environment).runOnce().fired
                now = now + .minutes(5)
            }
            #expect(fired == Limits.reminderFiringsMax)
            #expect(try await stage.json("tasks.read", ["task_id": 1])["reminder_at"] == .null)
        }
    }

    @Test func `a reminder at a time of day comes again with every occurrence`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json(
                "tasks.quick-add", ["text": "Water plants every day at 6pm remind me at 8am"])
            let task = try #require(made["task"])
            #expect(task["reminders"]?.array?.map { $0["kind"] } == ["clock"])
            #expect(task["reminders"]?.array?.first?["time"] == "08:00")
            try await stage.call("tasks.complete", ["task_id": 1])
            let next = try #require(try await stage.makeNext(after: task))
            let eight = try #require(LocalTime("08:00"))
            #expect(next.reminders.map(\.moment) == [.onDay(daysBefore: 0, eight)])
            #expect(next.reminderAt == Instant("2026-01-16T08:00:00Z"))
        }
    }
}
