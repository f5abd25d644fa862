import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// What happens to an account, and how its owner hears of it.
@Suite struct AccountNoticeTests {
    private static let password: JSONValue = "a quiet walk in the woods"

    @Test func `the owner is told of a new password, in the inbox and wherever they want it`() async throws {
        try await TestAPI.with { api in
            let access = try await api.token()
            let topic: JSONValue = ["kind": "ntfy", "topic": "mine"]
            #expect(
                try await api.send(.post, "/api/v1/notifications/channels", token: access, json: topic).status == 201)
            let matrix: JSONValue = ["language": "de", "notifications": ["security": ["in_app", "ntfy"]]]
            #expect(try await api.send(.patch, "/api/v1/me", token: access, json: matrix).status == 200)
            let form: JSONValue = ["current_password": Self.password, "new_password": "two loud walks at sea"]
            let changed = try await api.send(.post, "/api/v1/me/password", token: access, json: form)
            #expect(changed.status == 204)
            let inbox = try await api.send(.get, "/api/v1/notifications", token: access).json["items"]?.array ?? []
            let notice = try #require(inbox.first)
            #expect(inbox.count == 1 && notice["kind"] == "security" && notice["path"] == "/#/settings")
            #expect(notice["title"] == "Dein Passwort wurde geändert")
            let path = "/api/v1/notifications/\(notice["id"]?.string ?? "")/deliveries"
            let deliveries = try await api.send(.get, path, token: access).json["items"]?.array ?? []
            #expect(deliveries.contains { $0["channel"] == "ntfy" && $0["state"] == "pending" }, "\(deliveries)")
        }
    }
}
