import CivilTime
import ErrandCore
import LanguageModels
import Testing

/// What errors of servers mean, and what follows.
@Suite struct RefusalTests {
    /// The failure, and how often was asked.
    private func outcome(
        of reply: ScriptedServer.Reply
    ) async -> (failure: ModelFailure?, attempts: Int, server: ScriptedServer) {
        let server = ScriptedServer([reply, reply, reply, reply, reply, reply])
        var options = ModelServerOptions(baseURL: "http://h/v1", model: "m", key: "sk-secret")
        options.wholeTime = .seconds(1000)
        let model = server.model(options)
        guard case .failure(let failure) = await model.step(.saying("add milk")).result else {
            return (nil, server.asked.count, server)
        }
        return (failure, server.asked.count, server)
    }

    @Test(arguments: [
        (400, ModelFailure.notUnderstood, 1), (401, .notAllowed, 1), (403, .notAllowed, 1), (402, .overused, 1),
        (404, .notFound, 1), (405, .notFound, 1), (408, .unavailable, 3), (409, .unavailable, 3),
        (413, .promptTooLong, 1), (422, .notUnderstood, 1), (429, .overused, 3), (500, .unavailable, 3),
        (502, .unavailable, 3), (503, .unavailable, 3), (302, .notUnderstood, 1),
    ])
    func `a status alone says enough`(_ status: Int, _ failure: ModelFailure, _ attempts: Int) async {
        for body in ["", "<html><h1>Sorry</h1></html>", "{", "null", "[]", "\"no\""] {
            let outcome = await outcome(of: .refusal(status, body: body))
            #expect(outcome.failure == failure && outcome.attempts == attempts, "\(body)")
        }
    }

    @Test(arguments: [
        (400, #"[{"error":{"code":400,"message":"…","status":"INVALID_ARGUMENT"}}]"#, ModelFailure.notUnderstood, 1),
        (429, #"[{"error":{"code":429,"message":"…","status":"RESOURCE_EXHAUSTED"}}]"#, .overused, 3),
        (
            400,
            #"{"error":{"code":400,"message":"too many","type":"exceed_context_size_error"}}"#,
            .promptTooLong, 1
        ),
        (
            500, #"{"error":{"code":500,"message":"context size has been exceeded","type":"server_error"}}"#,
            .promptTooLong, 1
        ),
        (
            400,
            #"{"object":"error","message":"This model's maximum context length is 4096","code":400}"#,
            .promptTooLong, 1
        ),
        (429, #"{"error":{"message":"slow","type":"tokens","code":"slow_down"}}"#, .overused, 3),
        (429, #"{"error":{"message":"pay","type":"billing_not_active","code":null}}"#, .overused, 1),
        (422, #"{"detail":[{"loc":["body","messages"],"msg":"field required"}]}"#, .notUnderstood, 1),
        (401, #"{"detail":"Unauthorized"}"#, .notAllowed, 1), (404, #"{"error":"model 'm' not found"}"#, .notFound, 1),
        // A stream that is nothing but an error.
        (200, #"data: {"error":{"message":"busy","code":503}}"# + "\n\n", .unavailable, 3),
        (200, #"{"error":{"message":"no such key","code":"invalid_api_key"}}"#, .notAllowed, 1),
        (200, #"{"object":"error","message":"too long: maximum context","code":400}"#, .promptTooLong, 1),
        (200, #"{"detail":"no"}"#, .unavailable, 3), (200, "", .unavailable, 3), (200, "<html>", .notUnderstood, 1),
        (200, "data: nonsense\n\n", .notUnderstood, 1), (200, #"{"choices":[]}"#, .notUnderstood, 1),
        (204, "", .unavailable, 3),
    ])
    func `each server's form is read`(_ status: Int, _ body: String, _ failure: ModelFailure, _ attempts: Int) async {
        let outcome = await outcome(of: .refusal(status, body: body))
        #expect(outcome.failure == failure && outcome.attempts == attempts)
    }

    @Test(arguments: [
        ("429-quota.http", ModelFailure.overused, 1), ("404-no-model.http", .notFound, 1),
        ("400-context-length.http", .promptTooLong, 1), ("400-content-filter.http", .filtered, 1),
        ("503-loading.http", .unavailable, 3), ("429-retry-after.http", .overused, 3),
    ])
    func `transcripts of refusals mean what they say`(_ name: String, _ failure: ModelFailure, _ attempts: Int) async {
        let outcome = await outcome(of: .transcript(name))
        #expect(outcome.failure == failure && outcome.attempts == attempts)
    }

    @Test func `what is told of a refusal holds nothing that was said, and no key`() async throws {
        let error =
            #"{"error":{"message":"Incorrect API key provided: sk-secret","type":"invalid_request_error","code":"%"}}"#
        for code in ["invalid_api_key", "add milk", "sk-secret: no", ""] {
            let outcome = await outcome(of: .refusal(401, body: error.replacing("%", with: code)))
            let notice = try #require(outcome.server.notices.first)
            #expect(notice.status == 401 && notice.attempts == 1 && notice.failure == .notAllowed)
            #expect(notice.code == (code == "invalid_api_key" ? code : "invalid_request_error"))
            #expect(!"\(notice) \(String(reflecting: notice))".contains("secret"))
        }
    }

    @Test(arguments: [
        ("retry-after", "2", Duration.milliseconds(2000)), ("retry-after", "1.5", .milliseconds(1500)),
        ("retry-after-ms", "150", .milliseconds(150)), ("retry-after", "Fri, 27 Nov 2026 12:00:05 GMT", .seconds(5)),
        ("retry-after", "Fri, 27 Nov 2026 11:00:00 GMT", nil), ("retry-after", "0", nil), ("retry-after", "-3", nil),
        ("retry-after", "soon", nil), ("retry-after", "", nil), ("retry-after", "99999999999", .seconds(86_400)),
        ("retry-after", "inf", nil), ("retry-after", "Fri, 31 Nov 2026 12:00:05 GMT", nil),
    ])
    func `when to ask again is read in all its forms`(_ name: String, _ value: String, _ delay: Duration?) throws {
        let now = try #require(Instant("2026-11-27T12:00:00Z"))
        #expect(RetryHints(now: now) { $0 == name ? value : nil }.delay == delay)
    }
}
