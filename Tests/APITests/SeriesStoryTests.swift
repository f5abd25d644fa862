import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// What people do with recurring tasks, through REST.
@Suite struct SeriesStoryTests {
    @Test(arguments: ["Europe/Paris", "America/Los_Angeles", "Pacific/Auckland"])
    func `rent on the 31st is due on the last of every month, for a year`(zone: String) async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-10T12:00:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: zone)
            var task = try await api.post(
                "/api/v1/tasks/recurring", token: ana,
                ["title": "Pay rent", "due": zoned("2026-01-31", "09:00", zone), "recurring": "monthly"], 201
            )
            #expect(task["recurring"]?.string == "monthly")
            let home = try #require(Zone(identifier: zone))
            var due: [String] = []
            for month in 1...13 {
                due.append(task["due"]?["date"]?.string ?? "")
                #expect(task["due"]?["time"]?.string == "09:00")
                #expect(task["occurrence"]?["index"]?.integer == Int64(month))
                let instant = try #require(Instant(task["due_date"]?.string ?? ""))
                #expect(home.localDateTime(at: instant).time.description == "09:00")
                api.clock.set(instant + .hours(3))
                task = try await api.completeAndFollow(task, token: ana)
            }
            #expect(
                due == [
                    "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31",
                    "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31",
                ]
            )
            let done = try await api.get("/api/v1/tasks?status=completed&count=true", token: ana)
            #expect(done["count"]?.integer == 13)
            #expect(try await api.events("task.completed").count == 13)
        }
    }

    @Test func `a raw rule for the 31st leaves short months out, as RFC 5545 says`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            let task = try await api.post(
                "/api/v1/tasks", token: ana,
                [
                    "title": "Count stock", "due_date": "2026-01-31",
                    "recurrence": ["rrule": "FREQ=MONTHLY;BYMONTHDAY=31"],
                ], 201
            )
            let path = "/api/v1/tasks/\(task["number"]?.integer ?? 0)/occurrences?limit=4"
            let items = try await api.get(path, token: ana)["items"]?.array ?? []
            #expect(
                items.map { $0["due"]?["date"]?.string } == ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"])
            #expect(items.first?["task_id"] == task["id"])
        }
    }

    /// A day of the user, New York here, ends at 05:00 UTC in winter: the last pill of the 3rd is on the 4th elsewhere.
    @Test(arguments: [
        ("from=2026-12-02&to=2026-12-03", ["2026-12-02", "2026-12-03"]),
        ("from=2026-12-02&to=2026-12-02", ["2026-12-02"]),
        ("from=2026-12-02T04:59:00Z&to=2026-12-02", ["2026-12-01", "2026-12-02"]),
        ("from=2026-12-02&to=2026-12-04T04:00:00Z", ["2026-12-02"]),
        ("from=2026-12-03&to=2026-12-02", []),
        ("to=1900-01-01", []), ("from=2999-12-31", ["2999-12-31"]),
    ])
    func `occurrences are asked for by days of the user's zone, the last one whole`(
        _ range: String, _ dates: [String]
    ) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "America/New_York")
            let task: JSONValue = [
                "title": "Pill", "due": ["kind": "floating", "date": "2026-12-01", "time": "23:59"],
                "recurrence": ["rrule": "FREQ=DAILY"],
            ]
            _ = try await api.post("/api/v1/tasks", token: ana, task, 201)
            let found = try await api.get("/api/v1/tasks/1/occurrences?\(range)", token: ana)["items"]?.array ?? []
            #expect(found.compactMap { $0["due"]?["date"]?.string } == dates)
        }
    }

    @Test(arguments: ["2026-02-30", "2026-12", "tomorrow", "3001-01-01", "1899-12-31", "2026-12-01T10:00"])
    func `what is neither a day nor an instant is refused`(_ text: String) async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            _ = try await api.task(ana, ["title": "Pill"])
            let path = "/api/v1/tasks/1/occurrences?from=\(text)&to=\(text)"
            let refused = try await api.send(.get, path, token: ana)
            #expect(refused.fields == ["from invalid_value", "to invalid_value"])
        }
    }

    @Test func `standup every weekday, one skipped, one moved, then ended`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-12T07:00:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            var task = try await api.post(
                "/api/v1/tasks", token: ana,
                [
                    "title": "Standup", "due": zoned("2026-01-12", "09:30", "Europe/Paris"),
                    "recurrence": ["rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
                ], 201
            )
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["due"]?["date"]?.string == "2026-01-13")
            // Tuesday is left out: the task moves on to Wednesday, and can be brought back.
            let number = task["number"]?.integer ?? 0
            let skipped = try await api.answer(.post, "/api/v1/tasks/\(number)/skip", token: ana)
            #expect(skipped.json["due"]?["date"]?.string == "2026-01-14")
            let token = skipped.header("errand-undo") ?? ""
            let undone = try await api.post("/api/v1/undo", token: ana, ["token": .string(token)])
            #expect(undone["items"]?.array?.first?["due"]?["date"]?.string == "2026-01-13")
            task = try await api.answer(.post, "/api/v1/tasks/\(number)/skip", token: ana).json
            #expect(try await api.events("task.skipped").count == 2)
            // Wednesday's is moved to the afternoon; Thursday's stays where it was.
            task = try await api.post(
                "/api/v1/tasks/\(number)/reschedule", token: ana, ["due": zoned("2026-01-14", "16:00", "Europe/Paris")])
            #expect(task["due"]?["time"]?.string == "16:00")
            #expect(task["occurrence"]?["time"]?.string == "09:30")
            #expect(task["recurrence"]?["rrule"]?.string == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["due"]?["date"]?.string == "2026-01-15")
            #expect(task["due"]?["time"]?.string == "09:30")
            // Friday, then Monday, and no more after that.
            task = try await api.completeAndFollow(task, token: ana)
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["due"]?["date"]?.string == "2026-01-19")
            let last = task["number"]?.integer ?? 0
            let ended = try await api.answer(.post, "/api/v1/tasks/\(last)/end-series", token: ana)
            #expect(ended.json["recurrence"] == .null && ended.json["series_id"] == task["series_id"])
            _ = try await api.answer(.post, "/api/v1/tasks/\(last)/complete", token: ana)
            try await api.relay()
            #expect(try await api.get("/api/v1/tasks?status=pending", token: ana)["items"]?.array?.isEmpty == true)
            let refused = try await api.answer(.post, "/api/v1/tasks/\(last)/skip", token: ana)
            #expect(refused.status == 409 && refused.json["code"]?.string == "not_recurring")
        }
    }

    @Test func `water plants every third day after it was done, also when it was done late`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-03-01T08:00:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            var task = try await api.post(
                "/api/v1/tasks", token: ana,
                [
                    "title": "Water plants", "due_date": "2026-03-02",
                    "recurrence": ["rrule": "FREQ=DAILY;INTERVAL=3", "anchor": "completion"],
                ], 201
            )
            api.clock.set(Instant("2026-03-07T21:30:00Z") ?? .testStart)
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["due"]?["date"]?.string == "2026-03-10")
            // After midnight in Paris, before midnight in UTC: the local day counts.
            api.clock.set(Instant("2026-03-12T23:30:00Z") ?? .testStart)
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["due"]?["date"]?.string == "2026-03-16")
            #expect(task["occurrence"]?["index"]?.integer == 3)
        }
    }

    @Test func `from Paris to Tokyo: floating tasks and their reminders move, zoned ones stay`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-05-01T08:00:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            let floating: JSONValue = ["kind": "floating", "date": "2026-05-10", "time": "07:00"]
            let reminders: JSONValue = [["kind": "relative", "before": "PT1H"]]
            let run = try await api.post(
                "/api/v1/tasks/recurring", token: ana,
                ["title": "Run", "due": floating, "recurring": "daily", "reminders": reminders], 201
            )
            let call = try await api.post(
                "/api/v1/tasks", token: ana,
                ["title": "Call Paris", "due": zoned("2026-05-10", "18:00", "Europe/Paris"), "reminders": reminders],
                201
            )
            #expect(run["due_date"]?.string == "2026-05-10T05:00:00Z")
            #expect(run["reminder_at"]?.string == "2026-05-10T04:00:00Z")
            #expect(call["reminder_at"]?.string == "2026-05-10T15:00:00Z")
            _ = try await api.answer(.patch, "/api/v1/me", token: ana, ["time_zone": "Asia/Tokyo"])
            let moved = try await api.get("/api/v1/tasks/1", token: ana)
            #expect(moved["due_date"]?.string == "2026-05-09T22:00:00Z")
            #expect(moved["reminder_at"]?.string == "2026-05-09T21:00:00Z")
            #expect(moved["version"] == run["version"])
            let stayed = try await api.get("/api/v1/tasks/2", token: ana)
            #expect(stayed["due_date"] == call["due_date"] && stayed["reminder_at"] == call["reminder_at"])
            let fired = try await api.fireReminders(at: "2026-05-09T21:00:00Z")
            #expect(fired.fired == 1 && fired.late == 0)
            let event = try #require(try await api.events("reminder.trigger").first)
            #expect(event["payload"]?["title"]?.string == "Run")
            api.clock.set(Instant("2026-05-09T22:30:00Z") ?? .testStart)
            let next = try await api.completeAndFollow(moved, token: ana)
            #expect(next["due_date"]?.string == "2026-05-10T22:00:00Z")
            #expect(next["reminder_at"]?.string == "2026-05-10T21:00:00Z")
        }
    }

    @Test func `reopening takes back an untouched successor, and completing again brings it again`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks/recurring", token: ana,
                ["title": "Tidy", "due_date": "2026-01-16", "recurring": "weekly", "tags": ["home"]], 201
            )
            let next = try await api.completeAndFollow(task, token: ana)
            #expect(next["tags"] == ["home"] && next["recurring_parent_id"] == task["id"])
            _ = try await api.answer(.post, "/api/v1/tasks/1/reopen", token: ana)
            #expect(try await api.get("/api/v1/tasks?status=pending&count=true", token: ana)["count"]?.integer == 1)
            let again = try await api.completeAndFollow(task, token: ana)
            #expect(again["id"] == next["id"])
            // Touched by the user, it stays.
            _ = try await api.answer(.patch, "/api/v1/tasks/2", token: ana, ["title": "Tidy the attic"])
            _ = try await api.answer(.post, "/api/v1/tasks/1/reopen", token: ana)
            #expect(try await api.get("/api/v1/tasks?status=pending&count=true", token: ana)["count"]?.integer == 2)
            _ = try await api.answer(.post, "/api/v1/tasks/1/complete", token: ana)
            try await api.relay()
            #expect(try await api.get("/api/v1/tasks?status=pending&count=true", token: ana)["count"]?.integer == 1)
        }
    }

    @Test func `undoing a completion takes the next occurrence back too`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks/recurring", token: ana, ["title": "Tidy", "recurring": "daily"], 201)
            let done = try await api.answer(.post, "/api/v1/tasks/1/complete", token: ana)
            try await api.relay()
            #expect(try await api.get("/api/v1/tasks?status=pending&count=true", token: ana)["count"]?.integer == 1)
            let token = JSONValue.string(done.header("errand-undo") ?? "")
            _ = try await api.post("/api/v1/undo", token: ana, ["token": token])
            let open = try await api.get("/api/v1/tasks?status=pending", token: ana)["items"]?.array ?? []
            #expect(open.map { $0["id"] } == [task["id"]])
        }
    }

    @Test func `a tag that is renamed stays renamed in the occurrences that follow`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks/recurring", token: ana,
                ["title": "Tidy", "recurring": "daily", "tags": ["home", "chores"]], 201
            )
            _ = try await api.answer(.patch, "/api/v1/tags/home", token: ana, ["name": "house"])
            _ = try await api.answer(.delete, "/api/v1/tags/chores", token: ana)
            let next = try await api.completeAndFollow(task, token: ana)
            #expect(next["tags"] == ["house"])
        }
    }

    @Test func `an event that comes twice makes one task`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let task = try await api.post(
                "/api/v1/tasks/recurring", token: ana, ["title": "Tidy", "recurring": "daily"], 201)
            _ = try await api.completeAndFollow(task, token: ana)
            try await api.environment.store.write { (transaction) throws(ErrandError) in
                try transaction.consumers.save(.beginning, of: ProcessRole.recurringTaskService.rawValue)
            }
            try await api.relay()
            #expect(try await api.get("/api/v1/tasks?count=true", token: ana)["count"]?.integer == 2)
        }
    }

    @Test func `an edit is about this one, those that follow, or all`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let first = try await api.post(
                "/api/v1/tasks/recurring", token: ana,
                ["title": "Report", "due_date": "2026-01-16", "recurring": "weekly"], 201
            )
            var task = try await api.completeAndFollow(first, token: ana)
            _ = try await api.answer(.patch, "/api/v1/tasks/2?scope=this", token: ana, ["title": "Long report"])
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["title"]?.string == "Report")
            _ = try await api.answer(
                .patch, "/api/v1/tasks/3?scope=following", token: ana,
                ["title": "Short report", "due_date": "2026-01-31"]
            )
            task = try await api.completeAndFollow(task, token: ana)
            #expect(task["title"]?.string == "Short report" && task["due"]?["date"]?.string == "2026-02-07")
            _ = try await api.answer(.patch, "/api/v1/tasks/4?scope=all", token: ana, ["title": "Weekly report"])
            let titles = try await api.get("/api/v1/tasks", token: ana)["items"]?.array?.map { $0["title"]?.string }
            #expect(titles == ["Weekly report", "Weekly report", "Weekly report", "Weekly report"])
            #expect(try await api.answer(.patch, "/api/v1/tasks/4?scope=x", token: ana, ["title": "A"]).status == 422)
        }
    }

    @Test func `missed occurrences are passed over, or come one by one`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-01T08:00:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "UTC")
            for policy in ["skip", "all"] {
                _ = try await api.post(
                    "/api/v1/tasks", token: ana,
                    [
                        "title": .string(policy), "due_date": "2026-01-02",
                        "recurrence": ["rrule": "FREQ=DAILY;COUNT=30", "catch_up": .string(policy)],
                    ], 201
                )
            }
            api.clock.set(Instant("2026-01-10T08:00:00Z") ?? .testStart)
            let passed = try await api.completeAndFollow(try await api.get("/api/v1/tasks/1", token: ana), token: ana)
            #expect(passed["due"]?["date"]?.string == "2026-01-11" && passed["occurrence"]?["index"]?.integer == 10)
            let turn = try await api.completeAndFollow(try await api.get("/api/v1/tasks/2", token: ana), token: ana)
            #expect(turn["due"]?["date"]?.string == "2026-01-03" && turn["occurrence"]?["index"]?.integer == 2)
        }
    }

    @Test(arguments: [
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", "/recurrence"), ("FREQ=DAILY;BYHOUR=9", "/recurrence/rrule"),
        ("FREQ=SECONDLY", "/recurrence/rrule"), ("nonsense", "/recurrence/rrule"),
    ])
    func `a rule that cannot be is refused by its field`(rule: String, pointer: String) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let body: JSONValue = [
                "title": "A", "due_date": "2026-01-16", "recurrence": ["rrule": .string(rule)],
            ]
            let answer = try await api.answer(.post, "/api/v1/tasks", token: ana, body)
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?.array?.first?["pointer"]?.string == pointer)
        }
    }

    private func zoned(_ date: String, _ time: String, _ zone: String) -> JSONValue {
        ["kind": "zoned", "date": .string(date), "time": .string(time), "time_zone": .string(zone)]
    }
}

extension TestAPI {
    /// A token of somebody new that is good whatever the clock shows.
    func lastingToken(zone: String) async throws -> String {
        let session = try await token(zone: zone)
        let scopes: JSONValue = ["tasks:read", "tasks:write", "account:read", "account:write"]
        let made = try await post(
            "/api/v1/me/tokens", token: session, ["name": "test", "scopes": scopes], 201
        )
        return try #require(made["token"]?.string)
    }

    func answer(
        _ method: HTTPRequest.Method, _ path: String, token: String, _ json: JSONValue? = nil
    ) async throws -> Answer {
        try await send(method, path, token: token, bytes: json?.serialized())
    }

    func get(_ path: String, token: String) async throws -> JSONValue {
        let answer = try await send(.get, path, token: token)
        #expect(answer.status == 200, "\(path): \(answer.json.text)")
        return answer.json
    }

    func post(_ path: String, token: String, _ json: JSONValue, _ status: Int = 200) async throws -> JSONValue {
        let answer = try await answer(.post, path, token: token, json)
        #expect(answer.status == status, "\(path): \(answer.json.text)")
        return answer.json
    }

    /// Completes a task, lets the event do its work, and returns the occurrence that follows.
    func completeAndFollow(_ task: JSONValue, token: String) async throws -> JSONValue {
        let done = try await answer(.post, "/api/v1/tasks/\(task["id"]?.string ?? "")/complete", token: token)
        #expect(done.status == 200 && done.json["completed"] == .bool(true))
        try await relay()
        let pending = try await get("/api/v1/tasks?status=pending&limit=200", token: token)["items"]?.array ?? []
        return try #require(pending.first { $0["recurring_parent_id"] == task["id"] })
    }
}
