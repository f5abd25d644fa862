import ErrandCore
import HTTPTypes

/// The problems that arise before an operation is reached.
extension Problem {
    public static func malformedRequest(_ detail: String) -> Problem {
        Problem(.badRequest, code: "malformed_request", title: "The request cannot be read.", detail: detail)
    }

    static func malformedJSON(_ error: JSONError) -> Problem {
        Problem(
            .badRequest, code: "malformed_json", title: "The body is not JSON.",
            detail: "At byte \(error.offset): \(error.reason)."
        )
    }

    package static func bodyTooLarge(_ limit: Int) -> Problem {
        Problem(
            .contentTooLarge, code: "body_too_large", title: "The body is too large.",
            detail: "At most \(limit) bytes are read."
        )
    }

    static func unsupportedMediaType(_ accepted: [String]) -> Problem {
        Problem(
            .unsupportedMediaType, code: "unsupported_media_type", title: "The media type is not supported.",
            detail: "Send \(accepted.joined(separator: " or "))."
        )
    }

    public static func methodNotAllowed(allowed: [String]) -> Problem {
        Problem(
            .methodNotAllowed, code: "method_not_allowed", title: "The method is not allowed here.",
            detail: "Allowed: \(allowed.joined(separator: ", ")).",
            headers: [.allow: allowed.joined(separator: ", ")]
        )
    }

    public static let crossSiteRequest = Problem(
        .forbidden, code: "cross_site_request", title: "The request comes from another site.",
        detail: "A change that is authorised by a cookie has to come from Errand's own page."
    )

    public static let notAcceptable = Problem(
        .notAcceptable, code: "not_acceptable", title: "There is no such form of it.",
        detail: "Ask for a WebSocket, or for text/event-stream."
    )

    public static func tooManyWindows(_ limit: Int) -> Problem {
        Problem(
            .tooManyRequests, code: "too_many_windows", title: "Too many windows are open.",
            detail: "At most \(limit) windows can follow changes at once.", headers: [.retryAfter: "60"]
        )
    }

    /// Says the same for an address nobody has.
    public static let wrongPassword = Problem(
        .unauthorized, code: "unauthenticated", title: "Please sign in.",
        detail: "The e-mail address or the password is wrong.", headers: [.wwwAuthenticate: "Bearer"]
    )

    public static let notFound = Problem(ErrandError.notFound(.route))

    /// What is shown of an error that nobody foresaw: nothing.
    static let `internal` = Problem(ErrandError.malformedEvent(""))
}
