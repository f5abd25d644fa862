import ErrandCore
import ErrandHTTP
import FrontendService
import HTTPTypes
import Testing

@Suite struct PassingTests {
    @Test(
        arguments: [
            "/api/v1/tasks", "/api", "/api/v1/nothing/there", "/mcp", "/oauth/a/b", "/authorize", "/token", "/register",
            "/.well-known/jwks.json",
        ]
    )
    func `what is the API's goes to the API`(path: String) async throws {
        let frontend = TestFrontend()
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options] {
            #expect(try await frontend.send(method, path).status == 200)
        }
        #expect(frontend.passed.map(\.method) == [.get, .post, .put, .patch, .delete, .options])
        #expect(frontend.passed.allSatisfy { $0.target == path && $0.body.isEmpty })
    }

    @Test func `the page is answered here, and what is nobody's is not there`() async throws {
        let frontend = TestFrontend()
        for path in ["/", "/docs", "/openapi.json", "/favicon.ico"] {
            let answer = try await frontend.send(.get, path)
            #expect(answer.status == 200 && !answer.bytes.isEmpty)
            #expect(try await frontend.send(.post, path).status == 405)
        }
        for path in ["/metrics", "/healthz", "/dapr/subscribe", "/events/task-events", "/job/a", "/apix", "/token/x"] {
            #expect(try await frontend.send(.get, path).status == 404)
            #expect(try await frontend.send(.post, path).status == 404)
        }
        #expect(frontend.passed.isEmpty)
    }

    @Test func `path, query, body and fields arrive as they were sent`() async throws {
        let frontend = TestFrontend()
        let fields = [
            ("Authorization", "Bearer x"), ("Cookie", "a=1"), ("If-Match", "\"3\""), ("Idempotency-Key", "k"),
            ("Content-Type", "application/json"), ("Origin", "https://errand.example"),
            ("Sec-Fetch-Site", "same-origin"),
            ("X-Request-ID", "r-1"), ("Traceparent", "00-11111111111111111111111111111111-2222222222222222-01"),
        ]
        _ = try await frontend.send(
            .patch, "/api/v1/tasks/1?a=b%20c&d=%2F", fields: fields, body: Array(#"{"title":"é"}"#.utf8)
        )
        let passed = try #require(frontend.passed.first)
        #expect(passed.target == "/api/v1/tasks/1?a=b%20c&d=%2F")
        #expect(String(decoding: passed.body, as: UTF8.self) == #"{"title":"é"}"#)
        for (name, value) in fields {
            let name = try #require(HTTPField.Name(name))
            #expect(passed.headers[name] == value)
        }
    }

    @Test func `fields of the connection end here, and those of proxies are written anew`() async throws {
        let frontend = TestFrontend()
        let dropped = [
            ("Connection", "keep-alive, X-Secret"), ("X-Secret", "1"), ("Keep-Alive", "1"), ("TE", "trailers"),
            ("Transfer-Encoding", "chunked"), ("Upgrade", "h2c"), ("Proxy-Authorization", "Basic x"),
            ("Expect", "100-continue"), ("Content-Length", "2"), ("Trailer", "X"), ("Forwarded", "for=1.2.3.4"),
        ]
        let claims = [
            ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"),
            ("X-Request-ID", "not fit for a log!"),
        ]
        _ = try await frontend.send(.post, "/api/v1/tasks", fields: dropped + claims, body: Array("{}".utf8))
        let headers = try #require(frontend.passed.first).headers
        for (name, _) in dropped { #expect(HTTPField.Name(name).map(headers.contains) == false, "\(name)") }
        #expect(headers[values: .forwardedFor] == ["unknown"], "there is no socket here")
        #expect(headers[values: .forwardedHost] == ["errand.example"])
        #expect(headers[values: .forwardedProto] == ["http"])
        #expect(headers[values: .xRequestID] == ["made-here"])
        #expect(headers[values: .traceparent].count == 1)
    }

    @Test(
        arguments: [
            (0, "9.9.9.9", "unknown"), (1, "9.9.9.9, 203.0.113.7", "203.0.113.7, unknown"),
            (2, "9.9.9.9, 203.0.113.7, 10.0.0.1", "203.0.113.7, 10.0.0.1, unknown"), (2, "203.0.113.7", "unknown"),
        ]
    )
    func `the API is told of the client what trusted proxies have seen, and no more`(
        proxies: Int, came: String, goes: String
    ) async throws {
        let frontend = TestFrontend(trustedProxies: proxies, isSecure: true)
        _ = try await frontend.send(.get, "/api/v1/tasks", fields: [("X-Forwarded-For", came)])
        let headers = try #require(frontend.passed.first).headers
        #expect(headers[.forwardedFor] == goes)
        #expect(headers[.forwardedProto] == "https")
    }

    @Test func `the answer comes back as it was given`() async throws {
        let fields = [
            ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; Path=/api/v1/auth"), ("ETag", "\"7\""),
            ("Location", "/api/v1/tasks/1"), ("Errand-Undo", "u"), ("Content-Type", "application/json"),
            ("Retry-After", "3"), ("Cache-Control", "private"), ("RateLimit", "\"api\";r=1;t=2"),
        ]
        let frontend = TestFrontend { request in
            .ok(
                request, .init(code: 418),
                fields: fields + [("Connection", "X-Own"), ("X-Own", "1"), ("Keep-Alive", "5")],
                body: "{}")
        }
        let answer = try await frontend.send(.post, "/api/v1/tasks", fields: [("X-Request-ID", "r-1")])
        #expect(answer.status == 418 && answer.text == "{}")
        #expect(answer.headers[values: .setCookie] == ["a=1; Path=/", "b=2; Path=/api/v1/auth"])
        for (name, value) in fields where name != "Set-Cookie" { #expect(answer.header(name) == value) }
        for name in ["Connection", "X-Own", "Keep-Alive"] { #expect(answer.header(name) == nil) }
        #expect(answer.headers[values: .xRequestID] == ["r-1"])
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
    }

    @Test func `what is packed, and what has not changed, goes on as the API gave it`() async throws {
        let frontend = TestFrontend { request in
            request.headers[.ifNoneMatch] == nil
                ? .ok(
                    request, fields: [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"), ("ETag", "W/\"7\"")],
                    body: "packed")
                : .ok(request, .notModified, fields: [("ETag", "W/\"7\""), ("Vary", "Accept-Encoding")])
        }
        let fields = [("Accept-Encoding", "gzip, br;q=0.5")]
        let packed = try await frontend.send(.get, "/api/v1/tasks", fields: fields)
        #expect(packed.text == "packed" && packed.header("content-encoding") == "gzip")
        #expect(packed.header("content-length") == "6" && packed.header("vary") == "Accept-Encoding")
        let same = try await frontend.send(.get, "/api/v1/tasks", fields: fields + [("If-None-Match", "W/\"7\"")])
        #expect(same.status == 304 && same.bytes.isEmpty && same.header("etag") == "W/\"7\"")
        #expect(frontend.passed.allSatisfy { $0.headers[.acceptEncoding] == "gzip, br;q=0.5" })
    }

    @Test func `HEAD asks the API with GET, and gives the length but no body`() async throws {
        let frontend = TestFrontend { .ok($0, fields: [("ETag", "\"7\"")], body: "12345") }
        let answer = try await frontend.send(.head, "/api/v1/tasks/1")
        #expect(answer.status == 200 && answer.bytes.isEmpty)
        #expect(answer.header("content-length") == "5" && answer.header("etag") == "\"7\"")
        #expect(frontend.passed.map(\.method) == [.get])
    }

    @Test func `an answer without content has none here either`() async throws {
        let frontend = TestFrontend { .ok($0, $0.method == .get ? .notModified : .noContent) }
        #expect(try await frontend.send(.delete, "/api/v1/tasks/1").status == 204)
        let unchanged = try await frontend.send(.get, "/api/v1/tasks/1")
        #expect(unchanged.status == 304 && unchanged.bytes.isEmpty)
    }
}
