import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct SeriesTests {
    /// A task every Monday, from 2026-01-19 on.
    private static let weekly: JSONValue = [
        "title": "Water plants", "due_date": "2026-01-19", "recurrence": ["rrule": "FREQ=WEEKLY;BYDAY=MO"],
    ]

    /// The numbers, titles and dates of all tasks, the trash apart.
    private func tasks(_ stage: Stage) async throws -> [String] {
        let list = try await stage.json("tasks.list", ["sort": "due_date", "order": "asc"])
        return (list["items"]?.array ?? []).map { task in
            "\(task["number"]?.integer ?? 0) \(task["title"]?.string ?? "") \(task["due"]?["date"]?.string ?? "")"
        }
    }

    @Test func `a completion brings the next one once, and reopening takes it back`() async throws {
        try await Stage.with { stage in
            let first = try await stage.json("tasks.create-recurring", SeriesTests.weekly)
            #expect(first["recurring"] == "weekly")
            #expect(try await stage.makeNext(after: first) == nil, "it is not done yet")
            try await stage.call("tasks.complete", ["task_id": 1])
            #expect(try await stage.makeNext(after: first)?.number == 2)
            #expect(try await stage.makeNext(after: first) == nil)
            #expect(try await tasks(stage) == ["1 Water plants 2026-01-19", "2 Water plants 2026-01-26"])
            try await stage.call("tasks.reopen", ["task_id": 1])
            #expect(try await tasks(stage) == ["1 Water plants 2026-01-19"])
            try await stage.call("tasks.complete", ["task_id": 1])
            #expect(try await stage.makeNext(after: first)?.number == 2, "the same one again")
            #expect(
                try await stage.fields(of: "tasks.create-recurring", ["title": "A"]) == ["/recurrence required"])
        }
    }

    private func threeOccurrences(_ stage: Stage) async throws {
        let first = try await stage.json("tasks.create", SeriesTests.weekly)
        try await stage.call("tasks.complete", ["task_id": 1])
        let second = try #require(try await stage.makeNext(after: first))
        try await stage.call("tasks.complete", ["task_id": 2])
        #expect(try await stage.makeNext(after: second.json)?.number == 3)
    }

    @Test(arguments: [
        (JSONValue?.none, ["Water plants", "Water plants", "New"], "New"),
        ("this", ["Water plants", "Water plants", "New"], "Water plants"),
        ("following", ["Water plants", "Water plants", "New"], "New"),
        ("all", ["New", "New", "New"], "New"),
    ])
    func `an edit is for this one, those that follow, or all`(
        _ scope: JSONValue?, _ titles: [String], _ next: String
    ) async throws {
        try await Stage.with { stage in
            try await threeOccurrences(stage)
            var edit: JSONObject = ["task_id": 3, "title": "New"]
            edit["scope"] = scope
            let edited = try await stage.call("tasks.edit", .object(edit))
            var changed: [String?] = []
            for number in 1...3 as ClosedRange<Int64> {
                changed.append(try await stage.json("tasks.read", ["task_id": .integer(number)])["title"]?.string)
            }
            #expect(changed == titles)
            let done = try await stage.json("tasks.complete", ["task_id": 3])
            #expect(try await stage.makeNext(after: done)?.title == next)
            #expect(edited.undoToken != nil)
        }
    }

    @Test func `a date is moved for one occurrence, or for the series`() async throws {
        try await Stage.with { stage in
            try await threeOccurrences(stage)
            try await stage.call("tasks.edit", ["task_id": 3, "due_date": "2026-02-03"])
            let one = try await stage.json("tasks.occurrences", ["task_id": 3, "limit": 3])
            #expect(
                one["items"]?.array?.map { $0["due"]?["date"]?.string } == ["2026-02-03", "2026-02-09", "2026-02-16"])
            let moved = try await stage.call(
                "tasks.edit", ["task_id": 3, "due_date": "2026-02-04", "scope": "following"])
            let all = try await stage.json("tasks.occurrences", ["task_id": 3, "limit": 2])
            #expect(all["items"]?.array?.first?["due"]?["date"] == "2026-02-04")
            try await stage.call("undo", ["token": JSONValue(text: moved.undoToken)])
            #expect(try await stage.json("tasks.occurrences", ["task_id": 3, "limit": 3]) == one)
            #expect(
                try await stage.fields(of: "tasks.occurrences", ["task_id": 3, "limit": 0]) == ["/limit out_of_range"])
        }
    }

    @Test func `one occurrence is skipped, while there is a next one`() async throws {
        try await Stage.with { stage in
            let rule: JSONValue = ["rrule": "FREQ=WEEKLY;BYDAY=MO;COUNT=2"]
            try await stage.call("tasks.create", ["title": "Twice", "due_date": "2026-01-19", "recurrence": rule])
            let skipped = try await stage.call("tasks.skip", ["task_id": 1])
            #expect(skipped.sentence == "Skipped; next: 1: Twice · 2026-01-26.")
            #expect(try await stage.error(of: "tasks.skip", ["task_id": 1]) == .conflict(.lastOccurrence))
            try await stage.call("tasks.complete", ["task_id": 1])
            #expect(try await stage.error(of: "tasks.skip", ["task_id": 1]) == .conflict(.alreadyCompleted))
            try await stage.call("tasks.create", ["title": "Once"])
            #expect(try await stage.error(of: "tasks.skip", ["task_id": 2]) == .conflict(.notRecurring))
            #expect(try await stage.error(of: "tasks.end-series", ["task_id": 2]) == .conflict(.notRecurring))
        }
    }

    @Test func `a task is moved by words or dates, and its rule stays`() async throws {
        try await Stage.with(zone: "Europe/Paris") { stage in
            try await stage.call("tasks.create", SeriesTests.weekly)
            let moved = try await stage.call("tasks.reschedule", ["task_id": 1, "text": "friday at 5pm"])
            #expect(moved.sentence == "Moved 1: Water plants · 2026-01-16 17:00.")
            let items = try await stage.json("tasks.occurrences", ["task_id": 1, "limit": 2])["items"]?.array
            #expect(items?.last?["due"] == ["kind": "date", "date": "2026-01-26"])
            let dated = try await stage.json("tasks.reschedule", ["task_id": 1, "due_date": "2026-01-20"])
            #expect(dated["due"]?["date"] == "2026-01-20")
            #expect(try await stage.fields(of: "tasks.reschedule", ["task_id": 1]) == ["/due required"])
            #expect(
                try await stage.fields(of: "tasks.reschedule", ["task_id": 1, "due": .null]) == ["/due invalid_value"])
            #expect(
                try await stage.fields(of: "tasks.reschedule", ["task_id": 1, "text": "when pigs fly"])
                    == ["/text invalid_value"]
            )
            try await stage.call("tasks.complete", ["task_id": 1])
            #expect(
                try await stage.error(of: "tasks.reschedule", ["task_id": 1, "text": "tomorrow"])
                    == .conflict(.alreadyCompleted)
            )
        }
    }

    @Test func `a series that is ended brings nothing more`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", SeriesTests.weekly)
            let ended = try await stage.call("tasks.end-series", ["task_id": 1])
            #expect(ended.sentence == "For the last time: 1: Water plants · 2026-01-19.")
            #expect(ended.json?["recurrence"] == .null)
            let done = try await stage.json("tasks.complete", ["task_id": 1])
            #expect(try await stage.makeNext(after: done) == nil)
            #expect(try await stage.call("tasks.occurrences", ["task_id": 1]).sentence == "No dates.")
        }
    }
}
