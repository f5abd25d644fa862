import CivilTime
import ErrandCore
import TestSupport
import Testing

/// What a rule comes to before a task has it.
@Suite struct RecurrencePreviewTests {
    private func dates(_ answer: JSONValue) -> [String] {
        (answer["occurrences"]?.array ?? []).map { item in
            "\(item["date"]?.string ?? "")\(item["time"]?.string.map { " \($0)" } ?? "")"
        }
    }

    @Test func `every form of a rule is taken, and said in words`() async throws {
        try await Stage.with { stage in
            let due: JSONValue = ["kind": "date", "date": "2026-01-30"]
            let forms: [(JSONValue, String, String)] = [
                ("every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-01-30 2026-02-13 2026-02-27"),
                (["text": "every friday"], "FREQ=WEEKLY;BYDAY=FR", "2026-01-30 2026-02-06 2026-02-13"),
                (["rrule": "FREQ=DAILY;INTERVAL=3"], "FREQ=DAILY;INTERVAL=3", "2026-01-30 2026-02-02 2026-02-05"),
            ]
            for (recurrence, rule, days) in forms {
                let answer = try await stage.json(
                    "recurrences.preview", ["due": due, "recurrence": recurrence, "count": 3])
                #expect(answer["recurrence"]?["rrule"] == .string(rule))
                #expect(dates(answer).joined(separator: " ") == days)
                #expect(answer["text"]?.string?.isEmpty == false)
            }
            let word = try await stage.json("recurrences.preview", ["due": due, "recurrence": "monthly"])
            #expect(dates(word) == ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30", "2026-05-30"], "five")
            #expect(word["text"] == "every month on the 30th" || word["text"] == "every month")
            let recurring = try await stage.json("recurrences.preview", ["due": due, "recurring": "monthly"])
            #expect(recurring == word, "as tasks take it")
            let german = try await stage.json(
                "recurrences.preview", ["due": due, "recurrence": "jeden freitag", "locale": "de", "count": 1])
            #expect(german["text"] == "jeden Freitag")
            #expect(german["recurrence"]?["text"] == "every friday", "tasks have it in English")
        }
    }

    @Test func `it is what a task with that rule has, also across a change of the clocks`() async throws {
        try await Stage.with(zone: "Europe/Paris") { stage in
            let due: JSONValue = ["kind": "floating", "date": "2026-03-27", "time": "09:00"]
            let rule: JSONValue = ["rrule": "FREQ=DAILY", "exdates": ["2026-03-28"]]
            let answer = try await stage.json("recurrences.preview", ["due": due, "recurrence": rule, "count": 4])
            try await stage.call("tasks.create", ["title": "A", "due": due, "recurrence": rule])
            let task = try await stage.json("tasks.occurrences", ["task_id": 1, "limit": 4])
            let known = task["items"]?.array ?? []
            #expect(known.map { $0["due_date"] } == (answer["occurrences"]?.array ?? []).map { $0["due_date"] })
            #expect(known.map { $0["due"] } == (answer["occurrences"]?.array ?? []).map { $0["due"] })
            #expect(dates(answer).first == "2026-03-27 09:00:00" || dates(answer).first == "2026-03-27 09:00")
            #expect(answer["recurrence"] == (try await stage.json("tasks.read", ["task_id": 1])["recurrence"]))
            #expect(try await stage.json("tasks.list", ["count": true])["count"] == 1, "nothing was made")
        }
    }

    @Test func `without a due date it begins as a task would`() async throws {
        try await Stage.with { stage in
            let answer = try await stage.json(
                "recurrences.preview", ["recurrence": ["rrule": "FREQ=DAILY;BYHOUR=8"], "count": 2])
            try await stage.call("tasks.create", ["title": "A", "recurrence": ["rrule": "FREQ=DAILY;BYHOUR=8"]])
            let task = try await stage.json("tasks.read", ["task_id": 1])
            #expect(answer["occurrences"]?.array?.first?["due"] == task["due"])
            let counted = try await stage.json(
                "recurrences.preview",
                ["recurrence": ["rrule": "FREQ=DAILY;INTERVAL=3;COUNT=2", "anchor": "completion"]])
            #expect(counted["occurrences"]?.array?.count == 2, "an end is an end")
        }
    }

    @Test func `what a task would refuse is refused, where it was given`() async throws {
        try await Stage.with { stage in
            func fields(_ form: JSONValue) async throws -> [String] {
                try await stage.fields(of: "recurrences.preview", form)
            }
            #expect(try await fields([:]) == ["/recurrence required"])
            #expect(try await fields(["recurrence": .null]) == ["/recurrence required"])
            #expect(try await fields(["recurrence": "when pigs fly"]) == ["/recurrence invalid_value"])
            #expect(try await fields(["recurrence": ["text": "when pigs fly"]]) == ["/recurrence/text invalid_value"])
            #expect(try await fields(["recurrence": ["rrule": "FREQ=NEVER"]]) == ["/recurrence/rrule invalid_value"])
            #expect(try await fields(["recurrence": "daily", "recurring": "daily"]) == ["/recurring excluded"])
            for count: JSONValue in [0, 51] {
                #expect(try await fields(["recurrence": "daily", "count": count]) == ["/count out_of_range"])
            }
            #expect(
                try await fields(["due": ["kind": "date", "date": "2026-01-30"], "recurrence": "hourly", "x": 1])
                    == ["/x unknown"])
            #expect(
                try await fields(["due_date": "2026-01-30", "recurrence": ["rrule": "FREQ=HOURLY"]])
                    == ["/recurrence/rrule invalid_value"], "times of day on a date")
            #expect(
                try await fields(["due_date": "2026-01-30", "recurrence": ["rrule": "FREQ=DAILY;UNTIL=20250101"]])
                    == ["/recurrence invalid_value"], "it never happens")
            let noScope = stage.principal(scopes: [.readAccount])
            let entry = try #require(Catalogue.entry("recurrences.preview"))
            await #expect(throws: ErrandError.insufficientScope(.readTasks)) {
                try await entry.read(arguments: ["recurrence": "daily"]).perform(by: stage.operations, as: noScope)
            }
        }
    }
}
