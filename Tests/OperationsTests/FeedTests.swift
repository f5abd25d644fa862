import CivilTime
import ErrandCore
import TestSupport
import Testing

/// What calendars read without signing in.
@Suite struct FeedTests {
    private static let hash = [UInt8](repeating: 1, count: 32)

    @discardableResult
    private func make(_ form: JSONValue, _ stage: Stage, hash: [UInt8] = hash) async throws -> CalendarFeed {
        let command = CreateFeed(try FeedForm(form), hash: hash)
        return try await stage.operations.perform(command, as: stage.principal()).outcome
    }

    private func refusal(of form: JSONValue, _ stage: Stage) async -> FieldProblem? {
        let error = await #expect(throws: ErrandError.self) { try await make(form, stage) }
        return error?.fields.first
    }

    private func content(
        _ stage: Stage, known: String = ""
    ) async throws -> (text: String?, validator: AnswerValidator?) {
        let feed = try #require(try await stage.operations.feed(hash: Self.hash))
        switch try await stage.operations.content(of: feed, unless: { $0.description == known }) {
        case .unchanged(let validator): return (nil, validator)
        case .answer(let bytes, let validator): return (String(decoding: bytes, as: UTF8.self), validator)
        }
    }

    private func titles(_ stage: Stage) async throws -> [String] {
        let lines = try #require(try await content(stage).text).split(separator: "\r\n")
        return lines.filter { $0.hasPrefix("SUMMARY:") }.map { String($0.dropFirst(8)) }
    }

    @Test func `a feed shows what is due, its filter allows and is open, the earliest first`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "Later", "tags": ["home"], "due_date": "2026-02-01"])
            let soon = try await stage.json(
                "tasks.create", ["title": "Soon", "tags": ["home"], "due_date": "2026-01-20"])
            try await stage.call("tasks.create", ["title": "Some day", "tags": ["home"]])
            try await stage.call("tasks.create", ["title": "Elsewhere", "due_date": "2026-01-21"])
            let gone = try await stage.json(
                "tasks.create", ["title": "Gone", "tags": ["home"], "due_date": "2026-01-22"])
            try await stage.call("tasks.delete", ["task_id": try #require(gone["id"])])
            try await make(["name": "Home, sweet", "filter": " #home "], stage)
            try await make(
                ["name": "All", "form": "todos", "include_completed": true, "filter": .null], stage,
                hash: [UInt8](repeating: 2, count: 32))
            #expect(try await titles(stage) == ["Soon", "Later"])
            let text = try #require(try await content(stage).text)
            for line in [
                "BEGIN:VCALENDAR", "NAME:Home\\, sweet", "X-WR-CALNAME:Home\\, sweet",
                "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "BEGIN:VEVENT",
                "DTSTART;VALUE=DATE:20260120", "DTSTAMP:20260115T100000Z", "END:VCALENDAR",
            ] { #expect(text.contains("\(line)\r\n"), "\(line)") }
            try await stage.call("tasks.complete", ["task_id": try #require(soon["id"])])
            #expect(try await titles(stage) == ["Later"])
            let all = try #require(try await stage.operations.feed(hash: [UInt8](repeating: 2, count: 32)))
            guard case .answer(let bytes, _) = try await stage.operations.content(of: all, unless: { _ in false })
            else { return }
            let todos = String(decoding: bytes, as: UTF8.self)
            #expect(todos.contains("BEGIN:VTODO\r\n") && todos.contains("SUMMARY:Soon\r\n"))
            #expect(todos.contains("STATUS:COMPLETED\r\n") && !todos.contains("Some day"))
        }
    }

    @Test func `a completed occurrence is marked, and its rule is told by the open one alone`() async throws {
        try await Stage.with { stage in
            let first = try await stage.json(
                "tasks.create",
                ["title": "Water plants", "due_date": "2026-01-15", "recurrence": ["rrule": "FREQ=DAILY"]])
            try await make(["name": "A", "include_completed": true], stage)
            try await stage.call("tasks.complete", ["task_id": try #require(first["id"])])
            _ = try await stage.makeNext(after: first)
            let text = try #require(try await content(stage).text)
            #expect(try await titles(stage) == ["Water plants", "✓ Water plants"])
            #expect(text.ranges(of: "RRULE:FREQ=DAILY").count == 1)
        }
    }

    @Test func `content is known by the changes, by the day, and not at all where the moment decides`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "Now", "due_date": "2026-01-15T11:00:00Z"])
            try await make(["name": "A", "filter": "today"], stage)
            let first = try #require(try await content(stage).validator)
            #expect(try await content(stage, known: first.description).text == nil)
            stage.clock.advance(by: .hours(2))
            #expect(try await content(stage, known: first.description).text == nil, "the same day")
            stage.clock.advance(by: .days(1))
            let next = try await content(stage, known: first.description)
            #expect(next.text?.contains("SUMMARY") == false, "another day, another today")
            try await stage.call("tasks.create", ["title": "More", "due_date": "2026-01-16"])
            let known = try #require(next.validator?.description)
            #expect(try await content(stage, known: known).text?.contains("SUMMARY:More") == true)
            let feeds = try await stage.json("feeds.list")["items"]?.array ?? []
            try await stage.call("feeds.delete", ["feed_id": try #require(feeds.first?["id"])])
            #expect(try await stage.operations.feed(hash: Self.hash) == nil)
            try await make(["name": "B", "filter": "!overdue"], stage)
            #expect(try await content(stage).validator == nil)
        }
    }

    @Test func `the same tasks are the same bytes whenever they are read`() async throws {
        try await Stage.with(zone: "Europe/Berlin") { stage in
            try await stage.call(
                "tasks.create",
                [
                    "title": "Call", "reminders": [["before": "PT30M"]],
                    "due": ["kind": "zoned", "date": "2026-02-01", "time": "09:00", "time_zone": "Europe/Berlin"],
                ])
            let floating: JSONValue = ["kind": "floating", "date": "2026-02-02", "time": "10:00"]
            try await stage.call("tasks.create", ["title": "Follows me", "due": floating])
            try await make(["name": "A"], stage)
            let first = try #require(try await content(stage).text)
            #expect(first.contains("BEGIN:VALARM") && first.contains("BEGIN:VTIMEZONE"))
            #expect(first.contains("DTSTART;TZID=Europe/Berlin:20260202T100000\r\n"), "on the clock of its owner")
            stage.clock.advance(by: .days(3))
            #expect(try await content(stage).text == first)
        }
    }

    @Test func `a feed is listed with when it was read, to the minute`() async throws {
        try await Stage.with { stage in
            try await make(["name": " Work ", "filter": "p1"], stage)
            func listed() async throws -> JSONValue? { try await stage.json("feeds.list")["items"]?.array?.first }
            let fresh = try #require(try await listed())
            #expect(fresh["name"] == "Work" && fresh["filter"] == "p1" && fresh["form"] == "events")
            #expect(fresh["include_completed"] == false && fresh["last_read_at"] == .null)
            #expect(fresh.text.contains("url") == false)
            _ = try await content(stage)
            stage.clock.advance(by: .seconds(30))
            _ = try await content(stage)
            #expect(try await listed()?["last_read_at"] == "2026-01-15T10:00:00Z")
            stage.clock.advance(by: .seconds(30))
            _ = try await content(stage)
            #expect(try await listed()?["last_read_at"] == "2026-01-15T10:01:00Z")
            #expect(try await stage.json("feeds.list", as: stage.ben)["items"] == [])
            let id = try #require(fresh["id"])
            #expect(try await stage.error(of: "feeds.delete", ["feed_id": id], as: stage.ben) == .notFound(.feed))
        }
    }

    @Test func `what is wrong with a feed is named`() async throws {
        try await Stage.with { stage in
            let broken = try #require(await refusal(of: ["name": "A", "filter": "#home & ("], stage))
            #expect(broken.place == .body("/filter") && broken.detail.hasPrefix("At position 9: expected "))
            #expect(await refusal(of: ["name": "A", "filter": "übermorgen"], stage)?.place == .body("/filter"))
            #expect(await refusal(of: ["name": "A", "form": "journal"], stage)?.place == .body("/form"))
            #expect(await refusal(of: ["filter": "p1"], stage)?.code == .required)
            let long = String(repeating: "x", count: Limits.feedNameLengthMax + 1)
            #expect(await refusal(of: ["name": .string(long)], stage)?.code == .tooLong)
            for number in 0..<Limits.feedsPerUserMax {
                try await make(["name": "A"], stage, hash: [UInt8](repeating: UInt8(number), count: 32))
            }
            #expect(await refusal(of: ["name": "One more"], stage)?.code == .tooMany)
        }
    }
}
