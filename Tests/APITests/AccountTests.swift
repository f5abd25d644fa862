import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct AccountTests {
    @Test func `signing up answers a session that works`() async throws {
        try await TestAPI.with { api in
            let session = try await api.signUp(zone: "Europe/Paris")
            let token = session["access_token"]?.string ?? ""
            let me = try await api.send(.get, "/api/v1/me", token: token)
            #expect(me.status == 200)
            #expect(me.json == session["user"])
            #expect(me.json["time_zone"] == "Europe/Paris")
            #expect(session["token_type"] == "Bearer")
        }
    }

    @Test func `an address has one account, however it is written`() async throws {
        try await TestAPI.with { api in
            _ = try await api.signUp("ana")
            let second = try await api.send(
                .post, "/api/v1/auth/sign-up",
                json: ["email": "ANA@Example.ORG", "password": "another fine password"]
            )
            #expect(second.status == 409)
            #expect(second.code == "email_taken")
        }
    }

    @Test func `a wrong password and an unknown address look alike`() async throws {
        try await TestAPI.with { api in
            _ = try await api.signUp("ana")
            var answers: [JSONValue] = []
            for email in ["ana@example.org", "nobody@example.org"] {
                let answer = try await api.send(
                    .post, "/api/v1/auth/sign-in", json: ["email": .string(email), "password": "not it at all"]
                )
                #expect(answer.status == 401)
                #expect(answer.header("www-authenticate") == "Bearer")
                answers.append(answer.json)
            }
            #expect(answers[0] == answers[1])
        }
    }

    @Test func `a refresh token is good once; used again later, its session ends`() async throws {
        try await TestAPI.with { api in
            let first = try await api.signUp()["refresh_token"] ?? .null
            func refresh(_ token: JSONValue) async throws -> Answer {
                try await api.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": token])
            }
            let second = try await refresh(first)
            #expect(second.status == 200)
            let again = try await refresh(first)
            #expect(again.status == 200, "two tabs at once are no theft")
            #expect(again.json["refresh_token"] == second.json["refresh_token"], "and get the same successor")
            api.clock.advance(by: .seconds(60))
            #expect(try await refresh(first).status == 401, "a token used long ago is")
            let successor = second.json["refresh_token"] ?? .null
            #expect(try await refresh(successor).status == 401, "so nobody keeps the session")
            let access = second.json["access_token"]?.string
            #expect(try await api.send(.get, "/api/v1/me", token: access).status == 401)
        }
    }

    @Test func `signing out ends the session at once`() async throws {
        try await TestAPI.with { api in
            let session = try await api.signUp()
            let access = session["access_token"]?.string
            #expect(try await api.send(.get, "/api/v1/me", token: access).status == 200)
            #expect(try await api.send(.post, "/api/v1/auth/sign-out", token: access).status == 204)
            #expect(try await api.send(.get, "/api/v1/me", token: access).status == 401)
            let refreshed = try await api.send(
                .post, "/api/v1/auth/refresh", json: ["refresh_token": session["refresh_token"] ?? .null]
            )
            #expect(refreshed.status == 401)
        }
    }

    @Test func `a new password ends the other sessions and keeps this one`() async throws {
        try await TestAPI.with { api in
            let first = try await api.token()
            let signIn: JSONValue = ["email": "ana@example.org", "password": "a quiet walk in the woods"]
            let second = try await api.send(.post, "/api/v1/auth/sign-in", json: signIn).json["access_token"]?.string
            let wrong = try await api.send(
                .post, "/api/v1/me/password", token: second,
                json: ["current_password": "no", "new_password": "a long ride by the sea"]
            )
            #expect(wrong.fields == ["/current_password invalid_value"])
            let changed = try await api.send(
                .post, "/api/v1/me/password", token: second,
                json: ["current_password": "a quiet walk in the woods", "new_password": "a long ride by the sea"]
            )
            #expect(changed.status == 204)
            #expect(try await api.send(.get, "/api/v1/me", token: first).status == 401)
            #expect(try await api.send(.get, "/api/v1/me", token: second).status == 200)
            #expect(try await api.send(.post, "/api/v1/auth/sign-in", json: signIn).status == 401)
        }
    }

    @Test func `a personal token has the rights it was given and no others`() async throws {
        try await TestAPI.with { api in
            let session = try await api.token()
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: session, json: ["name": "script", "scopes": ["tasks:read"]]
            )
            #expect(made.status == 201)
            let token = made.json["token"]?.string
            #expect(try await api.send(.get, "/api/v1/tasks", token: token).status == 200)
            let write = try await api.send(.post, "/api/v1/tasks", token: token, json: ["title": "x"])
            #expect(write.code == "insufficient_scope")
            #expect(try await api.send(.get, "/api/v1/me/tokens", token: token).code == "session_required")
            let list = try await api.send(.get, "/api/v1/me/tokens", token: session)
            #expect(list.json["items"]?.array?.first?["token"] == nil, "the secret is shown once")
            let path = "/api/v1/me/tokens/\(made.json["id"]?.string ?? "")"
            #expect(try await api.send(.delete, path, token: session).status == 204)
            #expect(try await api.send(.get, "/api/v1/tasks", token: token).status == 401)
        }
    }

    @Test func `a personal token ends when it expires`() async throws {
        try await TestAPI.with { api in
            let session = try await api.token()
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: session,
                json: ["name": "script", "scopes": ["tasks:read"], "expires_at": "2026-01-15T10:05:00Z"]
            )
            let token = made.json["token"]?.string
            #expect(try await api.send(.get, "/api/v1/tasks", token: token).status == 200)
            api.clock.advance(by: .seconds(300))
            #expect(try await api.send(.get, "/api/v1/tasks", token: token).status == 401)
        }
    }

    @Test func `an access token ends after ten minutes`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            api.clock.advance(by: .seconds(599))
            #expect(try await api.send(.get, "/api/v1/me", token: token).status == 200)
            api.clock.advance(by: .seconds(1))
            #expect(try await api.send(.get, "/api/v1/me", token: token).status == 401)
        }
    }

    @Test func `guesses are counted`() async throws {
        try await TestAPI.with(limitsRequests: true) { api in
            var last = 0
            for _ in 0..<11 {
                let answer = try await api.send(
                    .post, "/api/v1/auth/sign-in", json: ["email": "ana@example.org", "password": "guess guess"]
                )
                last = answer.status
                if last == 429 { #expect(Int(answer.header("retry-after") ?? "") ?? 0 > 0) }
            }
            #expect(last == 429)
        }
    }

    @Test func `a cookie is no credential for another site`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let cookie = ["cookie": "errand_access=\(token)"]
            #expect(try await api.send(.get, "/api/v1/me", headers: cookie).status == 200)
            for (name, value, status) in [
                ("sec-fetch-site", "same-origin", 201), ("sec-fetch-site", "cross-site", 403),
                ("sec-fetch-site", "same-site", 403), ("origin", "http://localhost", 201),
                ("origin", "http://evil.example", 403), ("x-nothing", "1", 403),
            ] {
                let headers = cookie.merging([name: value]) { $1 }
                let answer = try await api.send(.post, "/api/v1/tasks", headers: headers, json: ["title": "x"])
                #expect(answer.status == status, "\(name): \(value)")
            }
        }
    }
}
