import ErrandHTTP
import HTTPTypes

extension Problem {
    static let invalidPath = Problem(
        .badRequest, code: "invalid_path", title: "The path is not clear.",
        detail: "It holds dot segments, broken escapes, or an encoded slash, backslash or dot."
    )

    /// The path of live sync comes here only where requests are led the wrong way.
    static let liveElsewhere = Problem(
        .misdirectedRequest, code: "live_sync_elsewhere", title: "Live sync is not answered here.",
        detail: "Whatever stands in front has to send this path to the websocket-service."
    )

    /// No answer that is known to be the API's, or not one to the request itself.
    static let strangeAnswer = Problem(
        .badGateway, code: "api_answer_unusable", title: "The API's answer cannot be used.",
        detail: "It is not meant for you. The request id leads to the details in the server's log."
    )

    init(_ error: PassingError) {
        switch error {
        case .unreachable(let delay):
            self.init(
                .serviceUnavailable, code: "api_unreachable", title: "The API cannot be reached right now.",
                detail: "Try again shortly: with the same id or Idempotency-Key, it is done once.",
                headers: [.retryAfter: String(max(1, delay.components.seconds))]
            )
        case .timedOut:
            self.init(
                .gatewayTimeout, code: "api_timeout", title: "The API did not answer in time.",
                detail: "It may have been done. With the same id or Idempotency-Key, it is done once."
            )
        case .unsendable: self = .invalidPath
        case .refused: self = .strangeAnswer
        case .answerTooLarge:
            self.init(
                .badGateway, code: "api_answer_too_large", title: "The API's answer is too large.",
                detail: "Ask for less at once. What cannot be divided is to be had from the API itself."
            )
        case .cancelled:
            self.init(
                .serviceUnavailable, code: "api_unreachable", title: "The API cannot be reached right now.",
                detail: "The request was given up. It may have been done.", headers: [.retryAfter: "1"]
            )
        }
    }
}
