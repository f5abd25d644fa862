import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// What a task says changes by itself: a conditional read must never answer 304 with what it said before.
@Suite struct EntityTagTests {
    private static let remindedAtEleven: JSONValue = [
        "title": "Call", "due": ["kind": "zoned", "date": "2026-01-20", "time": "12:00", "time_zone": "UTC"],
        "reminders": [["before": "PT1H"], ["at": "2026-01-21T11:00:00Z"]],
    ]

    @Test func `a reminder that has fired is seen`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let made = try await api.answer(.post, "/api/v1/tasks", token: ana, EntityTagTests.remindedAtEleven)
            let tag = try await api.expectUnchanged(since: made, token: ana)
            #expect(try await api.fireReminders(at: "2026-01-20T11:00:00Z").fired == 1)
            let fresh = try await api.expectChanged(since: tag, token: ana)
            #expect(fresh.json["reminder_at"]?.string == "2026-01-21T11:00:00Z" && fresh.json["version"] == 1)
            try await api.expectMatch(tag, token: ana)
        }
    }

    @Test func `a snooze is seen, as a version of its own`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post("/api/v1/tasks", token: ana, EntityTagTests.remindedAtEleven, 201)
            _ = try await api.fireReminders(at: "2026-01-20T11:00:00Z")
            let before = try await api.send(.get, "/api/v1/tasks/1", token: ana)
            let tag = try await api.expectUnchanged(since: before, token: ana)
            let id = task["reminders"]?.array?.first?["id"]?.string ?? ""
            _ = try await api.post("/api/v1/reminders/\(id)/snooze", token: ana, ["for": "PT10M"])
            let fresh = try await api.expectChanged(since: tag, token: ana)
            #expect(fresh.json["reminder_at"]?.string == "2026-01-20T11:10:00Z" && fresh.json["version"] == 2)
            let stale = try await api.send(
                .patch, "/api/v1/tasks/1", token: ana, headers: ["if-match": tag], json: ["title": "B"])
            #expect(stale.status == 412 && stale.header("etag") == fresh.header("etag"))
        }
    }

    @Test func `a user who moves sees other instants`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            let body: JSONValue = [
                "title": "Call", "due": ["kind": "floating", "date": "2026-01-20", "time": "12:00"],
            ]
            let made = try await api.answer(.post, "/api/v1/tasks", token: ana, body)
            let tag = try await api.expectUnchanged(since: made, token: ana)
            #expect(try await api.answer(.patch, "/api/v1/me", token: ana, ["time_zone": "Asia/Tokyo"]).status == 200)
            let fresh = try await api.expectChanged(since: tag, token: ana)
            #expect(fresh.json["due_date"]?.string == "2026-01-20T03:00:00Z" && fresh.json["version"] == 1)
            try await api.expectMatch(tag, token: ana)
        }
    }

    @Test func `another end of the day is another state`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let body: JSONValue = ["title": "Call", "due_date": "2026-01-20"]
            let made = try await api.answer(.post, "/api/v1/tasks", token: ana, body)
            let tag = try await api.expectUnchanged(since: made, token: ana)
            #expect(try await api.answer(.patch, "/api/v1/me", token: ana, ["day_ends_at": "03:00"]).status == 200)
            _ = try await api.expectChanged(since: tag, token: ana)
            try await api.expectMatch(tag, token: ana)
        }
    }

    @Test func `a task without instants is its version, and every door gives one tag`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let made = try await api.answer(.post, "/api/v1/tasks", token: ana, ["title": "A"])
            #expect(made.header("etag") == "\"1\"")
            for (method, path, body) in [
                (.patch, "/due-date", ["due_date": "2026-01-20"]), (.post, "/complete", nil), (.post, "/reopen", nil),
                (.put, "/reminders", ["reminders": [["before": "PT1H"]]]),
            ] as [(HTTPRequest.Method, String, JSONValue?)] {
                let answer = try await api.answer(method, "/api/v1/tasks/1\(path)", token: ana, body)
                let tag = try await api.expectUnchanged(since: answer, token: ana)
                let version = answer.json["version"]?.integer ?? 0
                #expect(tag.hasPrefix("\"\(version)-") && answer.status == 200, "\(path): \(tag)")
            }
        }
    }

    @Test(arguments: ["\"1-\"", "\"1-ABC\"", "\"-1\"", "\"1-a-b\"", "\"x-1\"", "W/\"1-abc\""])
    func `a tag that is none of ours matches nothing`(_ tag: String) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            _ = try await api.answer(.post, "/api/v1/tasks", token: ana, ["title": "A"])
            let answer = try await api.send(
                .patch, "/api/v1/tasks/1", token: ana, headers: ["if-match": tag], json: ["title": "B"])
            #expect(answer.status == 412)
        }
    }
}

@Suite struct SnoozeTests {
    @Test func `a snooze is an event, and can be taken back, and that too`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let id = try await api.firedReminder(token: ana)
            let answer = try await api.answer(.post, "/api/v1/reminders/\(id)/snooze", token: ana, ["for": "PT10M"])
            let snooze: JSONValue = [
                "id": answer.json["id"] ?? .null, "reminder_id": .string(id), "at": "2026-01-20T11:10:00Z",
            ]
            let event = try #require(try await api.events("task.updated").last?["payload"])
            #expect(event["changes"] == ["snoozes": ["from": [], "to": [snooze]]])
            #expect(event["task_data"]?["version"] == 2)
            #expect(event["task_data"]?["reminder_at"]?.string == "2026-01-20T11:10:00Z")

            func undo(_ answer: Answer) async throws -> Answer {
                let token = answer.header("errand-undo") ?? ""
                return try await api.answer(.post, "/api/v1/undo", token: ana, ["token": .string(token)])
            }
            let undone = try await undo(answer)
            #expect(undone.status == 200)
            let task = try await api.get("/api/v1/tasks/1", token: ana)
            #expect(task["reminder_at"] == .null && task["version"] == 3)
            let taken = try await api.events("task.updated").last?["payload"]?["changes"]
            #expect(taken == ["snoozes": ["from": [snooze], "to": []]])
            _ = try await undo(undone)
            #expect(try await api.get("/api/v1/tasks/1", token: ana)["reminder_at"] == answer.json["remind_at"])
            #expect(try await api.fireReminders(at: "2026-01-20T11:10:00Z").fired == 1)
        }
    }

    @Test func `a snooze that is moved goes back to where it was`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let path = "/api/v1/reminders/\(try await api.firedReminder(token: ana))/snooze"
            _ = try await api.post(path, token: ana, ["for": "PT5M"])
            let moved = try await api.answer(.post, path, token: ana, ["for": "PT20M"])
            let token = JSONValue.string(moved.header("errand-undo") ?? "")
            _ = try await api.post("/api/v1/undo", token: ana, ["token": token])
            let task = try await api.get("/api/v1/tasks/1", token: ana)
            #expect(task["reminder_at"]?.string == "2026-01-20T11:05:00Z")
            // Once it has come again there is nothing to take back.
            let again = try await api.answer(.post, path, token: ana, ["for": "PT2M"])
            #expect(try await api.fireReminders(at: "2026-01-20T11:02:00Z").fired == 1)
            let late = JSONValue.string(again.header("errand-undo") ?? "")
            api.clock.set(.testStart + .days(5) + .minutes(66))
            _ = try await api.post("/api/v1/undo", token: ana, ["token": late])
            #expect(try await api.get("/api/v1/tasks/1", token: ana)["reminder_at"] == .null)
            #expect(try await api.fireReminders(at: "2026-01-20T12:00:00Z").fired == 0)
        }
    }

    @Test func `snoozing to the same moment again changes nothing`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let path = "/api/v1/reminders/\(try await api.firedReminder(token: ana))/snooze"
            let first = try await api.answer(.post, path, token: ana, ["until": "2026-01-20T11:30:00Z"])
            let second = try await api.answer(.post, path, token: ana, ["until": "2026-01-20T11:30:00Z"])
            #expect(second.json == first.json && second.header("errand-undo") == nil)
            #expect(try await api.get("/api/v1/tasks/1", token: ana)["version"] == 2)
        }
    }

    @Test func `an edit beside it keeps a snooze`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let path = "/api/v1/reminders/\(try await api.firedReminder(token: ana))/snooze"
            _ = try await api.post(path, token: ana, ["for": "PT10M"])
            let edited = try await api.answer(.patch, "/api/v1/tasks/1", token: ana, ["title": "Call Ben"])
            #expect(edited.json["reminder_at"]?.string == "2026-01-20T11:10:00Z")
            #expect(try await api.fireReminders(at: "2026-01-20T11:10:00Z").fired == 1)
        }
    }
}

extension TestAPI {
    /// A task with one reminder, which has fired at 11:00; the id of the reminder.
    fileprivate func firedReminder(token: String) async throws -> String {
        let task = try await post(
            "/api/v1/tasks", token: token, ["title": "Call", "reminders": [["at": "2026-01-20T11:00:00Z"]]], 201)
        #expect(try await fireReminders(at: "2026-01-20T11:00:00Z").fired == 1)
        return try #require(task["reminders"]?.array?.first?["id"]?.string)
    }

    /// Reads task 1 again under the tag of an answer that showed it, and returns the tag.
    fileprivate func expectUnchanged(since answer: Answer, token: String) async throws -> String {
        let tag = try #require(answer.header("etag"))
        let read = try await send(.get, "/api/v1/tasks/1", token: token, headers: ["if-none-match": tag])
        #expect(read.status == 304 && read.header("etag") == tag)
        return tag
    }

    fileprivate func expectChanged(since tag: String, token: String) async throws -> Answer {
        let read = try await send(.get, "/api/v1/tasks/1", token: token, headers: ["if-none-match": tag])
        #expect(read.status == 200 && read.header("etag") != tag)
        return read
    }

    /// The version is still the one that the tag names, whatever was derived since.
    fileprivate func expectMatch(_ tag: String, token: String) async throws {
        for match in [tag, "\"1\""] {
            let answer = try await send(
                .patch, "/api/v1/tasks/1", token: token, headers: ["if-match": match], json: ["title": "Call"])
            #expect(answer.status == 200, "\(match)")
        }
    }
}
