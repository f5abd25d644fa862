import CivilTime
import ErrandCore
import TestSupport
import Testing

/// Days and hours around changes of the clocks, ends of months, and days that end after midnight.
@Suite struct ClockTests {
    private static let berlin = "Europe/Berlin"

    private func due(_ date: String, _ time: String?, _ kind: String = "zoned") -> JSONValue {
        var due: JSONObject = ["kind": .string(kind), "date": .string(date)]
        if let time { due.append("time", .string(time)) }
        if kind == "zoned" { due.append("time_zone", .string(Self.berlin)) }
        return .object(due)
    }

    // MARK: Reminders

    /// The clocks go forward on 29 March 2026.
    @Test(arguments: [
        ("zoned", "P1D", "P1D", "2026-03-28T11:00:00Z"), ("zoned", "PT24H", "PT24H", "2026-03-28T10:00:00Z"),
        ("floating", "P1D", "P1D", "2026-03-28T11:00:00Z"), ("floating", "PT24H", "PT24H", "2026-03-28T10:00:00Z"),
        ("zoned", "P1DT2H", "P1DT2H", "2026-03-28T09:00:00Z"), ("zoned", "PT36H", "PT36H", "2026-03-27T22:00:00Z"),
        ("date", "P1D", "P1D", "2026-03-28T08:00:00Z"), ("date", "PT24H", "PT24H", "2026-03-28T07:00:00Z"),
        ("zoned", "P2W", "P2W", "2026-03-15T11:00:00Z"), ("zoned", "P14D", "P2W", "2026-03-15T11:00:00Z"),
    ])
    func `a day before is the same time of the day before, 24 hours are 24 hours`(
        kind: String, before: JSONValue, kept: JSONValue, moment: JSONValue
    ) async throws {
        try await Stage.with(zone: Self.berlin) { stage in
            let due = due("2026-03-29", kind == "date" ? nil : "12:00", kind)
            let task: JSONValue = ["title": "Call", "due": due, "reminders": [.object(["before": before])]]
            let made = try await stage.json("tasks.create", task)
            #expect(made["reminders"]?.array?.first?["before"] == kept)
            #expect(made["reminder_at"] == moment)
            let read = try await stage.json("tasks.read", ["task_id": 1])
            #expect(read["reminders"] == made["reminders"], "as it was stored")
            let batch: JSONValue = ["commands": [["id": "a", "op": "create", "args": task]]]
            let answer = try await stage.json("tasks.batch", batch)
            let twin = answer["results"]?.array?.first?["task"]
            #expect(twin?["reminder_at"] == moment && twin?["reminders"]?.array?.first?["before"] == kept)
        }
    }

    @Test func `quick add keeps days and hours apart`() async throws {
        try await Stage.with(zone: Self.berlin) { stage in
            for (words, before, moment) in [
                ("1 day", "P1D", "2026-03-28T11:00:00Z"), ("24 hours", "PT24H", "2026-03-28T10:00:00Z"),
            ] as [(String, JSONValue, JSONValue)] {
                let text = JSONValue.string("Call 29 march 2026 at 12:00 remind me \(words) before")
                let answer = try await stage.json("tasks.quick-add", .object(["text": text]))
                #expect(answer["parsed"]?["reminders"]?.array?.first?["before"] == before)
                #expect(answer["task"]?["reminder_at"] == moment)
            }
        }
    }

    @Test func `a clock reminder comes with every occurrence and moves with the due date`() async throws {
        try await Stage.with(zone: Self.berlin) { stage in
            let made = try await stage.json(
                "tasks.create",
                [
                    "title": "Tablets", "due": due("2026-03-28", "20:00"), "recurring": "daily",
                    "reminders": [
                        ["kind": "clock", "time": "08:00"], ["time": "18:30", "days_before": 1],
                    ],
                ]
            )
            #expect(made["reminder_at"] == "2026-03-27T17:30:00Z")
            let reminders = made["reminders"]?.array ?? []
            #expect(
                reminders.map { [$0["kind"], $0["time"], $0["days_before"]] } == [
                    ["clock", "08:00", 0], ["clock", "18:30", 1],
                ]
            )
            stage.clock.set(try #require(Instant("2026-03-28T19:30:00Z")))
            try await stage.call("tasks.complete", ["task_id": 1])
            let next = try #require(try await stage.makeNext(after: made))
            #expect(next.due?.date.description == "2026-03-29")
            #expect(next.reminderAt?.description == "2026-03-29T06:00:00Z", "08:00 in summer; 18:30 has passed")
            let moved = try await stage.json("tasks.edit", ["task_id": 2, "due": due("2026-03-31", "20:00")])
            #expect(moved["reminder_at"] == "2026-03-30T16:30:00Z")
            let dated = try await stage.json("tasks.edit", ["task_id": 2, "due": due("2026-04-02", nil, "date")])
            #expect(dated["reminder_at"] == "2026-04-01T16:30:00Z")
        }
    }

    @Test(
        arguments: [
            (["time": "8"], ["/reminders/0/time invalid_value"]),
            (["days_before": 1], ["/reminders/0/before required", "/reminders/0/time required"]),
            (["time": "08:00", "days_before": 367], ["/reminders/0/days_before out_of_range"]),
            (["time": "08:00", "days_before": -1], ["/reminders/0/days_before out_of_range"]),
            (["time": "08:00", "before": "P1D"], ["/reminders/0/time excluded"]),
            (["time": "08:00", "at": "2026-01-20T08:00:00Z"], ["/reminders/0/at excluded"]),
            (["kind": "clock"], ["/reminders/0/time required"]),
            (["kind": "clock", "before": "P1D"], ["/reminders/0/before excluded"]),
            (["kind": "relative", "time": "08:00"], ["/reminders/0/time excluded"]),
            (["kind": "sometimes", "time": "08:00"], ["/reminders/0/kind invalid_value"]),
        ] as [(JSONValue, [String])])
    func `a clock reminder that is not well said is refused at its place`(
        _ reminder: JSONValue, _ problems: [String]
    ) async throws {
        try await Stage.with { stage in
            let task: JSONValue = ["title": "Call", "due": due("2026-01-20", "12:00"), "reminders": [reminder]]
            let found = try await stage.fields(of: "tasks.create", task)
            #expect(found == problems)
        }
    }

    @Test func `a clock reminder needs a due date`() async throws {
        try await Stage.with { stage in
            let task: JSONValue = ["title": "Some day", "reminders": [["time": "08:00"]]]
            let found = try await stage.fields(of: "tasks.create", task)
            #expect(found == ["/reminders/0 invalid_value"])
        }
    }

    @Test(
        arguments: [
            ("P1D", "2026-03-29T10:00:00Z", "2026-03-30T10:00:00Z"),
            ("PT24H", "2026-03-29T11:00:00Z", "2026-03-30T11:00:00Z"),
        ] as [(JSONValue, String, String)])
    func `what repeats every day comes at the same time of day`(
        _ every: JSONValue, _ second: String, _ third: String
    ) async throws {
        try await Stage.with(zone: Self.berlin) { stage in
            let made = try await stage.json(
                "tasks.create",
                [
                    "title": "Call", "due": due("2026-03-28", "12:00"),
                    "reminders": [.object(["before": "PT0S", "repeat_every": every])],
                ]
            )
            #expect(made["reminders"]?.array?.first?["repeat_every"] == every)
            try await stage.fireReminders(at: "2026-03-28T11:00:00Z")
            #expect(try await stage.json("tasks.read", ["task_id": 1])["reminder_at"] == .string(second))
            try await stage.fireReminders(at: second)
            #expect(try await stage.json("tasks.read", ["task_id": 1])["reminder_at"] == .string(third))
            // Years later it is still found at once, and at that time of day.
            try await stage.fireReminders(at: "2036-07-01T00:00:00Z")
            let later = try await stage.json("tasks.read", ["task_id": 1])["reminder_at"]
            #expect(later == (every == "P1D" ? "2036-07-01T10:00:00Z" : "2036-07-01T11:00:00Z"))
        }
    }

    @Test(
        arguments: [
            ("P1D", "2026-03-29T10:00:00Z"), ("PT24H", "2026-03-29T11:00:00Z"), ("P31D", "2026-04-28T10:00:00Z"),
        ] as [(JSONValue, JSONValue)])
    func `a snooze of a day is a day`(_ wait: JSONValue, _ moment: JSONValue) async throws {
        try await Stage.with(zone: Self.berlin) { stage in
            let made = try await stage.json(
                "tasks.create", ["title": "Call", "due": due("2026-03-28", "12:00"), "reminders": [["before": "PT0S"]]]
            )
            try await stage.fireReminders(at: "2026-03-28T11:00:00Z")
            let id = try #require(made["reminders"]?.array?.first?["id"])
            let snoozed = try await stage.json("reminders.snooze", .object(["reminder_id": id, "for": wait]))
            #expect(snoozed["remind_at"] == moment)
        }
    }

    // MARK: Ends of months

    private func dates(_ stage: Stage, of task: JSONValue, _ count: Int64 = 4) async throws -> [String] {
        let number = try #require(task["number"])
        let found = try await stage.json("tasks.occurrences", .object(["task_id": number, "limit": .integer(count)]))
        return (found["items"]?.array ?? []).compactMap { $0["due"]?["date"]?.string }
    }

    @Test(
        arguments: [
            ["recurring": "monthly"], ["recurrence": ["text": "every month"]], ["recurrence": ["text": "monthly"]],
            ["recurrence": ["text": "every month on the 31st"]],
            ["recurrence": ["rrule": "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]],
        ] as [JSONValue])
    func `every month from the 31st is the last day, and the 31st again`(_ rule: JSONValue) async throws {
        try await Stage.with { stage in
            var task: JSONObject = ["title": "Rent", "due_date": "2027-01-31"]
            for member in rule.object?.members ?? [] { task[member.name] = member.value }
            let made = try await stage.json("tasks.create", .object(task))
            #expect(try await dates(stage, of: made) == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"])
            #expect(made["recurring"] == "monthly")
            #expect(made["recurrence"]?["text"] == "every month on the 31st")
        }
    }

    @Test(arguments: [
        ("Rent every month starting jan 31 2027", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        ("Rent every month", ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30"]),
        ("Rent every month at 9am", ["2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31"]),
        ("Rent every 6 months", ["2026-08-31", "2027-02-28", "2027-08-31", "2028-02-29"]),
        ("Rent monthly", ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30"]),
        ("Rent every month on the 31st at 8am and 8pm", ["2026-08-31", "2026-09-30", "2026-09-30", "2026-10-31"]),
    ])
    func `quick add means the same`(_ text: String, _ expected: [String]) async throws {
        try await Stage.with { stage in
            stage.clock.set(try #require(Instant("2026-08-31T10:00:00Z")))
            let answer = try await stage.json("tasks.quick-add", .object(["text": .string(text)]))
            #expect(try await dates(stage, of: try #require(answer["task"])) == expected)
            // The page sends what it was shown.
            let parsed = try #require(answer["parsed"])
            let twin = try await stage.json(
                "tasks.create",
                .object([
                    "title": "Twin", "due": parsed["due"] ?? .null,
                    "recurrence": .object(["rrule": parsed["recurrence"]?["rrule"] ?? .null]),
                ])
            )
            #expect(try await dates(stage, of: twin) == expected)
        }
    }

    @Test func `words count from the due date, not from today`() async throws {
        try await Stage.with { stage in
            stage.clock.set(try #require(Instant("2026-08-31T10:00:00Z")))
            let made = try await stage.json(
                "tasks.create", ["title": "Rent", "due_date": "2026-09-15", "recurrence": ["text": "every month"]]
            )
            #expect(made["recurrence"]?["rrule"] == "FREQ=MONTHLY")
            #expect(try await dates(stage, of: made, 2) == ["2026-09-15", "2026-10-15"])
            let until = try await stage.fields(
                of: "tasks.create",
                ["title": "Rent", "due_date": "2027-01-15", "recurrence": ["text": "every day until 1 dec 2026"]]
            )
            #expect(until == ["/recurrence invalid_value"])
        }
    }

    @Test func `a raw rule does what the RFC says`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json(
                "tasks.create",
                ["title": "Rent", "due_date": "2027-01-31", "recurrence": ["rrule": "FREQ=MONTHLY"]]
            )
            #expect(try await dates(stage, of: made, 3) == ["2027-01-31", "2027-03-31", "2027-05-31"])
            #expect(made["recurring"] == "custom", "monthly means something else")
            #expect(made["recurrence"]?["text"] == .null, "and so do the words")
        }
    }

    @Test func `a series that is moved is every month from its new day`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json(
                "tasks.create", ["title": "Rent", "due_date": "2027-01-31", "recurring": "monthly"]
            )
            for (day, expected) in [
                ("2027-02-15", ["2027-02-15", "2027-03-15", "2027-04-15"]),
                ("2027-03-30", ["2027-03-30", "2027-04-30", "2027-05-30"]),
                ("2028-01-30", ["2028-01-30", "2028-02-29", "2028-03-30"]),
            ] as [(JSONValue, [String])] {
                let edit: JSONValue = .object(["task_id": 1, "due_date": day, "scope": "following"])
                #expect(try await stage.json("tasks.edit", edit)["recurring"] == "monthly")
                #expect(try await dates(stage, of: made, 3) == expected)
            }
        }
    }

    @Test func `every year from 29 February is the 28th between`() async throws {
        try await Stage.with { stage in
            let expected = ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]
            for rule in [["recurring": "yearly"], ["recurrence": ["text": "every year"]]] as [JSONValue] {
                var task: JSONObject = ["title": "Party", "due_date": "2028-02-29"]
                for member in rule.object?.members ?? [] { task[member.name] = member.value }
                let made = try await stage.json("tasks.create", .object(task))
                #expect(try await dates(stage, of: made, 5) == expected)
                #expect(made["recurring"] == "yearly")
            }
        }
    }

    private func complete(_ stage: Stage, _ task: JSONValue, on day: String) async throws -> JSONValue {
        stage.clock.set(try #require(Instant("\(day)T12:00:00Z")))
        try await stage.call("tasks.complete", .object(["task_id": try #require(task["number"])]))
        return try #require(try await stage.makeNext(after: task)).json
    }

    @Test(
        arguments: [
            ["recurrence": ["text": "every! 3 months"]],
            ["recurrence": ["text": "every 3 months", "anchor": "completion"]],
            ["recurrence": ["rrule": "FREQ=MONTHLY;INTERVAL=3", "anchor": "completion"]],
        ] as [JSONValue])
    func `months from a completion end at the last day, and the day comes back`(_ rule: JSONValue) async throws {
        try await Stage.with { stage in
            var task: JSONObject = ["title": "Filter", "due_date": "2026-11-30"]
            for member in rule.object?.members ?? [] { task[member.name] = member.value }
            var made = try await stage.json("tasks.create", .object(task))
            #expect(try await dates(stage, of: made) == ["2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30"])
            #expect(made["recurrence"]?["text"] == "every! 3 months")
            made = try await complete(stage, made, on: "2026-11-30")
            #expect(made["due"]?["date"] == "2027-02-28")
            made = try await complete(stage, made, on: "2027-02-28")
            #expect(made["due"]?["date"] == "2027-05-30")
            made = try await complete(stage, made, on: "2027-06-02")
            #expect(made["due"]?["date"] == "2027-09-02", "counted from the day it was done")
            made = try await complete(stage, made, on: "2027-11-30")
            #expect(made["due"]?["date"] == "2028-02-29")
            made = try await complete(stage, made, on: "2028-02-28")
            #expect(made["due"]?["date"] == "2028-05-28", "the 28th, because it was done on that day")
        }
    }

    @Test func `quick add counts from completion alike`() async throws {
        try await Stage.with { stage in
            stage.clock.set(try #require(Instant("2026-08-31T10:00:00Z")))
            let answer = try await stage.json("tasks.quick-add", ["text": "Filter every! 6 months"])
            var made = try #require(answer["task"])
            made = try await complete(stage, made, on: "2026-08-31")
            #expect(made["due"]?["date"] == "2027-02-28")
            made = try await complete(stage, made, on: "2027-02-28")
            #expect(made["due"]?["date"] == "2027-08-31")
            let skipped = try await stage.json("tasks.skip", .object(["task_id": try #require(made["number"])]))
            #expect(skipped["due"]?["date"] == "2028-02-29")
        }
    }
}
