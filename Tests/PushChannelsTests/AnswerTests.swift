import CivilTime
import ErrandCore
import HTTPCalls
import HTTPTypes
import PushChannels
import Testing

/// Every answer of a server, and what it means for the delivery.
@Suite struct AnswerTests {
    private let now = Instant(seconds: 784_111_777)

    private enum Meaning { case delivered, retry, gone, rejected, misconfigured, tooLarge }

    private func meaning(_ outcome: DeliveryOutcome) -> Meaning {
        switch outcome {
        case .delivered: .delivered
        case .retry: .retry
        case .gone: .gone
        case .rejected: .rejected
        case .misconfigured: .misconfigured
        case .tooLarge: .tooLarge
        }
    }

    private func answer(_ status: Int, _ headers: HTTPFields = [:], body: String = "") -> ServerAnswer {
        ServerAnswer(status: status, headers: headers, body: Array(body.utf8), at: now)
    }

    @Test func `a push service's answers`() {
        let expected: [Meaning: [Int]] = [
            .delivered: [200, 201, 202, 204], .misconfigured: [301, 302, 303, 307, 308, 401, 403],
            .rejected: [400, 405, 406, 411, 415, 418], .gone: [404, 410], .tooLarge: [413],
            .retry: [408, 425, 429, 500, 502, 503, 504, 599],
        ]
        for (meaning, statuses) in expected {
            for status in statuses {
                #expect(self.meaning(AnswerTable.webPush(answer(status), isShort: false)) == meaning, "\(status)")
            }
        }
        #expect(meaning(AnswerTable.webPush(answer(413), isShort: true)) == .rejected, "once is enough")
    }

    @Test func `a receiver of webhooks' answers`() {
        let expected: [Meaning: [Int]] = [
            .delivered: [200, 201, 202, 204], .misconfigured: [301, 302, 307, 308], .rejected: [400, 415, 422],
            .gone: [410], .tooLarge: [413], .retry: [401, 403, 404, 408, 409, 429, 500, 502, 503, 504],
        ]
        for (meaning, statuses) in expected {
            for status in statuses {
                #expect(self.meaning(AnswerTable.webhook(answer(status), isShort: false)) == meaning, "\(status)")
            }
        }
        #expect(meaning(AnswerTable.webhook(answer(413), isShort: true)) == .rejected)
    }

    @Test func `ntfy's answers`() {
        let expected: [Meaning: [Int]] = [
            .delivered: [200], .misconfigured: [301, 401, 403, 404], .rejected: [400], .gone: [410], .tooLarge: [413],
            .retry: [429, 500, 503, 507],
        ]
        for (meaning, statuses) in expected {
            for status in statuses {
                #expect(self.meaning(AnswerTable.ntfy(answer(status), isShort: false)) == meaning, "\(status)")
            }
        }
    }

    @Test(arguments: [
        #"{"error":"NotRegistered"}"#, #"{"errno":102}"#, #"{"error":{"status":"NOT_FOUND"}}"#,
    ])
    func `a success that says that it is an error is none`(body: String) {
        #expect(meaning(AnswerTable.webPush(answer(200, body: body), isShort: false)) == .rejected)
        #expect(meaning(AnswerTable.ntfy(answer(200, body: body), isShort: false)) == .rejected)
    }

    @Test func `a key that Firebase does not know with the subscription means to subscribe again`() {
        let outcome = AnswerTable.webPush(
            answer(400, body: #"{"reason":"UnauthorizedRegistration"}"#), isShort: false)
        #expect(meaning(outcome) == .misconfigured)
    }

    @Test(arguments: [
        (#"{"reason":"BadJwtToken"}"#, "BadJwtToken"), (#"{"errno":109,"message":"buy milk"}"#, "109"),
        (#"{"code":40001,"error":"too long a sentence to be a code"}"#, "40001"),
        (#"{"error":{"status":"INVALID_ARGUMENT","message":"x"}}"#, "INVALID_ARGUMENT"),
    ])
    func `a reason is a code`(body: String, word: String) {
        #expect(answer(400, body: body).reason == word)
    }

    @Test(arguments: [
        "", "<html>no</html>", "[]", #"{"reason":"<script>"}"#, #"{"message":"Buy milk"}"#, #"{"reason":""}"#,
        #"{"reason":"\#(String(repeating: "a", count: 49))"}"#, #"{"reason":"a b"}"#, "{",
    ])
    func `what is no code is not repeated`(body: String) {
        #expect(answer(400, body: body).reason == nil)
        guard case .rejected(let reason) = AnswerTable.webPush(answer(400, body: body), isShort: false) else {
            Issue.record("It was not rejected.")
            return
        }
        #expect(reason == "The push service refused it (400).")
    }

    @Test(arguments: [
        ("120", Duration.seconds(120)), ("0", .zero), ("Sun, 06 Nov 1994 08:49:37 GMT", .zero),
        ("Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)), ("Mon, 07 Nov 1994 08:49:37 GMT", .days(1)),
        ("Sat, 05 Nov 1994 08:49:37 GMT", .zero),
    ])
    func `a pause is a number or a date`(text: String, pause: Duration) {
        #expect(answer(429, [.retryAfter: text]).retryAfter == pause)
        #expect(
            AnswerTable.webPush(answer(429, [.retryAfter: text]), isShort: false)
                == .retry(after: pause, reason: "The push service asks us to slow down (429).")
        )
    }

    @Test(arguments: ["", "soon", "-1", "1.5", "99999999999999999999", "Sun, 06 Foo 1994 08:49:37 GMT", "1994-11-06"])
    func `anything else is no pause`(text: String) {
        #expect(answer(503, [.retryAfter: text]).retryAfter == nil)
    }

    @Test func `no answer means later, but for an address that may not be called`() {
        let all: [HTTPCallError] = [
            .noSuchHost, .notReached, .busy, .untrusted, .handshakeTimedOut, .timedOut, .closed, .disconnected,
            .tooLarge, .cancelled, .failed,
        ]
        for error in all { #expect(meaning(AnswerTable.failure(error)) == .retry, "\(error)") }
        for error in [HTTPCallError.forbiddenAddress, .invalidAddress] {
            #expect(meaning(AnswerTable.failure(error)) == .misconfigured, "\(error)")
        }
    }
}
