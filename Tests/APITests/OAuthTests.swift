import CivilTime
import Crypto
import ErrandCore
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// A program that wants to be let in, and the person who decides.
private struct Visit: Sendable {
    let api: TestAPI
    let person: String
    var client = ""
    let verifier = String(repeating: "v", count: 43)
    var redirect = "http://localhost:8765/callback"

    init(_ api: TestAPI, redirects: [JSONValue] = ["http://localhost/callback"]) async throws {
        self.api = api
        person = try await api.token()
        let made = try await api.send(
            .post, "/register", json: ["client_name": "Claude <Code>", "redirect_uris": .array(redirects)]
        )
        #expect(made.status == 201, "\(made.json.text)")
        client = made.json["client_id"]?.string ?? ""
    }

    var challenge: String { Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8)))) }

    static func form(_ values: [(String, String)]) -> String {
        let allowed = CharacterSet.alphanumerics
        return values.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }
            .joined(separator: "&")
    }

    func query(_ changes: [String: String] = [:]) -> String {
        var values = [
            "response_type": "code", "client_id": client, "redirect_uri": redirect, "state": "xyz",
            "code_challenge": challenge, "code_challenge_method": "S256", "scope": "tasks:read tasks:write",
            "resource": "http://localhost/mcp",
        ]
        for (name, value) in changes { values[name] = value.isEmpty ? nil : value }
        return Visit.form(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    func open(_ query: String, isSignedIn: Bool = true) async throws -> Answer {
        let cookie = isSignedIn ? ["cookie": "errand_access=\(person)"] : [:]
        return try await api.send(.get, "/authorize?\(query)", headers: cookie)
    }

    func post(
        _ path: String, _ values: [(String, String)], headers: [String: String] = [:]
    ) async throws -> Answer {
        var all = ["content-type": "application/x-www-form-urlencoded"]
        all.merge(headers) { _, own in own }
        return try await api.send(.post, path, headers: all, bytes: Array(Visit.form(values).utf8))
    }

    static func hidden(_ name: String, in page: Answer) -> String? {
        let text = String(decoding: page.bytes, as: UTF8.self)
        guard let pattern = try? Regex("name=\"\(name)\" value=\"([^\"]*)\"") else { return nil }
        return text.firstMatch(of: pattern).flatMap { $0.output[1].substring.map(String.init) }?
            .replacing("&amp;", with: "&")
    }

    /// Where the person's browser is sent after the decision.
    func decide(_ decision: String, _ query: String) async throws -> [String: String] {
        let page = try await open(query)
        let note = try #require(Visit.hidden("request", in: page))
        let answer = try await post(
            "/authorize", [("request", note), ("decision", decision)],
            headers: ["cookie": "errand_access=\(person)", "origin": "http://localhost"]
        )
        #expect(answer.status == 303)
        return Visit.values(answer.header("location"))
    }

    static func values(_ location: String?) -> [String: String] {
        let items = location.flatMap { URLComponents(string: $0) }?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }

    func redeem(_ code: String, _ changes: [String: String] = [:]) async throws -> Answer {
        var values = [
            "grant_type": "authorization_code", "code": code, "client_id": client, "redirect_uri": redirect,
            "code_verifier": verifier, "resource": "http://localhost/mcp",
        ]
        for (name, value) in changes { values[name] = value.isEmpty ? nil : value }
        return try await post("/token", values.map { ($0.key, $0.value) })
    }

    func renew(_ token: String) async throws -> Answer {
        try await post("/token", [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", client)])
    }

    /// Tokens as they come when all goes well.
    func letIn() async throws -> JSONValue {
        let code = try #require(try await decide("allow", query())["code"])
        let answer = try await redeem(code)
        #expect(answer.status == 200, "\(answer.json.text)")
        return answer.json
    }

    func status(of token: String) async throws -> Int {
        try await AgentClient(api: api, token: token).send("tools/list").status
    }
}

@Suite struct OAuthTests {
    @Test func `authorization-server-metadata-endpoint`() async throws {
        try await TestAPI.with { api in
            let refused = try await AgentClient(api: api, token: nil).send("tools/list")
            let challenge = refused.header("www-authenticate") ?? ""
            let place = "http://localhost/.well-known/oauth-protected-resource/mcp"
            #expect(challenge == "Bearer resource_metadata=\"\(place)\", scope=\"tasks:read tasks:write\"")
            let stale = try await AgentClient(api: api, token: "nonsense").send("tools/list")
            #expect(stale.header("www-authenticate")?.contains("error=\"invalid_token\"") == true)
            for path in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
                let resource = try await api.send(.get, path)
                #expect(resource.json["resource"] == "http://localhost/mcp")
                #expect(resource.json["authorization_servers"] == ["http://localhost"])
                #expect(resource.json["scopes_supported"]?.array?.contains("offline_access") == false)
            }
            let server = try await api.send(.get, "/.well-known/oauth-authorization-server").json
            #expect(server["issuer"] == "http://localhost")
            #expect(server["code_challenge_methods_supported"] == ["S256"])
            #expect(server["token_endpoint_auth_methods_supported"] == ["none"])
            #expect(server["client_id_metadata_document_supported"] == true)
            for (name, path) in [
                ("authorization_endpoint", "/authorize"), ("token_endpoint", "/token"),
                ("registration_endpoint", "/register"),
            ] { #expect(server[name]?.string == "http://localhost\(path)") }
        }
    }

    @Test func `authorization-code-grant`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            let page = try await visit.open(visit.query())
            let text = String(decoding: page.bytes, as: UTF8.self)
            #expect(
                text.contains("Claude &lt;Code&gt;") && text.contains("localhost") && text.contains("ana@example.org"))
            #expect(
                page.header("content-security-policy")?.contains("form-action 'self' http://localhost:8765;") == true)
            let back = try await visit.decide("allow", visit.query())
            #expect(back["state"] == "xyz" && back["iss"] == "http://localhost")
            let answer = try await visit.redeem(try #require(back["code"]))
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.json["token_type"] == "Bearer" && answer.json["scope"] == "tasks:read tasks:write")
            let access = try #require(answer.json["access_token"]?.string)
            let agent = AgentClient(api: api, token: access)
            #expect(try await agent.call("add_task", ["title": "A"])["isError"] == false)
            #expect(try await agent.refusal("resources/read", ["uri": "errand://me"]).hasPrefix("403"))
            // The token is for this door alone (RFC 8707).
            #expect(try await api.send(.get, "/api/v1/tasks", token: access).status == 401)
            let tokens = try await api.send(.get, "/api/v1/me/tokens", token: visit.person).json["items"]?.array ?? []
            #expect(tokens.map { $0["name"] } == ["Claude <Code>"])
            api.clock.advance(by: .minutes(11))
            #expect(try await visit.status(of: access) == 401)
        }
    }

    @Test func `a person who is not signed in signs in on the way`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            let page = try await visit.open(visit.query(), isSignedIn: false)
            let query = try #require(Visit.hidden("query", in: page))
            func signIn(_ password: String, origin: String = "http://localhost") async throws -> Answer {
                try await visit.post(
                    "/authorize", [("query", query), ("email", "ana@example.org"), ("password", password)],
                    headers: ["origin": origin]
                )
            }
            #expect(try await signIn("wrong password").status == 401)
            #expect(try await signIn("a quiet walk in the woods", origin: "https://evil.example").status == 403)
            let answer = try await signIn("a quiet walk in the woods")
            #expect(answer.status == 303 && answer.header("location") == "/authorize?\(query)")
            #expect(answer.header("set-cookie")?.hasPrefix("errand_access=") == true)
        }
    }

    @Test func `a code is good once, for its client, address and verifier`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            let other = try await api.send(.post, "/register", json: ["redirect_uris": ["https://other.example/cb"]])
            let code = try #require(try await visit.decide("allow", visit.query())["code"])
            for changes in [
                ["code_verifier": String(repeating: "w", count: 43)], ["code_verifier": "short"], ["code_verifier": ""],
                ["redirect_uri": "http://localhost:1/callback"], ["client_id": other.json["client_id"]?.string ?? ""],
                ["code": "x.y"], ["code": code + "A"],
            ] {
                let refused = try await visit.redeem(code, changes)
                #expect(refused.status == 400 && refused.json["error"] == "invalid_grant", "\(changes)")
            }
            #expect(try await visit.redeem(code, ["client_id": "nobody"]).status == 401)
            #expect(
                try await visit.redeem(code, ["resource": "https://other.example"]).json["error"] == "invalid_target")
            #expect(try await visit.redeem(code, ["grant_type": "password"]).json["error"] == "unsupported_grant_type")
            let access = try #require(try await visit.redeem(code).json["access_token"]?.string)
            #expect(try await visit.status(of: access) == 200)
            #expect(try await visit.redeem(code).json["error"] == "invalid_grant", "replayed")
            #expect(try await visit.status(of: access) == 401, "what it was exchanged for is revoked")
            let late = try #require(try await visit.decide("allow", visit.query())["code"])
            api.clock.advance(by: .seconds(61))
            #expect(try await visit.redeem(late).json["error"] == "invalid_grant")
        }
    }

    @Test func `a refresh token changes with each use, and one that comes again ends the permission`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            let first = try #require(try await visit.letIn()["refresh_token"]?.string)
            api.clock.advance(by: .minutes(9))
            let second = try #require(try await visit.renew(first).json["refresh_token"]?.string)
            #expect(first != second)
            // An answer that got lost is given again for a while.
            #expect(try await visit.renew(first).json["refresh_token"]?.string == second)
            #expect(try await visit.renew(first + "A").json["error"] == "invalid_grant")
            // It opens no other door.
            #expect(try await visit.status(of: second) == 401)
            let session = try await api.send(
                .post, "/api/v1/auth/refresh", json: ["refresh_token": .string(second)])
            #expect(session.status == 401)
            api.clock.advance(by: .seconds(30))
            let renewed = try await visit.renew(second).json
            #expect(try await visit.renew(first).json["error"] == "invalid_grant")
            #expect(try await visit.status(of: renewed["access_token"]?.string ?? "") == 401, "revoked")
            #expect(try await visit.renew(renewed["refresh_token"]?.string ?? "").json["error"] == "invalid_grant")
        }
    }

    @Test func `a permission is ended by the program, by the person, and by time`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            let first = try await visit.letIn()
            let access = first["access_token"]?.string ?? ""
            #expect(
                try await visit.post("/oauth/revoke", [("token", first["refresh_token"]?.string ?? "")]).status == 200)
            #expect(try await visit.post("/oauth/revoke", [("token", "unknown")]).status == 200)
            #expect(try await visit.status(of: access) == 401)
            let second = try await visit.letIn()
            let listed = try await api.send(.get, "/api/v1/me/tokens", token: visit.person).json
            let id = listed["items"]?.array?.first?["id"]?.string ?? ""
            #expect(try await api.send(.delete, "/api/v1/me/tokens/\(id)", token: visit.person).status == 204)
            #expect(try await visit.status(of: second["access_token"]?.string ?? "") == 401)
            #expect(try await visit.renew(second["refresh_token"]?.string ?? "").json["error"] == "invalid_grant")
        }
    }

    @Test func `what a program may not ask is told to it, and a foreign address to the person alone`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            for changes in [
                ["redirect_uri": "https://evil.example/cb"], ["redirect_uri": "http://localhost/other"],
                ["redirect_uri": "http://localhost.evil.example/callback"], ["client_id": "nobody"],
                ["client_id": visit.client + "A"], ["client_id": "https://localhost/"],
            ] {
                let page = try await visit.open(visit.query(changes))
                #expect(page.status == 400 && page.header("location") == nil, "\(changes)")
            }
            for (changes, error) in [
                (["response_type": "token"], "unsupported_response_type"), (["code_challenge": ""], "invalid_request"),
                (["code_challenge_method": "plain"], "invalid_request"), (["scope": "session"], "invalid_scope"),
                (["resource": "https://other.example"], "invalid_target"),
            ] {
                let answer = try await visit.open(visit.query(changes))
                let back = Visit.values(answer.header("location"))
                #expect(answer.status == 303 && back["error"] == error && back["state"] == "xyz", "\(changes)")
            }
            #expect(try await visit.open(visit.query() + "&state=other").status == 400, "a parameter twice")
            let denied = try await visit.decide("deny", visit.query())
            #expect(denied["error"] == "access_denied" && denied["code"] == nil)
        }
    }

    @Test func `a decision is the person's own, on our own page`() async throws {
        try await TestAPI.with { api in
            let visit = try await Visit(api)
            let note = try #require(Visit.hidden("request", in: try await visit.open(visit.query())))
            let ben = try await api.token(of: "ben")
            for (cookie, origin, sealed) in [
                (ben, "http://localhost", note), (visit.person, "https://evil.example", note),
                (visit.person, "", note), (visit.person, "http://localhost", note + "A"),
                ("", "http://localhost", note),
            ] {
                var headers = ["cookie": "errand_access=\(cookie)"]
                if !origin.isEmpty { headers["origin"] = origin }
                let answer = try await visit.post(
                    "/authorize", [("request", sealed), ("decision", "allow")], headers: headers
                )
                #expect(answer.status >= 400 && answer.header("location") == nil)
            }
            api.clock.advance(by: .minutes(11))
            let late = try await visit.post(
                "/authorize", [("request", note), ("decision", "allow")],
                headers: ["cookie": "errand_access=\(visit.person)", "origin": "http://localhost"]
            )
            #expect(late.status == 400)
        }
    }

    @Test(arguments: [
        "http://evil.example/cb", "javascript:alert(1)", "data:text/html,x", "https://a.example/#x", "not a url", "",
        "https://user:pw@a.example/", "file:///etc", "https://",
    ])
    func `such addresses are not registered`(_ address: String) async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.post, "/register", json: ["redirect_uris": [.string(address)]])
            #expect(answer.status == 400 && answer.json["error"] == "invalid_redirect_uri")
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1/", "http://127.0.0.1:33418/"), ("http://127.0.0.1:33418/", "http://127.0.0.1:4000/"),
        ("cursor://anysphere.cursor-mcp/oauth/callback", "cursor://anysphere.cursor-mcp/oauth/callback"),
        ("https://claude.ai/api/mcp/auth_callback", "https://claude.ai/api/mcp/auth_callback"),
        ("http://[::1]/cb", "http://[::1]:9/cb"),
    ])
    func `the addresses of usual clients are taken`(_ registered: String, _ asked: String) async throws {
        try await TestAPI.with { api in
            var visit = try await Visit(api, redirects: [.string(registered)])
            visit.redirect = asked
            let answer = try await visit.open(visit.query())
            #expect(answer.status == 200, "\(String(decoding: answer.bytes, as: UTF8.self))")
        }
    }

    @Test func `the id of a client may be the address of what it says of itself`() async throws {
        let id = "https://agent.example/client.json"
        let asked = Mutex<[String]>([])
        let download: @Sendable (String) async throws -> [UInt8] = { address in
            asked.withLock { $0.append(address) }
            let said = address.hasSuffix("liar.json") ? id : address
            return JSONValue.object([
                "client_id": .string(said), "client_name": "Agent", "redirect_uris": ["http://localhost/callback"],
            ]).serialized()
        }
        try await TestAPI.with(download: download) { api in
            var visit = try await Visit(api)
            visit.client = id
            _ = try await visit.letIn()
            #expect(asked.withLock { $0 } == [id], "it is fetched once")
            for other in [
                "https://agent.example/liar.json", "http://agent.example/client.json", "https://agent.example",
            ] {
                #expect(try await visit.open(visit.query(["client_id": other])).status == 400, "\(other)")
            }
        }
    }
}
