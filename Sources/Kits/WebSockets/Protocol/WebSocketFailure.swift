/// A peer broke a rule: the connection fails with this code (RFC 6455 section 7.1.7).
package struct WebSocketFailure: Error, Hashable {
    package let code: WebSocketCloseCode
    /// Tells the peer's developer which rule; at most 123 bytes of UTF-8.
    package let reason: String

    package static func protocolError(_ reason: String) -> WebSocketFailure {
        WebSocketFailure(code: .protocolError, reason: reason)
    }
}
