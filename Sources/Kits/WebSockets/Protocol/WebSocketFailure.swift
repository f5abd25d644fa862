/// A peer broke a rule: the connection fails with this code (RFC 6455 section 7.1.7).
struct WebSocketFailure: Error, Hashable {
    let code: WebSocketCloseCode
    /// Tells the peer's developer which rule; at most 123 bytes of UTF-8.
    let reason: String

    static func protocolError(_ reason: String) -> WebSocketFailure {
        WebSocketFailure(code: .protocolError, reason: reason)
    }
}
