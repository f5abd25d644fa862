import APIService
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// Two users, and every route that takes an id or a name, with what belongs to the other.
@Suite struct IsolationTests {
    private static let bodies: [String: JSONValue] = [
        "PATCH /api/v1/tasks/{id}": ["title": "Mine"], "PATCH /api/v1/tasks/{id}/priority": ["priority": "low"],
        "PATCH /api/v1/tasks/{id}/tags": ["add": ["x"]], "PATCH /api/v1/tasks/{id}/due-date": ["due": .null],
        "PATCH /api/v1/tags/{name}": ["name": "mine"],
        "POST /api/v1/tasks/{id}/reschedule": ["due_date": "2026-01-20"],
        "PUT /api/v1/tasks/{id}/position": ["after": .null],
        "PUT /api/v1/tasks/{id}/reminders": ["reminders": [["at": "2026-01-20T10:00:00Z"]]],
        "POST /api/v1/reminders/{id}/snooze": ["for": "PT10M"],
        "PATCH /api/v1/notifications/channels/{id}": ["name": "Mine"], "PATCH /api/v1/filters/{id}": ["name": "Mine"],
        "POST /api/v1/notifications/channels/{id}/replay": [:],
    ]

    @Test func `nobody reaches what belongs to another`() async throws {
        try await TestAPI.with { api in
            let account = try await api.signUp("ana")
            let ana = account["access_token"]?.string ?? ""
            let ben = try await api.token(of: "ben")
            let task = try await api.send(
                .post, "/api/v1/tasks", token: ana,
                json: [
                    "title": "Secret plan", "tags": ["hidden"], "reminders": [["at": "2026-01-15T10:01:00Z"]],
                ]
            )
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: ana, json: ["name": "script", "scopes": ["tasks:read"]]
            )
            let taskID = task.json["id"]?.string ?? ""
            _ = try await api.fireReminders(at: "2026-01-15T10:01:00Z")
            try await api.relay()
            let inbox = try await api.send(.get, "/api/v1/notifications", token: ana).json
            let notificationID = inbox["items"]?.array?.first?["id"]?.string ?? ""
            let reminderID = task.json["reminders"]?.array?.first?["id"]?.string ?? ""
            let conversation = try await api.converse(
                "Secret plan", of: account["user"]?["id"]?.string ?? "", toolCalls: [["result": "Secret plan"]]
            )
            var ids = [
                "/api/v1/tasks/{id}": taskID, "/api/v1/me/tokens/{id}": made.json["id"]?.string ?? "",
                "/api/v1/tags/{name}": "hidden", "/api/v1/reminders/{id}": reminderID,
                "/api/v1/notifications/{id}": notificationID,
                "/api/v1/conversations/{id}": conversation.id.description,
            ]
            ids.merge(try await addNamed(api, of: ana)) { $1 }
            var tried = 0
            for route in Route.all where route.path.hasPrefix("/api/v1/") && route.path.contains("{") {
                for (prefix, id) in ids where route.path.hasPrefix(prefix) {
                    let parameter = prefix.contains("{name}") ? "{name}" : "{id}"
                    for value in parameter == "{id}" && prefix.contains("tasks") ? [id, "1"] : [id] {
                        let path = route.path.replacing(parameter, with: value)
                        let name = "\(route.method.rawValue) \(route.path)"
                        let answer =
                            if let body = Self.bodies[name] {
                                try await api.send(route.method, path, token: ben, json: body)
                            } else {
                                try await api.send(route.method, path, token: ben)
                            }
                        #expect(answer.status == 404, "\(name) answered \(answer.status)")
                        tried += 1
                    }
                }
            }
            let ofTasks = Route.all.filter { $0.path.contains("/tasks/{id}") }.count
            #expect(tried == ofTasks * 2 + 1 + 2 + 1 + 3 + 2 + 6 + 1 + 2 + 1)
            try await nothingLeaks(api, from: task, to: ben)
            let unchanged = try await api.send(.get, "/api/v1/tasks/\(taskID)", token: ana)
            #expect(unchanged.json["title"] == task.json["title"])
            #expect(unchanged.json["version"] == task.json["version"])
            let kept = try await api.get("/api/v1/conversations/\(conversation.id)", token: ana)
            #expect(kept["turns"]?.array?.count == 2)
        }
    }

    /// What has a name of the person's own, by its path.
    private func addNamed(_ api: TestAPI, of token: String) async throws -> [String: String] {
        let channelID = try await addChannel(api, of: token)
        let feed = try await api.send(.post, "/api/v1/me/feeds", token: token, json: ["name": "Secret plan"])
        return [
            "/api/v1/notifications/channels/{id}": channelID,
            "/api/v1/notifications/push-subscriptions/{id}": channelID,
            "/api/v1/filters/{id}": try await addFilter(api, of: token),
            "/api/v1/me/feeds/{id}": feed.json["id"]?.string ?? "",
        ]
    }

    private func addFilter(_ api: TestAPI, of token: String) async throws -> String {
        let filter: JSONValue = ["name": "Secret plan", "expression": "#hidden"]
        return try await api.send(.post, "/api/v1/filters", token: token, json: filter).json["id"]?.string ?? ""
    }

    private func addChannel(_ api: TestAPI, of token: String) async throws -> String {
        let channel = try await api.send(
            .post, "/api/v1/notifications/channels", token: token,
            json: ["kind": "webhook", "url": "https://example.org/", "name": "Secret plan"]
        )
        return channel.json["id"]?.string ?? ""
    }

    private func nothingLeaks(_ api: TestAPI, from task: Answer, to other: String) async throws {
        let undo = JSONValue.string(task.header("errand-undo") ?? "")
        #expect(try await api.send(.post, "/api/v1/undo", token: other, json: ["token": undo]).status == 410)
        let batch = try await api.send(
            .post, "/api/v1/tasks/batch", token: other,
            json: ["commands": [["id": "a", "op": "delete", "args": ["task_id": task.json["id"] ?? .null]]]]
        )
        #expect(batch.json["results"]?.array?.first?["status"] == 404)
        for path in [
            "/api/v1/tasks", "/api/v1/tasks?search=secret", "/api/v1/tasks?tags=hidden", "/api/v1/export",
            "/api/v1/notifications", "/api/v1/notifications/channels", "/api/v1/conversations",
            "/api/v1/audit", "/api/v1/audit/export", "/api/v1/filters", "/api/v1/me/feeds",
        ] {
            let answer = try await api.send(.get, path, token: other)
            #expect(!String(decoding: answer.bytes, as: UTF8.self).contains("Secret plan"), "\(path)")
        }
        let tags = try await api.send(.get, "/api/v1/tags", token: other)
        #expect(tags.json["items"] == [])
        let key = ["idempotency-key": "shared"]
        _ = try await api.send(.post, "/api/v1/tasks", token: other, headers: key, json: ["title": "x"])
    }
}
