import ErrandCore
import ErrandHTTP
import FrontendService
import HTTPTypes
import Testing

@Suite struct RefusalTests {
    @Test func `bodies are as large as the API takes them, and no larger`() async throws {
        let frontend = TestFrontend()
        let largest = [UInt8](repeating: 0x20, count: JSONBody.sizeBytesMax)
        #expect(try await frontend.send(.post, "/api/v1/tasks", body: largest).status == 200)
        let answer = try await frontend.send(.post, "/api/v1/tasks", body: largest + [0x20])
        #expect(answer.status == 413 && answer.code == "body_too_large")
        #expect(try await frontend.send(.post, "/api/v1/import?dry_run=true", body: largest + [0x20]).status == 200)
        #expect(frontend.passed.map(\.body.count) == [JSONBody.sizeBytesMax, JSONBody.sizeBytesMax + 1])
    }

    @Test(
        arguments: [
            "/api/../metrics", "/api/..", "/api/./v1", "/api/%2e%2e/metrics", "/api/a%2Fb", "/api/a%5cb", "/api/a\\b",
            "/api/%", "/api/%4", "/api/%zz", "/api/a?b=%", "/api/a?b=%1g",
        ]
    )
    func `a path that could be read in two ways goes nowhere`(path: String) async throws {
        let frontend = TestFrontend()
        let answer = try await frontend.send(.get, path)
        #expect(answer.status == 400 && answer.code == "invalid_path")
        #expect(answer.header("content-type") == "application/problem+json")
        #expect(frontend.passed.isEmpty)
    }

    @Test func `characters that clients should have escaped are escaped`() async throws {
        let frontend = TestFrontend()
        _ = try await frontend.send(.get, "/api/v1/tasks?filter=(#work)".replacing("#", with: "%23") + "|{a}^\"é")
        #expect(frontend.passed.first?.target == "/api/v1/tasks?filter=(%23work)%7C%7Ba%7D%5E%22%C3%A9")
        _ = try await frontend.send(.get, "/api/v1/tasks?tags=..&search=%2e%2F")
        #expect(frontend.passed.last?.target == "/api/v1/tasks?tags=..&search=%2e%2F", "a query is no path")
    }

    @Test func `live sync is answered with where it belongs`() async throws {
        let frontend = TestFrontend()
        let answer = try await frontend.send(.get, "/api/v1/live?cursor=1", fields: [("Upgrade", "websocket")])
        #expect(answer.status == 421 && answer.code == "live_sync_elsewhere")
        #expect(answer.json["detail"]?.string?.contains("websocket-service") == true)
        #expect(frontend.passed.isEmpty)
    }

    @Test(arguments: [HTTPRequest.Method.trace, .connect])
    func `methods that nobody passes on are refused`(method: HTTPRequest.Method) async throws {
        let frontend = TestFrontend()
        #expect(try await frontend.send(method, "/api/v1/tasks").status == 405)
        #expect(frontend.passed.isEmpty)
    }

    @Test(
        arguments: [
            (PassingError.unreachable(retryAfter: .seconds(15)), 503, "api_unreachable", "15"),
            (.unreachable(retryAfter: .milliseconds(10)), 503, "api_unreachable", "1"),
            (.timedOut, 504, "api_timeout", nil), (.unsendable, 400, "invalid_path", nil),
            (.refused, 502, "api_answer_unusable", nil), (.answerTooLarge, 502, "api_answer_too_large", nil),
            (.cancelled, 503, "api_unreachable", "1"),
        ] as [(PassingError, Int, String, String?)]
    )
    func `what went wrong on the way is a problem`(
        error: PassingError, status: Int, code: String, retryAfter: String?
    ) async throws {
        let frontend = TestFrontend { _ throws(PassingError) in throw error }
        let answer = try await frontend.send(.post, "/api/v1/tasks")
        #expect(answer.status == status && answer.code == code)
        #expect(answer.header("retry-after") == retryAfter)
        #expect(answer.header("content-type") == "application/problem+json")
        #expect(answer.json["request_id"] == "made-here")
        #expect(frontend.passed.count == 1, "it is not for this service to try again")
    }

    @Test(arguments: [401, 403, 404, 413, 500])
    func `an answer that is not the API's does not pass for one`(status: Int) async throws {
        for id in [nil, "another"] as [String?] {
            let frontend = TestFrontend { _ in
                var headers = HTTPFields()
                headers[.xRequestID] = id
                headers[.setCookie] = "a=1"
                return PassedReply(status: .init(code: status), headers: headers, body: Array("invalid api token".utf8))
            }
            let answer = try await frontend.send(.get, "/api/v1/me")
            #expect(answer.status == 502 && answer.code == "api_answer_unusable")
            #expect(answer.header("set-cookie") == nil && !answer.text.contains("token"))
        }
    }
}
