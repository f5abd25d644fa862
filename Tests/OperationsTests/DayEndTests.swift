import CivilTime
import ErrandCore
import TestSupport
import Testing

/// A day that ends at 03:00 lasts until 3 of the night that follows it.
@Suite struct DayEndTests {
    private func with(_ end: JSONValue, _ use: (Stage) async throws -> Void) async throws {
        try await Stage.with(zone: "Europe/Berlin") { stage in
            let changed = try await stage.json("me.update", .object(["day_ends_at": end]))
            #expect(changed["day_ends_at"] == end)
            try await use(stage)
        }
    }

    private func titles(_ stage: Stage, _ query: JSONValue, at now: String) async throws -> [String] {
        stage.clock.set(try #require(Instant(now)))
        var arguments = try #require(query.object)
        arguments["sort"] = "title"
        let list = try await stage.json("tasks.list", .object(arguments))
        return (list["items"]?.array ?? []).compactMap { $0["title"]?.string }
    }

    /// Friday and Saturday; Berlin is an hour ahead of UTC.
    private func addTasks(_ stage: Stage) async throws {
        for (title, day) in [("a", "2026-11-26"), ("b", "2026-11-27"), ("c", "2026-11-28"), ("d", "2026-11-30")] {
            try await stage.call("tasks.create", .object(["title": .string(title), "due_date": .string(day)]))
        }
    }

    @Test func `until then today is the day before, in every filter`() async throws {
        try await with("03:00") { stage in
            try await addTasks(stage)
            for (query, at130, at300) in [
                (["due": "today"], ["b"], ["c"]), (["due": "overdue"], ["a"], ["a", "b"]),
                (["filter": "today"], ["b"], ["c"]), (["filter": "tomorrow"], ["c"], []),
                (["filter": "overdue"], ["a"], ["a", "b"]), (["filter": "due before: today"], ["a"], ["a", "b"]),
            ] as [(JSONValue, [String], [String])] {
                #expect(try await titles(stage, query, at: "2026-11-28T00:30:00Z") == at130, "\(query) at 01:30")
                #expect(try await titles(stage, query, at: "2026-11-28T02:00:00Z") == at300, "\(query) at 03:00")
            }
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T02:00:00Z") == ["a"], "not b, at 03:00")
            // Monday at 01:30 is still Sunday's week.
            #expect(try await titles(stage, ["due": "week"], at: "2026-11-30T00:30:00Z") == ["a", "b", "c"])
            #expect(try await titles(stage, ["due": "week"], at: "2026-11-30T02:00:00Z") == ["d"])
        }
    }

    @Test(arguments: ["00:00", "24:00"] as [JSONValue])
    func `midnight is midnight, however it is written`(_ end: JSONValue) async throws {
        try await with(end) { stage in
            try await addTasks(stage)
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T22:59:00Z") == ["a"])
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T23:00:00Z") == ["a", "b"])
            #expect(try await titles(stage, ["due": "today"], at: "2026-11-27T23:00:00Z") == ["c"])
        }
    }

    @Test func `an end in the evening is of the day itself`() async throws {
        try await with("18:00") { stage in
            try await addTasks(stage)
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T16:59:00Z") == ["a"])
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T17:00:00Z") == ["a", "b"])
            #expect(try await titles(stage, ["due": "today"], at: "2026-11-27T21:00:00Z") == ["b"])
        }
    }

    @Test(arguments: ["24:01", "3", "03:00:00", "-1:00"] as [JSONValue])
    func `what is no time of day is refused`(_ end: JSONValue) async throws {
        try await Stage.with { stage in
            let found = try await stage.fields(of: "me.update", .object(["day_ends_at": end]))
            #expect(found == ["/day_ends_at invalid_value"])
        }
    }

    @Test func `changing it moves what is overdue`() async throws {
        try await with("24:00") { stage in
            try await addTasks(stage)
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T23:30:00Z") == ["a", "b"])
            try await stage.call("me.update", ["day_ends_at": "03:00"])
            #expect(try await titles(stage, ["due": "overdue"], at: "2026-11-27T23:30:00Z") == ["a"])
        }
    }

    @Test(
        arguments: [
            ("Milk today", "2026-11-27"), ("Milk tomorrow", "2026-11-28"), ("Milk every day", "2026-11-27"),
            ("Milk in 3 days", "2026-11-30"), ("Milk saturday", "2026-11-28"),
        ] as [(JSONValue, JSONValue)])
    func `words at 01:30 mean the day that has not ended`(_ text: JSONValue, _ date: JSONValue) async throws {
        try await with("03:00") { stage in
            stage.clock.set(try #require(Instant("2026-11-28T00:30:00Z")))
            let said = try await stage.json("tasks.quick-add", .object(["text": text]))
            #expect(said["task"]?["due"]?["date"] == date)
            // The zone that is given is the one whose day it is: 14:30 in Tokyo is not in the small hours.
            let abroad: JSONValue = .object([
                "text": "Tea today", "time_zone": "Asia/Tokyo", "now": "2026-11-28T05:30:00Z", "dry_run": true,
            ])
            #expect(try await stage.json("tasks.quick-add", abroad)["parsed"]?["due"]?["date"] == "2026-11-28")
            try await stage.call("tasks.create", ["title": "Tea"])
            let moved = try await stage.json("tasks.reschedule", ["task_id": 2, "text": "tomorrow"])
            #expect(moved["due"]?["date"] == "2026-11-28")
        }
    }

    @Test(
        arguments: [
            (["text": "every! 3 days"], "2026-11-30"), (["text": "every day"], "2026-11-28"),
            (["text": "every! month"], "2026-12-27"),
        ] as [(JSONValue, String)])
    func `what is completed at 01:30 was completed on the day before`(_ rule: JSONValue, _ next: String) async throws {
        try await with("03:00") { stage in
            let made = try await stage.json(
                "tasks.create", .object(["title": "Water", "due_date": "2026-11-25", "recurrence": rule])
            )
            stage.clock.set(try #require(Instant("2026-11-28T00:30:00Z")))
            try await stage.call("tasks.complete", ["task_id": 1])
            #expect(try await stage.makeNext(after: made)?.due?.date.description == next)
        }
    }
}
