import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// Channels and what became of notifications, as the API shows them.
@Suite struct ChannelAPITests {
    private static let channels = "/api/v1/notifications/channels"

    @Test func `a channel is made once, shown without secrets, tested and removed`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let body: JSONValue = ["kind": "webhook", "url": "https://example.org/hook", "name": "Home"]
            let made = try await api.send(.post, Self.channels, token: token, json: body)
            let id = made.json["id"]?.string ?? ""
            #expect(made.status == 201 && made.header("location") == "\(Self.channels)/\(id)")
            let secret = try #require(made.json["secret"]?.string)
            let again = try await api.send(.post, Self.channels, token: token, json: body)
            #expect(again.status == 200 && again.json["secret"] == nil && again.json["id"] == made.json["id"])
            let list = try await api.send(.get, Self.channels, token: token)
            #expect(!String(decoding: list.bytes, as: UTF8.self).contains(secret))
            let test = try await api.send(.post, "\(Self.channels)/\(id)/test", token: token)
            #expect(test.status == 202)
            let notification = test.json["notification_id"]?.string ?? ""
            let why = try await api.get("/api/v1/notifications/\(notification)/deliveries", token: token)
            #expect(why["items"]?.array?.compactMap { $0["state"]?.string } == ["skipped", "pending"])
            let off = try await api.send(
                .patch, "\(Self.channels)/\(id)", token: token, json: ["enabled": false])
            #expect(off.json["status"] == "disabled")
            let refused = try await api.send(.post, "\(Self.channels)/\(id)/test", token: token)
            #expect(refused.status == 409 && refused.code == "channel_off")
            #expect(try await api.send(.delete, "\(Self.channels)/\(id)", token: token).status == 204)
            #expect(try await api.send(.delete, "\(Self.channels)/\(id)", token: token).status == 404)
        }
    }

    @Test func `what went to a webhook is asked for again from a call on`() async throws {
        try await TestAPI.with { api in
            let (ana, ben) = (try await api.token(), try await api.token(of: "ben"))
            let made = try await api.send(
                .post, Self.channels, token: ana, json: ["kind": "webhook", "url": "https://example.org/hook"])
            let path = "\(Self.channels)/\(made.json["id"]?.string ?? "")/replay"
            let all = try await api.send(.post, path, token: ana, json: [:])
            #expect(all.status == 202 && all.json == ["replayed": 0, "next_cursor": .null])
            let bad = try await api.send(.post, path, token: ana, json: ["since": "yesterday", "x": 1])
            #expect(bad.status == 422 && bad.fields == ["/since invalid_value", "/x unknown"])
            let unknown: JSONValue = ["since": .string(DeliveryID.make().description)]
            let refused = try await api.send(.post, path, token: ana, json: unknown)
            #expect(refused.status == 400 && refused.code == "invalid_cursor")
            #expect(try await api.send(.post, path, token: ben, json: [:]).status == 404)
        }
    }

    @Test func `nothing secret gets into the log of events or the audit log`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let made = try await api.send(
                .post, Self.channels, token: token, json: ["kind": "webhook", "url": "https://example.org/hook"])
            let secret = try #require(made.json["secret"]?.string)
            let id = made.json["id"]?.string ?? ""
            let rotated = try await api.send(.post, "\(Self.channels)/\(id)/rotate-secret", token: token)
            let next = try #require(rotated.json["secret"]?.string)
            #expect(rotated.status == 200 && next != secret)
            let endpoint = "https://push.example.org/send/very-secret"
            let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            let browser = try await api.send(
                .post, "/api/v1/notifications/push-subscriptions", token: token,
                json: [
                    "endpoint": .string(endpoint), "expirationTime": .null,
                    "keys": ["p256dh": .string(key), "auth": "BTBZMqHH6r4Tts7J_aSIgg"], "name": "Firefox",
                ])
            #expect(browser.status == 201)
            try await api.relay()
            let log = try await api.environment.store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: 0, limit: 100).map(\.event.data).joined()
            }
            let audit = try await api.send(.get, "/api/v1/audit", token: token)
            for text in [log, String(decoding: audit.bytes, as: UTF8.self)] {
                #expect(text.contains("channel.added") && text.contains("Firefox"))
                #expect(text.contains("channel.secret_rotated"))
                for hidden in [secret, next, "whsec_", "very-secret", "example.org", key, "BTBZMqHH6r4Tts7J_aSIgg"] {
                    #expect(!text.contains(hidden), "\(hidden)")
                }
            }
            let path = "/api/v1/notifications/push-subscriptions"
            let gone: JSONValue = ["endpoint": .string(endpoint)]
            #expect(try await api.send(.delete, path, token: token, json: gone).status == 204)
            #expect(try await api.send(.delete, path, token: token, json: gone).status == 404)
            #expect(try await api.send(.delete, path, token: token, json: ["x": 1]).status == 422)
        }
    }

    @Test func `a token without the right to settings sees no channels`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: token, json: ["name": "script", "scopes": ["tasks:read"]])
            let script = try #require(made.json["token"]?.string)
            #expect(try await api.send(.get, Self.channels, token: script).status == 403)
            #expect(try await api.send(.get, Self.channels).status == 401)
        }
    }
}
