public import HTTPTypes
public import HummingbirdCore
public import Logging
public import NIOCore
import NIOHTTPTypesHTTP1

/// HTTP/1.1 whose requests may become WebSockets (RFC 6455).
///
/// Requests that offer any other upgrade, or a handshake that is malformed, reach the router as ordinary ones with
/// `Connection: close`; a WebSocket version other than 13 is answered with 426. Extensions and subprotocols are not
/// negotiated. On a graceful shutdown every WebSocket is closed with 1001.
///
/// The decision is made where a request is answered, in the connection's own task, so it may come on any request
/// of a connection, as a proxy that reuses its connections needs, and an accepted one costs no further task.
public struct WebSocketUpgradeChannel: ServerChildChannel {
    private let http: HTTP1Channel
    private let limits: WebSocketConfiguration
    private let decide: @Sendable (HTTPRequest, String?, Logger) async -> WebSocketDecision

    /// - Parameters:
    ///   - http: answers what does not become a WebSocket. None of its handlers may take the `Upgrade` field away.
    ///   - decide: Called for every well-formed handshake, with the peer's IP address. Middleware does not run for a
    ///     request that is accepted, so credentials, `Origin` and rates are checked here.
    public init(
        http: HTTP1Channel, limits: WebSocketConfiguration,
        decide: @escaping @Sendable (HTTPRequest, String?, Logger) async -> WebSocketDecision
    ) {
        self.http = http
        self.limits = limits
        self.decide = decide
    }

    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(UpgradeGate(), position: .before(codec))
            return value
        }
    }

    public func handle(value: HTTP1Channel.Value, logger: Logger) async {
        let upgrading = HTTP1Channel(
            responder: { request, writer, channel in
                try await respond(to: request, writer: writer, channel: channel, logger: logger)
            },
            configuration: http.configuration
        )
        await upgrading.handle(value: value, logger: logger)
    }

    @concurrent private func respond(
        to request: Request, writer: consuming ResponseWriter, channel: any Channel, logger: Logger
    ) async throws {
        guard request.headers[.upgrade] != nil else {
            try await http.responder(request, writer, channel)
            return
        }
        switch WebSocketHandshake(request.head) {
        case .none:
            break
        case .otherVersion:
            // RFC 6455 section 4.4.
            let fields: HTTPFields = [
                .upgrade: "websocket", .connection: "upgrade", .secWebSocketVersion: "13", .contentLength: "0",
            ]
            try await writer.writeResponse(HTTPResponse(status: .upgradeRequired, headerFields: fields))
            return
        case .valid(let accept):
            let decision = await decide(request.head, channel.remoteAddress?.ipAddress, logger)
            if case .accept(let serve) = decision {
                try await upgrade(channel, accept: accept, serve: serve)
                return
            }
        }
        var head = request.head
        head.headerFields[.upgrade] = nil
        head.headerFields[.connection] = "close"
        try await http.responder(Request(head: head, body: request.body), writer, channel)
    }

    /// Returns when the connection has ended, so that the HTTP loop around it finds nothing more to do.
    private func upgrade(
        _ channel: any Channel, accept: String, serve: @Sendable (WebSocketConnection) async -> Void
    ) async throws {
        let connection = try await WebSocketUpgrade.perform(on: channel, accept: accept, limits: limits)
        await serve(connection)
        connection.close(code: .normal)
        try await channel.closeFuture.get()
    }
}
