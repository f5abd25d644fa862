import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct TaskTests {
    @Test func `a task lives from create to restore`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let created = try await api.send(
                .post, "/api/v1/tasks", token: token,
                json: ["title": "  Buy milk ", "priority": "p1", "tags": ["Home", "home"], "due_date": "2026-01-20"]
            )
            #expect(created.status == 201)
            #expect(created.json["title"] == "Buy milk")
            #expect(created.json["priority"] == "urgent")
            #expect(created.json["tags"] == ["Home"])
            #expect(created.json["due"] == ["kind": "date", "date": "2026-01-20"])
            #expect(created.json["number"] == 1)
            let path = created.header("location") ?? ""
            #expect(try await api.send(.get, path, token: token).json == created.json)
            #expect(try await api.send(.get, "/api/v1/tasks/1", token: token).json == created.json)
            let done = try await api.send(.post, "\(path)/complete", token: token)
            #expect(done.json["completed"] == true)
            #expect(done.header("etag")?.hasPrefix("\"2-") == true, "the version, and that it has a due date")
            let again = try await api.send(.post, "\(path)/complete", token: token)
            #expect(again.json == done.json, "completing twice is completing once")
            #expect(again.header("errand-undo") == nil)
            #expect(try await api.send(.post, "\(path)/reopen", token: token).json["status"] == "pending")
            #expect(try await api.send(.delete, path, token: token).status == 204)
            #expect(try await api.send(.get, path, token: token).status == 404)
            let trash = try await api.send(.get, "/api/v1/tasks?trash=true&count=true", token: token)
            #expect(trash.json["count"] == 1)
            let restored = try await api.send(.post, "\(path)/restore", token: token)
            #expect(restored.json["deleted_at"] == .null)
            #expect(restored.json["version"] == 5)
        }
    }

    @Test func `a create with the same id is the same task`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let body: JSONValue = ["id": "0190f3a0-0000-7000-8000-000000000001", "title": "Once"]
            let first = try await api.send(.post, "/api/v1/tasks", token: token, json: body)
            let second = try await api.send(.post, "/api/v1/tasks", token: token, json: body)
            #expect([first.status, second.status] == [201, 200])
            #expect(first.json == second.json)
            let other = try await api.token(of: "ben")
            #expect(try await api.send(.post, "/api/v1/tasks", token: other, json: body).status == 201)
        }
    }

    @Test func `an idempotency key gives the same answer and does nothing twice`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let key = ["idempotency-key": "\"k-1\""]
            let first = try await api.send(.post, "/api/v1/tasks", token: token, headers: key, json: ["title": "A"])
            let second = try await api.send(.post, "/api/v1/tasks", token: token, headers: key, json: ["title": "A"])
            #expect(second.status == 201)
            #expect(second.bytes == first.bytes)
            #expect(second.header("idempotency-replayed") == "true")
            #expect(second.header("errand-undo") == first.header("errand-undo"))
            let other = try await api.send(.post, "/api/v1/tasks", token: token, headers: key, json: ["title": "B"])
            #expect(other.code == "idempotency_key_reused")
            let list = try await api.send(.get, "/api/v1/tasks?count=true", token: token)
            #expect(list.json["count"] == 1)
        }
    }

    @Test func `a change of another version is refused`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            _ = try await api.task(token, ["title": "A"])
            func patch(_ match: String) async throws -> Answer {
                try await api.send(
                    .patch, "/api/v1/tasks/1", token: token, headers: ["if-match": match], json: ["title": "B"]
                )
            }
            #expect(try await patch("\"1\"").status == 200)
            let stale = try await patch("\"1\"")
            #expect(stale.status == 412)
            #expect(stale.header("etag") == "\"2\"")
            #expect(try await patch("nonsense").code == "malformed_request")
            let unchanged = try await api.send(
                .get, "/api/v1/tasks/1", token: token, headers: ["if-none-match": "\"2\""]
            )
            #expect(unchanged.status == 304)
        }
    }

    @Test func `every write can be taken back, and that too`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            func undo(_ answer: Answer) async throws -> Answer {
                let undoToken = answer.header("errand-undo") ?? ""
                return try await api.send(.post, "/api/v1/undo", token: token, json: ["token": .string(undoToken)])
            }
            let created = try await api.send(.post, "/api/v1/tasks", token: token, json: ["title": "A"])
            let edited = try await api.send(
                .patch, "/api/v1/tasks/1", token: token,
                json: ["title": "B", "tags": ["x"], "completed": true, "due_date": "2026-02-01"]
            )
            #expect(try await undo(created).code == "undo_conflict", "it has been changed since")
            let undone = try await undo(edited)
            let task = undone.json["items"]?.array?.first
            #expect(task?["title"] == "A")
            #expect(task?["completed"] == false)
            #expect(task?["tags"] == [])
            #expect(task?["due"] == .null)
            #expect(try await undo(edited).code == "undo_expired", "once is enough")
            let redone = try await undo(undone)
            #expect(redone.json["items"]?.array?.first?["title"] == "B")
            let deleted = try await api.send(.delete, "/api/v1/tasks/1", token: token)
            api.clock.advance(by: .seconds(601))
            let fresh = try await api.send(
                .post, "/api/v1/auth/sign-in",
                json: ["email": "ana@example.org", "password": "a quiet walk in the woods"]
            ).json["access_token"]?.string
            let late = try await api.send(
                .post, "/api/v1/undo", token: fresh, json: ["token": .string(deleted.header("errand-undo") ?? "")]
            )
            #expect(late.status == 410)
        }
    }

    @Test func `a batch stands on its own, or all or nothing`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let commands: JSONValue = [
                ["id": "a", "op": "create", "args": ["title": "A"]],
                ["id": "b", "op": "complete", "args": ["task_id": 99]],
                ["id": "c", "op": "create", "args": ["title": ""]],
                ["id": "d", "op": "create", "args": ["title": "D"]],
            ]
            let loose = try await api.send(
                .post, "/api/v1/tasks/batch", token: token, json: ["commands": commands]
            )
            #expect(loose.json["results"]?.array?.map { $0["status"] } == [201, 404, 422, 201])
            let strict = try await api.send(
                .post, "/api/v1/tasks/batch", token: token, json: ["commands": commands, "atomic": true]
            )
            #expect(strict.json["results"]?.array?.map { $0["status"] } == [424, 404, 424, 424])
            #expect(strict.json["applied"] == false)
            let list = try await api.send(.get, "/api/v1/tasks?count=true", token: token)
            #expect(list.json["count"] == 2)
        }
    }

    @Test func `pages follow one another without gap or repeat`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            for number in 1...25 { _ = try await api.task(token, ["title": .string("Task \(number % 7)")]) }
            for sort in ["due_date", "priority", "title", "created_at", "updated_at", "completed"] {
                var seen: [JSONValue] = []
                var path = "/api/v1/tasks?sort=\(sort)&limit=4"
                while true {
                    let page = try await api.send(.get, path, token: token)
                    seen += (page.json["items"]?.array ?? []).compactMap { $0["number"] }
                    guard let cursor = page.json["next_cursor"]?.string else { break }
                    #expect(page.header("link")?.contains(cursor) == true)
                    path = "/api/v1/tasks?sort=\(sort)&limit=4&cursor=\(cursor)"
                }
                #expect(seen.count == 25)
                #expect(Set(seen).count == 25)
            }
        }
    }

    @Test func `tags are counted, renamed, merged and removed everywhere`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            _ = try await api.task(token, ["title": "A", "tags": ["work", "urgent/now"]])
            _ = try await api.task(token, ["title": "B", "tags": ["Job"]])
            let renamed = try await api.send(
                .patch, "/api/v1/tags/work", token: token, json: ["name": "job"]
            )
            #expect(renamed.json["count"] == 2)
            #expect(try await api.send(.delete, "/api/v1/tags/urgent%2Fnow", token: token).status == 204)
            let undo = JSONValue.string(renamed.header("errand-undo") ?? "")
            #expect(try await api.send(.post, "/api/v1/undo", token: token, json: ["token": undo]).status == 409)
            let tags = try await api.send(.get, "/api/v1/tags", token: token)
            #expect(tags.json["items"]?.array?.count == 1)
            #expect(try await api.send(.delete, "/api/v1/tags/none", token: token).status == 404)
        }
    }

    @Test func `today and overdue are the user's, and move with the zone`() async throws {
        try await TestAPI.with { api in
            // 2026-01-15T10:00Z is 23:00 of that day in Auckland.
            let token = try await api.token(zone: "Pacific/Auckland")
            _ = try await api.task(token, ["title": "Today", "due_date": "2026-01-15"])
            func numbers(_ due: String) async throws -> Int? {
                try await api.send(.get, "/api/v1/tasks?due=\(due)", token: token).json["items"]?.array?.count
            }
            #expect(try await numbers("today") == 1)
            #expect(try await numbers("overdue") == 0)
            api.clock.advance(by: .seconds(2 * 3600))
            let fresh = try await api.send(
                .post, "/api/v1/auth/sign-in",
                json: ["email": "ana@example.org", "password": "a quiet walk in the woods"]
            ).json["access_token"]?.string
            let overdue = try await api.send(.get, "/api/v1/tasks?due=overdue", token: fresh)
            #expect(overdue.json["items"]?.array?.count == 1)
            _ = try await api.send(.patch, "/api/v1/me", token: fresh, json: ["time_zone": "America/Lima"])
            let moved = try await api.send(.get, "/api/v1/tasks?due=today", token: fresh)
            #expect(moved.json["items"]?.array?.count == 1)
            #expect(moved.json["items"]?.array?.first?["version"] == 1)
        }
    }

    @Test func `an export holds everything, the trash included`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            for number in 1...3 { _ = try await api.task(token, ["title": .string("T\(number)")]) }
            _ = try await api.send(.delete, "/api/v1/tasks/2", token: token)
            let export = try await api.send(.get, "/api/v1/export", token: token)
            #expect(export.json["tasks"]?.array?.compactMap { $0["title"] } == ["T1", "T2", "T3"])
            #expect(export.json["user"]?["email"] == "ana@example.org")
        }
    }

    @Test func `one completion is one event, and numbers of changes have no gaps`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            _ = try await api.task(token, ["title": "A"])
            _ = try await api.send(
                .patch, "/api/v1/tasks/1", token: token, json: ["title": "B", "completed": true]
            )
            _ = try await api.send(.post, "/api/v1/tasks/1/complete", token: token)
            let events = try await api.environment.store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: 0, limit: 10)
            }
            #expect(
                events.map(\.event.type) == [
                    "account.created", "session.started", "task.created", "task.updated", "task.completed",
                ])
            #expect(events.map(\.changeNumber) == [1, 2, 3, 4, 5])
        }
    }
}
