import ErrandCore
import FakeSidecar
import Foundation
import Testing

/// The role `frontend` in a process of its own, with the API behind two sidecars.
@Suite(.serialized) struct FrontendTests {
    private static let account: JSONValue = [
        "email": "ana@example.org", "password": "a quiet walk in the woods", "time_zone": "Europe/Paris",
    ]

    @Test func `people use the API through the frontend as if it were there`() async throws {
        try await FrontendPair.with { pair, _ in
            let page = try await WholeAnswer.from(pair.port, "GET", "/")
            #expect(page.status == 200 && page.text.contains("<!doctype html>"))
            #expect(page.header("content-security-policy")?.hasPrefix("default-src 'none'") == true)
            let asset = try #require(page.text.firstMatch(of: #/"(\/assets\/[^"]+\.js)"/#)).1
            let script = try await WholeAnswer.from(pair.port, "GET", String(asset))
            #expect(script.status == 200 && script.header("cache-control")?.contains("immutable") == true)

            let browser = [("Origin", "http://127.0.0.1:\(pair.port)")]
            let signUp = try await WholeAnswer.from(
                pair.port, "POST", "/api/v1/auth/sign-up", browser, body: Self.account.serialized()
            )
            #expect(signUp.status == 201)
            let cookies = signUp.fields("set-cookie")
            #expect(cookies.map { $0.prefix { $0 != "=" } } == ["errand_access", "errand_refresh"])
            let session = ("Cookie", cookies.map { String($0.prefix { $0 != ";" }) }.joined(separator: "; "))

            let created = try await WholeAnswer.from(
                pair.port, "POST", "/api/v1/tasks", browser + [session, ("Dapr-App-Id", "audit-service")],
                body: Array(#"{"title":"Milk"}"#.utf8)
            )
            #expect(created.status == 201 && created.header("etag") == "\"1\"")
            #expect(created.header("errand-undo") != nil)
            let location = try #require(created.header("location"))
            let list = try await WholeAnswer.from(pair.port, "GET", "/api/v1/tasks?limit=5&search=milk%20", [session])
            #expect(list.json["items"]?.array?.count == 1)
            let completed = try await WholeAnswer.from(
                pair.port, "POST", "\(location)/complete", browser + [session], body: []
            )
            #expect(completed.status == 200 && completed.json["completed"] == true)
            let stale = try await WholeAnswer.from(
                pair.port, "PATCH", location, browser + [session, ("If-Match", "\"1\"")],
                body: Array(#"{"title":"Bread"}"#.utf8)
            )
            #expect(stale.status == 412 && stale.code == "version_mismatch" && stale.header("etag") == "\"2\"")
            let foreign = try await WholeAnswer.from(
                pair.port, "POST", "\(location)/reopen", [("Origin", "http://evil.example"), session], body: []
            )
            #expect(foreign.status == 403 && foreign.code == "cross_site_request")
            let feed = try await WholeAnswer.from(
                pair.port, "POST", "/api/v1/me/feeds", browser + [session], body: Array(#"{"name":"Home"}"#.utf8))
            let address = try #require(feed.json["url"]?.string.flatMap { URL(string: $0)?.path })
            let calendar = try await WholeAnswer.from(pair.port, "GET", address)
            #expect(calendar.status == 200 && calendar.text.contains("NAME:Home"))
            let known = ("If-None-Match", try #require(calendar.header("etag")))
            #expect(try await WholeAnswer.from(pair.port, "GET", address, [known]).status == 304)
            #expect(
                !FileManager.default.fileExists(atPath: pair.folder.path(percentEncoded: false)), "it keeps nothing")
        }
    }

    @Test func `methods, limits and ids are those of the API`() async throws {
        try await FrontendPair.with { pair, _ in
            let id = ("X-Request-ID", "from-the-client")
            let nobody = try await WholeAnswer.from(pair.port, "GET", "/api/v1/tasks", [id])
            #expect(nobody.status == 401 && nobody.code == "unauthenticated")
            #expect(nobody.fields("x-request-id") == ["from-the-client"])
            #expect(nobody.json["request_id"] == "from-the-client")
            let head = try await WholeAnswer.from(pair.port, "HEAD", "/.well-known/jwks.json")
            let keys = try await WholeAnswer.from(pair.port, "GET", "/.well-known/jwks.json")
            #expect(head.status == 200 && head.bytes.isEmpty)
            #expect(head.header("content-length") == "\(keys.bytes.count)")
            let options = try await WholeAnswer.from(pair.port, "OPTIONS", "/api/v1/tasks")
            #expect(options.status == 405 && options.header("allow") == "GET, HEAD, POST")
            let large = try await WholeAnswer.from(
                pair.port, "POST", "/api/v1/auth/sign-up", body: [UInt8](repeating: 0x20, count: 1_048_577)
            )
            #expect(large.status == 413 && large.code == "body_too_large")
            let live = try await WholeAnswer.from(pair.port, "GET", "/api/v1/live", [("Accept", "text/event-stream")])
            #expect(live.status == 421 && live.code == "live_sync_elsewhere")
            #expect(try await WholeAnswer.from(pair.port, "GET", "/api/v1/tags/a%2Fb").code == "invalid_path")
            #expect(try await WholeAnswer.from(pair.port, "GET", "/metrics").status == 404)
            let metrics = try await WholeAnswer.from(pair.frontendInternalPort, "GET", "/metrics").text
            #expect(metrics.contains(#"errand_passed_on_total{status="2xx"} 2"#))
            #expect(metrics.contains(#"errand_passed_on_total{status="4xx"}"#))
        }
    }

    @Test func `the internal port of the API is for the frontend's sidecar alone`() async throws {
        try await FrontendPair.with { pair, _ in
            let (token, caller) = (("dapr-api-token", FrontendPair.appToken), "dapr-caller-app-id")
            let (keys, frontend) = ("/.well-known/jwks.json", (caller, "frontend"))
            let direct: [(String, [(String, String)], Int)] = [
                (keys, [], 401), (keys, [frontend], 401), (keys, [token], 403),
                (keys, [token, (caller, "audit-service")], 403), (keys, [token, frontend], 200),
                ("/metrics", [token, frontend], 403), ("/metrics", [], 200),
            ]
            for (path, fields, expected) in direct {
                let answer = try await WholeAnswer.from(pair.apiInternalPort, "GET", path, fields)
                #expect(answer.status == expected, "\(path) \(fields)")
            }
            let invoked: [(FakeSidecar, String, String, Int)] = [
                (pair.strangersSidecar, "GET", keys, 403), (pair.frontendSidecar, "GET", keys, 200),
                (pair.frontendSidecar, "GET", "/metrics", 403), (pair.frontendSidecar, "GET", "/healthz", 403),
                (pair.frontendSidecar, "GET", "/dapr/subscribe", 403),
                (pair.frontendSidecar, "POST", "/events/task-events", 403),
                (pair.frontendSidecar, "POST", "/job/reminder-clock", 403),
                (pair.frontendSidecar, "POST", "/sweep-reminders", 403),
            ]
            let claims = [("dapr-api-token", FrontendPair.apiToken), frontend]
            for (sidecar, method, path, expected) in invoked {
                let target = "/v1.0/invoke/chat-api/method\(path)"
                let answer = try await WholeAnswer.from(try await sidecar.port, method, target, claims)
                #expect(answer.status == expected, "\(sidecar.appID) \(path)")
            }
        }
    }

    @Test func `while the API is away, people are told to come again, and all is well when it is back`() async throws {
        try await FrontendPair.with { pair, api in
            try await api.killNow()
            let begin = ContinuousClock.now
            var longest = Duration.zero
            for _ in 0..<10 {
                let start = ContinuousClock.now
                let answer = try await WholeAnswer.from(pair.port, "POST", "/api/v1/tasks", body: Array("{}".utf8))
                longest = ContinuousClock.now - start
                #expect(answer.status == 503 && answer.code == "api_unreachable")
                #expect(answer.header("retry-after").flatMap { Int($0) }.map { $0 > 0 } == true)
            }
            #expect(ContinuousClock.now - begin < .seconds(10), "each is told within seconds")
            #expect(longest < .milliseconds(100), "the last of them at once")
            let metrics = try await WholeAnswer.from(pair.frontendInternalPort, "GET", "/metrics").text
            #expect(metrics.contains(#"errand_circuit_open{app="chat-api"} 1"#))
            #expect(try await WholeAnswer.from(pair.port, "GET", "/").status == 200, "the page is there")
            #expect(try await WholeAnswer.from(pair.frontendInternalPort, "GET", "/readyz").status == 200)
            let again = try await pair.startAPI()
            var status = 0
            for _ in 0..<120 where status != 401 {
                status = try await WholeAnswer.from(pair.port, "GET", "/api/v1/tasks").status
                if status != 401 { try await Task.sleep(for: .milliseconds(250)) }
            }
            #expect(status == 401, "the API answers again")
            try await again.stop()
        }
    }

    @Test func `a wrong token between processes signs nobody out`() async throws {
        try await FrontendPair.with { pair, _ in
            pair.apiSidecar.faults.callbackToken = .wrong
            let answer = try await WholeAnswer.from(pair.port, "GET", "/api/v1/tasks")
            #expect(answer.status == 502 && answer.code == "api_answer_unusable")
            pair.apiSidecar.faults.callbackToken = .right
            #expect(try await WholeAnswer.from(pair.port, "GET", "/api/v1/tasks").status == 401)
        }
    }

    @Test func `told to stop, it finishes what it has begun`() async throws {
        try await FrontendPair.with { pair, _ in
            pair.frontendSidecar.faults.answerDelay = .seconds(1)
            async let slow = WholeAnswer.from(pair.port, "GET", "/.well-known/jwks.json")
            try await Task.sleep(for: .milliseconds(400))
            try await pair.stopFrontend()
            #expect(try await slow.status == 200)
            #expect(await APIClient(port: pair.port).send("GET", "/") == nil, "it is gone")
        }
    }

    @Test func `without a sidecar there is nothing to pass on through`() throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        let client = CommandLineClient(home: home, server: "")
        let outcome = try client.run(
            ["serve", "--role", "frontend", "--port", "0", "--internal-port", "0", "--bus", "log"]
        )
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("DAPR_HTTP_PORT must be set for the role frontend"))
    }
}
