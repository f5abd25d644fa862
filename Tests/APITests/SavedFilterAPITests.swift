import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// Saved filters through REST.
@Suite struct SavedFilterAPITests {
    @Test func `a filter is saved, told of, exported, and gone with the account`() async throws {
        try await TestAPI.with { api in
            let account = try await api.signUp("ana")
            let ana = account["access_token"]?.string ?? ""
            let made = try await api.send(
                .post, "/api/v1/filters", token: ana, json: ["name": "Home", "expression": "#home & p1"])
            let id = made.json["id"]?.string ?? ""
            #expect(made.status == 201 && made.header("location") == "/api/v1/filters/\(id)")
            let broken = try await api.send(
                .patch, "/api/v1/filters/\(id)", token: ana, json: ["expression": "#home &"])
            #expect(broken.status == 422)
            let error = broken.json["errors"]?.array?.first
            #expect(error?["pointer"] == "/expression")
            #expect(error?["detail"]?.string?.hasPrefix("At position 7: expected ") == true)
            let key = ["idempotency-key": "k-1"]
            for replayed in [nil, "true"] {
                let answer = try await api.send(
                    .post, "/api/v1/filters", token: ana, headers: key, json: ["name": "B", "expression": "p2"])
                #expect(answer.status == 201 && answer.header("idempotency-replayed") == replayed)
            }
            let edited = try await api.send(
                .patch, "/api/v1/filters/\(id)", token: ana, json: ["name": "House", "position": 1])
            #expect(edited.json == ["id": .string(id), "name": "House", "expression": "#home & p1", "position": 1])
            let listed = try await api.get("/api/v1/filters", token: ana)
            #expect(listed["items"]?.array?.compactMap { $0["name"]?.string } == ["B", "House"])
            #expect(listed["next_cursor"] == .null)
            let export = try await api.get("/api/v1/export", token: ana)
            #expect(export["filters"] == listed["items"])
            #expect(try await api.events("filter.added").count == 2)
            #expect(try await api.events("filter.changed").count == 1)
            let removed = try await api.send(.delete, "/api/v1/filters/\(id)", token: ana)
            #expect(removed.status == 204)
            #expect(try await api.send(.delete, "/api/v1/filters/\(id)", token: ana).status == 404)
        }
    }
}
