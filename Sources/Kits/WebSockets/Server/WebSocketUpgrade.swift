import NIOCore
import NIOHTTP1

/// Turns an HTTP/1.1 channel into a WebSocket, in one turn of its event loop (RFC 6455 section 4.2.2).
enum WebSocketUpgrade {
    /// Answers 101 and takes the channel away from the HTTP handlers.
    ///
    /// - Throws: When the connection has ended meanwhile.
    static func perform(
        on channel: any Channel, accept: String, limits: WebSocketConfiguration
    ) async throws -> WebSocketConnection {
        try await channel.eventLoop.submit {
            let mailbox = WebSocketMailbox(limits)
            let handler = WebSocketChannelHandler(limits: limits, mailbox: mailbox)
            let isQuiescing = try replaceHandlers(of: channel, by: handler, accept: accept)
            if isQuiescing { handler.close(.goingAway, reason: "the server stops") }
            return WebSocketConnection(
                peerAddress: channel.remoteAddress?.ipAddress, mailbox: mailbox,
                handler: NIOLoopBound(handler, eventLoop: channel.eventLoop)
            )
        }.get()
    }

    private static func replaceHandlers(
        of channel: any Channel, by handler: WebSocketChannelHandler, accept: String
    ) throws -> Bool {
        guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
        let pipeline = channel.pipeline.syncOperations
        let encoder = try pipeline.context(handlerType: HTTPResponseEncoder.self)
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
        let gate = try pipeline.handler(type: UpgradeGate.self)
        pipeline.removeHandler(context: encoder, promise: nil)
        let head = """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: \(accept)\r
            \r

            """
        try pipeline.addHandler(handler, position: .after(decoder))
        handler.begin(with: head)
        pipeline.removeHandler(decoder, promise: nil)
        pipeline.removeHandler(gate, promise: nil)
        return gate.isQuiescing
    }
}
