import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Ends a connection without losing a request when the server stops.
///
/// A connection that is closed as soon as nothing is asked on it may be closed while the next request is on its way.
/// Nobody answers that, and a client may not send it again unless it changes nothing (RFC 9110 §9.2.2). So a connection
/// stays open for a moment more. What is answered meanwhile, or later because it took long, is the last answer and says
/// so with `Connection: close` (RFC 9112 §9.6).
package final class DrainingHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// How long a connection on which nothing is asked stays open: who asks one thing after the other asks by then.
    package static let grace = TimeAmount.milliseconds(250)

    private var requestsInProgress = 0
    private var isDraining = false
    private var end: Scheduled<Void>?

    package init() {}

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { requestsInProgress += 1 }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isDraining && requestsInProgress == 1 && head.status.kind != .informational:
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            requestsInProgress -= 1
            if isDraining, requestsInProgress == 0 {
                context.writeAndFlush(data, promise: promise)
                leave(context)
            } else {
                context.write(data, promise: promise)
            }
        case .head, .body:
            context.write(data, promise: promise)
        }
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isDraining = true
        guard requestsInProgress == 0 else { return }
        end = context.eventLoop.assumeIsolated().scheduleTask(in: DrainingHandler.grace) { self.leave(context) }
    }

    package func handlerRemoved(context: ChannelHandlerContext) { end?.cancel() }

    /// Lets the handlers behind close the connection, which they do once nothing is under way.
    private func leave(_ context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
