import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// A list that has not changed is answered 304 under its entity tag, and one that has never is.
@Suite struct ListTagTests {
    private static let lists = [
        "/api/v1/tasks", "/api/v1/tasks?limit=1", "/api/v1/tasks?count=true", "/api/v1/tasks?status=pending",
        "/api/v1/tasks?sort=manual", "/api/v1/tasks?search=milk", "/api/v1/tasks?due=today", "/api/v1/tasks?due=none",
        "/api/v1/tasks?filter=%23home%20%7C%20recurring", "/api/v1/tags", "/api/v1/filters",
    ]

    /// A change of every kind.
    private static let changes: [Change] = [
        Change("create", .post, "/api/v1/tasks", ["title": "New"]),
        Change("create with the help of words", .post, "/api/v1/tasks/quick-add", ["text": "call Ben"]),
        Change("change", .patch, "/api/v1/tasks/1", ["title": "Buy bread"]),
        Change("tags", .patch, "/api/v1/tasks/1/tags", ["tags": ["shop"]]),
        Change("priority", .patch, "/api/v1/tasks/1/priority", ["priority": "urgent"]),
        Change("due date", .patch, "/api/v1/tasks/1/due-date", ["due_date": "2026-02-01"]),
        Change("reminders", .put, "/api/v1/tasks/1/reminders", ["reminders": [["at": "2026-01-21T11:00:00Z"]]]),
        Change("place", .put, "/api/v1/tasks/2/position", ["after": .null]),
        Change("complete", .post, "/api/v1/tasks/1/complete", nil),
        Change("reopen", .post, "/api/v1/tasks/3/reopen", nil),
        Change("delete", .delete, "/api/v1/tasks/1", nil),
        Change("restore", .post, "/api/v1/tasks/4/restore", nil),
        Change(
            "batch", .post, "/api/v1/tasks/batch",
            ["commands": [["id": "a", "op": "complete", "args": ["task_id": 2]]]]),
        Change("rename of a tag", .patch, "/api/v1/tags/home", ["name": "house"]),
        Change("removal of a tag", .delete, "/api/v1/tags/home", nil),
        Change("saved filter", .post, "/api/v1/filters", ["name": "Home", "expression": "#home"]),
        Change("time zone", .patch, "/api/v1/me", ["time_zone": "Asia/Tokyo"]),
        Change("week", .patch, "/api/v1/me", ["week_starts_on": "sunday"]),
    ]

    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let method: HTTPRequest.Method
        let path: String
        let body: JSONValue?

        init(_ name: String, _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue?) {
            (testDescription, self.method, self.path, self.body) = (name, method, path, body)
        }
    }

    @Test(arguments: changes)
    func `a change is seen in every list`(_ change: Change) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            try await api.fill(ana)
            var tags: [String: String] = [:]
            for list in ListTagTests.lists { tags[list] = try await api.expectUnchanged(list, ana) }
            let answer = try await api.answer(change.method, change.path, token: ana, change.body)
            #expect((200...299).contains(answer.status), "\(answer.json)")
            for list in ListTagTests.lists { try await api.expectChanged(list, ana, since: tags[list] ?? "") }
        }
    }

    @Test func `what another user does is no change`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let ben = try await api.token(of: "ben")
            try await api.fill(ana)
            let tag = try await api.expectUnchanged("/api/v1/tasks", ana)
            try await api.fill(ben)
            let read = try await api.send(.get, "/api/v1/tasks", token: ana, headers: ["if-none-match": tag])
            #expect(read.status == 304)
            // Nor is the tag of one user's list one of another's, however alike they are.
            try await api.expectChanged("/api/v1/tasks", ben, since: tag)
        }
    }

    @Test func `an undone change, a fired reminder and a repaired list are changes`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            let made = try await api.answer(
                .post, "/api/v1/tasks", token: ana, ["title": "Call", "reminders": [["at": "2026-01-20T11:00:00Z"]]])
            let first = try await api.expectUnchanged("/api/v1/tasks", ana)
            _ = try await api.fireReminders(at: "2026-01-20T11:00:00Z")
            try await api.expectChanged("/api/v1/tasks", ana, since: first)
            let done = try await api.answer(.post, "/api/v1/tasks/1/complete", token: ana)
            let second = try await api.expectUnchanged("/api/v1/tasks", ana)
            let token = JSONValue.string(done.header("errand-undo") ?? "")
            _ = try await api.post("/api/v1/undo", token: ana, ["token": token])
            try await api.expectChanged("/api/v1/tasks", ana, since: second)
            #expect(made.status == 201)
        }
    }

    @Test func `another edition of the zone rules is a change`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            try await api.fill(ana)
            for note in [
                ZoneDataNote(edition: "2026a"), ZoneDataNote(edition: "2026a", number: 3),
                ZoneDataNote(edition: "2026b"),
            ] {
                let tag = try await api.expectUnchanged("/api/v1/tasks", ana)
                try await api.environment.store.write { (transaction) throws(ErrandError) in
                    try transaction.zoneData.set(note)
                }
                try await api.expectChanged("/api/v1/tasks", ana, since: tag)
            }
        }
    }

    @Test(arguments: ["due=today", "due=week", "filter=today", "filter=7%20days"])
    func `a new day is a change where the day decides`(_ query: String) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "Europe/Paris")
            try await api.fill(ana)
            let path = "/api/v1/tasks?\(query)"
            let tag = try await api.expectUnchanged(path, ana)
            // Until midnight in Paris, and from then on.
            api.clock.set(Instant("2026-01-15T22:59:59Z") ?? .testStart)
            let evening = try await api.send(.get, path, token: ana, headers: ["if-none-match": tag])
            #expect(evening.status == 304)
            api.clock.set(Instant("2026-01-18T23:00:00Z") ?? .testStart)
            try await api.expectChanged(path, ana, since: tag)
        }
    }

    @Test(arguments: ["due=overdue", "filter=overdue", "filter=!(overdue%20%7C%20%23home)", "trash=true"])
    func `where the moment decides there is no tag`(_ query: String) async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            try await api.fill(ana)
            let answer = try await api.send(.get, "/api/v1/tasks?\(query)", token: ana)
            #expect(answer.status == 200 && answer.header("etag") == nil)
            #expect(answer.header("cache-control") == "private, no-cache")
        }
    }

    @Test func `each query has tags of its own, and a list of tags is looked through`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            try await api.fill(ana)
            var tags: Set<String> = []
            for list in ListTagTests.lists {
                let answer = try await api.send(.get, list, token: ana)
                #expect(tags.insert(answer.header("etag") ?? "").inserted, "\(list)")
            }
            let tag = try await api.expectUnchanged("/api/v1/tasks", ana)
            for (field, status) in [
                ("\"x\", \(tag)", 304), (String(tag.dropFirst(2)), 304), ("*", 304), ("W/\"1.0.1\"", 200), ("", 200),
            ] {
                let read = try await api.send(.get, "/api/v1/tasks", token: ana, headers: ["if-none-match": field])
                #expect(read.status == status, "\(field)")
                #expect(read.header("etag") == tag && read.header("cache-control") == "private, no-cache")
                #expect(read.bytes.isEmpty == (status == 304))
            }
        }
    }

    @Test func `who is gone gets no 304`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let tag = try await api.expectUnchanged("/api/v1/filters", ana)
            let body: JSONValue = ["current_password": "a quiet walk in the woods"]
            let gone = try await api.answer(.delete, "/api/v1/me", token: ana, body)
            #expect((200...299).contains(gone.status), "\(gone.json)")
            let read = try await api.send(.get, "/api/v1/filters", token: ana, headers: ["if-none-match": tag])
            #expect(read.status == 401)
        }
    }
}

extension TestAPI {
    /// Four tasks: two open ones, one that is done, one in the trash.
    fileprivate func fill(_ token: String) async throws {
        for (title, day) in [("Buy milk", "2026-01-15"), ("Paint", "2026-01-16"), ("Done", nil), ("Gone", nil)] {
            let task: JSONValue = ["title": .string(title), "tags": ["home"], "due_date": JSONValue(text: day)]
            _ = try await post("/api/v1/tasks", token: token, task, 201)
        }
        #expect(try await answer(.post, "/api/v1/tasks/3/complete", token: token).status == 200)
        #expect(try await answer(.delete, "/api/v1/tasks/4", token: token).status == 204)
    }

    /// Reads a list twice, and returns its tag.
    fileprivate func expectUnchanged(_ path: String, _ token: String) async throws -> String {
        let first = try await send(.get, path, token: token)
        let tag = try #require(first.header("etag"), "\(path): \(first.status)")
        #expect(first.status == 200 && first.header("cache-control") == "private, no-cache")
        let second = try await send(.get, path, token: token, headers: ["if-none-match": tag])
        #expect(second.status == 304 && second.header("etag") == tag && second.bytes.isEmpty, "\(path)")
        return tag
    }

    fileprivate func expectChanged(_ path: String, _ token: String, since tag: String) async throws {
        let read = try await send(.get, path, token: token, headers: ["if-none-match": tag])
        #expect(read.status == 200 && read.header("etag") != tag, "\(path)")
    }
}
