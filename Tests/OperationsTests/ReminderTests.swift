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
}
