import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct ToolFindingTests {
    private func filled(_ use: (Stage) async throws -> Void) async throws {
        try await Stage.with(zone: "Europe/Berlin") { stage in
            stage.clock.set(try #require(Instant("2026-01-14T10:00:00Z")))
            try await stage.done(
                "add_task",
                [
                    "tasks": [
                        ["title": "Late report", "due_date": "2026-01-12", "tags": ["work"]],
                        ["title": "Buy milk", "due_date": "2026-01-14", "priority": "low"],
                        ["title": "Call Eva", "due_date": "friday 5pm", "tags": ["home"], "priority": "p1"],
                        ["title": "Someday", "description": .string(String(repeating: "word ", count: 100))],
                        ["title": "Tokyo call", "due_date": "2026-01-15T20:00:00Z"],
                    ]
                ]
            )
            try await use(stage)
        }
    }

    @Test func `lists are filtered, sorted and counted`() async throws {
        try await filled { stage in
            #expect(try await stage.titles("list_tasks", ["due": "overdue"]) == ["Late report"])
            #expect(try await stage.titles("search_tasks", ["keyword": "mil"]) == ["Buy milk"])
            #expect(
                try await stage.titles("sort_tasks", ["by": "due_date"])
                    == ["Late report", "Buy milk", "Tokyo call", "Call Eva", "Someday"])
            #expect(
                try await stage.titles("sort_tasks", ["by": "title", "order": "desc", "limit": 1]) == ["Tokyo call"])
            #expect(
                try await stage.titles("filter_tasks", ["filter": "#work | p1", "sort": "title"]) == [
                    "Call Eva", "Late report",
                ])
            #expect(
                try await stage.titles("filter_tasks", ["due_from": "today", "due_to": "tomorrow", "sort": "due_date"])
                    == ["Buy milk", "Tokyo call"])
            #expect(try await stage.titles("filter_tasks", ["due_before": "2026-01-14"]) == ["Late report"])
            #expect(try await stage.titles("filter_tasks", ["due_after": "tomorrow"]) == ["Call Eva"])
            let first = try await stage.done("list_tasks", ["limit": 2])
            #expect(first["count"] == 5)
            let rest = try await stage.done("list_tasks", ["limit": 3, "cursor": first["next_cursor"] ?? .null])
            #expect(rest["tasks"]?.array?.count == 3 && rest["next_cursor"] == nil)
            let long = try await stage.done("search_tasks", ["query": "someday"])["tasks"]?.array?.first
            #expect(long?["description"]?.string?.count == 201)
            let whole = try await stage.done("get_task", ["task_id": 4])["tasks"]?.array?.first
            #expect(whole?["description"]?.string?.count == 500)
            #expect(try await stage.done("list_tags")["count"] == 2)
        }
    }

    @Test func `what a list does not understand is told by its name`() async throws {
        try await filled { (stage) async throws in
            #expect(
                try await stage.broken("list_tasks", ["status": "open", "limit": 0, "nope": 1])
                    == ["status invalid_value", "limit out_of_range", "nope unknown"])
            #expect(try await stage.broken("search_tasks", [:]) == ["query required"])
            #expect(try await stage.broken("search_tasks", ["query": 5]) == ["query wrong_type"])
            #expect(try await stage.broken("sort_tasks", ["by": "mood"]) == ["by invalid_value"])
            #expect(try await stage.broken("filter_tasks", ["filter": "(("]) == ["filter invalid_value"])
            #expect(try await stage.broken("filter_tasks", ["due_from": "whenever"]) == ["due_from invalid_value"])
            #expect(
                try await stage.broken("filter_tasks", ["due_before": "friday", "due_to": "friday"])
                    == ["due_before excluded"])
            #expect(try await stage.broken("list_tasks", ["cursor": "x"]) == [])
            #expect(try await stage.tool("list_tasks", ["cursor": "x"]).structured["code"] == "invalid_cursor")
        }
    }

    @Test func `the agenda has what is late and what each day brings, on the user's clocks`() async throws {
        try await filled { stage in
            let agenda = try await stage.tool("agenda")
            let json = agenda.structured
            #expect(json["time_zone"] == "Europe/Berlin")
            #expect(json["from"] == "2026-01-14" && json["to"] == "2026-01-20")
            #expect(json["overdue"]?.array?.compactMap { $0["title"]?.string } == ["Late report"])
            let days = (json["days"]?.array ?? []).map { day in
                "\(day["date"]?.string ?? "") \(day["tasks"]?.array?.compactMap { $0["title"]?.string } ?? [])"
            }
            #expect(
                days == ["2026-01-14 [\"Buy milk\"]", "2026-01-15 [\"Tokyo call\"]", "2026-01-16 [\"Call Eva\"]"])
            #expect(agenda.sentence.hasPrefix("1 task overdue.\n2026-01-14: 2: Buy milk."))
            let friday = try await stage.done("agenda", ["from": "friday", "to": "friday"])
            #expect(friday["days"]?.array?.count == 1)
            #expect(try await stage.broken("agenda", ["from": "friday", "to": "today"]) == ["to out_of_range"])
            #expect(try await stage.broken("agenda", ["from": "whenever"]) == ["from invalid_value"])
        }
    }
}
