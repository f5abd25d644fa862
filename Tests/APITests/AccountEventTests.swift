import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// What happens to an account, as events; and which door it came through.
@Suite struct AccountEventTests {
    private func actors(_ api: TestAPI, _ type: EventType) async throws -> [JSONValue?] {
        try await api.events(type).map { $0["actor"] }
    }

    @Test func `a task says through which door it came`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let (cli, page) = (["errand-client": "cli"], ["sec-fetch-site": "same-origin"])
            let cookie = page.merging(["cookie": "errand_access=\(token)"]) { $1 }
            for (bearer, headers) in [
                (token, [:]), (token, cli), (nil, cookie), (nil, cookie.merging(cli) { $1 }),
                (token, ["errand-client": "cli2"]), (token, page),
            ] as [(String?, [String: String])] {
                let made = try await api.send(
                    .post, "/api/v1/tasks", token: bearer, headers: headers, json: ["title": "Task"]
                )
                #expect(made.status == 201)
            }
            let doors = try await actors(api, "task.created").map { $0?["via"]?.string }
            #expect(doors == ["api", "cli", "page", "page", "api", "api"], "a cookie is a browser's, a bearer none's")
        }
    }

    @Test func `sessions begin and end with an event each`() async throws {
        try await TestAPI.with { api in
            _ = try await api.signUp()
            let form: JSONValue = ["email": "ana@example.org", "password": "a quiet walk in the woods"]
            func signIn(_ headers: [String: String]) async throws -> JSONValue {
                try await api.send(.post, "/api/v1/auth/sign-in", headers: headers, json: form).json
            }
            let page = try await signIn(["sec-fetch-site": "same-origin"])
            let cli = try await signIn(["errand-client": "cli"])
            let doors = try await actors(api, "session.started").map { $0?["via"]?.string }
            #expect(doors == ["api", "page", "cli"])
            let token = page["access_token"]?.string ?? ""
            let refresh = cli["refresh_token"] ?? .null
            _ = try await api.send(.post, "/api/v1/auth/sign-out", json: ["refresh_token": refresh])
            _ = try await api.send(.post, "/api/v1/auth/sign-out", json: ["refresh_token": refresh])
            #expect(
                try await api.send(
                    .post, "/api/v1/me/password", token: token,
                    json: ["current_password": "a quiet walk in the woods", "new_password": "two loud walks at sea"]
                ).status == 204)
            _ = try await api.send(
                .post, "/api/v1/auth/sign-out", token: token, json: ["everywhere": true]
            )
            let reasons = try await api.events("session.ended").map { $0["payload"]?["reason"]?.string }
            #expect(reasons == ["signed_out", "password_changed", "signed_out_everywhere"])
            let changed = try await api.events("password.changed").map { $0["payload"]?["sessions_ended"] }
            #expect(changed == [1])
        }
    }

    @Test func `a stolen refresh token ends its session, and the log says so`() async throws {
        try await TestAPI.with { api in
            let first = try await api.signUp()["refresh_token"] ?? .null
            _ = try await api.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": first])
            api.clock.advance(by: .minutes(1))
            #expect(try await api.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": first]).status == 401)
            let ended = try await api.events("session.ended")
            #expect(ended.map { $0["payload"]?["reason"]?.string } == ["refresh_token_reused"])
            #expect(try await api.events("session.started").count == 1, "a renewed session is the same")
        }
    }

    @Test func `settings, tokens and reads of the inbox are events; what changes nothing is none`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            for _ in 0..<2 {
                _ = try await api.send(.patch, "/api/v1/me", token: ana, json: ["time_zone": "Asia/Tokyo"])
            }
            let settings = try await api.events("settings.changed").map { $0["payload"]?["changes"] }
            #expect(settings == [["time_zone": ["from": "UTC", "to": "Asia/Tokyo"]]])
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: ana, json: ["name": "script", "scopes": ["tasks:read"]]
            ).json
            let id = made["id"]?.string ?? ""
            for status in [204, 404] {
                #expect(try await api.send(.delete, "/api/v1/me/tokens/\(id)", token: ana).status == status)
            }
            let secret = try #require(made["token"]?.string)
            for type in ["token.created", "token.deleted"] as [EventType] {
                let events = try await api.events(type)
                #expect(events.count == 1)
                #expect(events.first?["payload"]?["subject"] == ["kind": "token", "id": .string(id)])
                #expect(events.first?.text.contains(secret) == false)
            }
            _ = try await api.task(ana, ["title": "Pills", "reminders": [["at": "2026-01-20T10:00:00Z"]]])
            _ = try await api.fireReminders(at: "2026-01-20T10:00:00Z")
            try await api.relay()
            let added = try await api.events("notification.added")
            #expect(added.map { $0["actor"] } == [["kind": "rule", "name": "notification-service"]])
            let note = added.first?["payload"]?["notification"]?["id"]?.string ?? ""
            let fresh = try await api.signIn()
            for _ in 0..<2 {
                _ = try await api.send(.post, "/api/v1/notifications/\(note)/read", token: fresh)
                _ = try await api.send(.post, "/api/v1/notifications/read-all", token: fresh)
            }
            #expect(try await api.events("notification.read").count == 1)
            #expect(try await api.events("inbox.read").isEmpty, "nothing was unread")
            _ = try await api.send(.delete, "/api/v1/notifications/\(note)", token: fresh)
            #expect(try await api.events("notification.deleted").count == 1)
        }
    }
}

extension TestAPI {
    /// The access token of a new session of ana.
    fileprivate func signIn() async throws -> String {
        let form: JSONValue = ["email": "ana@example.org", "password": "a quiet walk in the woods"]
        return try await send(.post, "/api/v1/auth/sign-in", json: form).json["access_token"]?.string ?? ""
    }
}
