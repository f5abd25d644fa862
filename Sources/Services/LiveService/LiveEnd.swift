import WebSockets

/// Why a window is no longer told anything. Codes from 4000 on are ours (RFC 6455 §7.4.2).
package enum LiveEnd: String, Sendable {
    /// The credential is missing, wrong, expired or revoked.
    case unauthenticated
    /// The credential may not read tasks.
    case forbidden
    /// A client frame that is none.
    case badFrame = "bad_frame"
    case tooManyMessages = "too_many_messages"
    case tooManyWindows = "too_many_windows"
    /// It did not take what was sent.
    case slow
    /// The database cannot answer, or this process has windows enough.
    case unavailable

    var code: WebSocketCloseCode {
        switch self {
        case .badFrame: WebSocketCloseCode(rawValue: 4400)
        case .unauthenticated: WebSocketCloseCode(rawValue: 4401)
        case .forbidden: WebSocketCloseCode(rawValue: 4403)
        case .tooManyWindows: WebSocketCloseCode(rawValue: 4429)
        case .tooManyMessages: .policyViolation
        case .slow, .unavailable: .tryAgainLater
        }
    }
}
