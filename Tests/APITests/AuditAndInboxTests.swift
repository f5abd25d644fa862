import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// The audit log and the inbox, as the API shows them.
@Suite struct AuditAndInboxTests {
    @Test func `the audit log lists, filters, pages and verifies`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            for number in 1...3 { _ = try await api.task(ana, ["title": .string("Task \(number)")]) }
            _ = try await api.answer(.post, "/api/v1/tasks/2/complete", token: ana)
            try await api.relay()
            let all = try await api.get("/api/v1/audit", token: ana)
            #expect(all["items"]?.array?.compactMap { $0["seq"]?.integer } == [7, 6, 5, 4, 3, 2, 1])
            #expect(
                all["items"]?.array?.suffix(3).compactMap { $0["action"]?.string }
                    == ["token.created", "session.started", "account.created"], "the account is there before its tasks")
            #expect(all["next_cursor"] == .null)
            let page = try await api.get("/api/v1/audit?limit=5", token: ana)
            let next = try await api.get(
                "/api/v1/audit?limit=5&cursor=\(page["next_cursor"]?.string ?? "")", token: ana)
            #expect(next["items"]?.array?.compactMap { $0["seq"]?.integer } == [2, 1])
            let task = try await api.get("/api/v1/tasks/2", token: ana)["id"]?.string ?? ""
            let own = try await api.get("/api/v1/audit?task_id=\(task)&action=task.completed", token: ana)
            #expect(own["items"]?.array?.count == 1)
            #expect(own["items"]?.array?.first?["before"] == ["completed_at": .null])
            #expect(try await api.get("/api/v1/audit?to=2020-01-01T00:00:00Z", token: ana)["items"] == [])
            let verified = try await api.get("/api/v1/audit/verify", token: ana)
            #expect(verified["ok"] == true && verified["checked"] == 7)
            let lines = try await api.send(.get, "/api/v1/audit/export", token: ana)
            #expect(String(decoding: lines.bytes, as: UTF8.self).split(separator: "\n").count == 7)
            for type in EventTypes.all.map(\.type) {
                #expect(try await api.send(.get, "/api/v1/audit?action=\(type)", token: ana).status == 200, "\(type)")
            }
            let started = try await api.get("/api/v1/audit?action=session.started", token: ana)["items"]?.array
            #expect(started?.count == 1 && started?.first?["subject"]?["kind"] == "session")
            #expect(started?.first?["task_id"] == nil)
            let wrong = try await api.send(.get, "/api/v1/audit?action=x&task_id=y&from=z&limit=0&odd=1", token: ana)
            #expect(
                Set(wrong.fields) == [
                    "action invalid_value", "task_id invalid_value", "from invalid_value", "limit out_of_range",
                    "odd unknown",
                ])
            #expect(try await api.send(.get, "/api/v1/audit?cursor=x", token: ana).code == "invalid_cursor")
        }
    }

    @Test func `the audit log is asked for by days of the user's zone, the last one whole`() async throws {
        try await TestAPI.with { api in
            api.clock.set(Instant("2026-01-16T04:30:00Z") ?? .testStart)
            let ana = try await api.lastingToken(zone: "America/New_York")
            _ = try await api.task(ana, ["title": "Late on the 15th"])
            api.clock.set(Instant("2026-01-16T05:30:00Z") ?? .testStart)
            _ = try await api.task(ana, ["title": "Early on the 16th"])
            try await api.relay()
            func titles(_ range: String) async throws -> [String?] {
                let path = "/api/v1/audit?action=task.created&\(range)"
                return (try await api.get(path, token: ana)["items"]?.array ?? []).map { $0["after"]?["title"]?.string }
            }
            #expect(try await titles("from=2026-01-15&to=2026-01-15") == ["Late on the 15th"])
            #expect(try await titles("from=2026-01-16") == ["Early on the 16th"])
            #expect(try await titles("to=2026-01-16") == ["Early on the 16th", "Late on the 15th"])
            #expect(try await titles("from=2026-01-15&to=2026-01-16T05:00:00Z") == ["Late on the 15th"])
            #expect(try await titles("to=2026-01-14") == [])
        }
    }

    @Test func `the audit log says which token acted`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: ana,
                json: ["name": "script", "scopes": ["tasks:write"]]
            ).json
            _ = try await api.task(made["token"]?.string ?? "", ["title": "By a program"])
            try await api.relay()
            let entry = try await api.get("/api/v1/audit", token: ana)["items"]?.array?.first
            #expect(entry?["actor"]?["kind"] == "token")
            #expect(entry?["actor"]?["id"] == made["id"])
            #expect(entry?["actor"]?["via"] == "api")
        }
    }

    @Test func `what reminds is in the inbox until it is removed`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.lastingToken(zone: "UTC")
            _ = try await api.task(ana, ["title": "Pills", "reminders": [["at": "2026-01-20T10:00:00Z"]]])
            _ = try await api.task(ana, ["title": "Call", "reminders": [["at": "2026-01-20T11:00:00Z"]]])
            _ = try await api.fireReminders(at: "2026-01-20T11:30:00Z")
            try await api.relay()
            try await api.relay()
            let inbox = try await api.get("/api/v1/notifications", token: ana)
            #expect(inbox["unread"] == 2)
            let items = inbox["items"]?.array ?? []
            #expect(items.compactMap { $0["title"]?.string } == ["Call", "Pills"])
            #expect(items.allSatisfy { $0["late"] == true && $0["read_at"] == .null })
            #expect(items.first?["receipts"]?.array?.first?["status"] == "delivered")
            let id = items.first?["id"]?.string ?? ""
            let read = try await api.answer(.post, "/api/v1/notifications/\(id)/read", token: ana)
            #expect(read.json["read_at"] != .null)
            let unread = try await api.get("/api/v1/notifications?status=unread", token: ana)
            #expect(unread["items"]?.array?.compactMap { $0["title"]?.string } == ["Pills"])
            let all = try await api.answer(.post, "/api/v1/notifications/read-all", token: ana)
            #expect(all.json == ["marked": 1])
            #expect(try await api.send(.delete, "/api/v1/notifications/\(id)", token: ana).status == 204)
            #expect(try await api.send(.delete, "/api/v1/notifications/\(id)", token: ana).status == 404)
            #expect(try await api.send(.post, "/api/v1/notifications/x/read", token: ana).status == 404)
            #expect(try await api.send(.get, "/api/v1/notifications?cursor=x", token: ana).code == "invalid_cursor")
        }
    }
}
