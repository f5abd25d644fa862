public import HTTPTypes
public import HummingbirdCore
public import Logging

extension HTTPServerBuilder {
    /// HTTP/1.1 whose requests may become WebSockets when `decide` says so (RFC 6455).
    ///
    /// Requests that offer any other upgrade, or a handshake that is malformed, reach the router as ordinary ones
    /// with `Connection: close`; a WebSocket version other than 13 is answered with 426. Extensions and
    /// subprotocols are not negotiated. On a graceful shutdown every WebSocket is closed with 1001.
    ///
    /// - Parameters:
    ///   - configuration: As for `http1`. None of its handlers may take the `Upgrade` field away.
    ///   - decide: Called for every well-formed handshake, with the peer's IP address. Middleware does not run
    ///     for a request that is accepted, so credentials, `Origin` and rates are checked here.
    public static func http1WebSocketUpgrade(
        configuration: HTTP1Channel.Configuration = HTTP1Channel.Configuration(),
        webSocket: WebSocketConfiguration = WebSocketConfiguration(),
        decide: @escaping @Sendable (HTTPRequest, String?, Logger) async -> WebSocketDecision
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            WebSocketUpgradeChannel(
                http: HTTP1Channel(responder: responder, configuration: configuration), limits: webSocket,
                decide: decide
            )
        }
    }
}
