import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Closes a connection after a request that asked for an upgrade nobody here offers.
///
/// The HTTP parser stops reading at an upgrade request, so a second request on such a connection would wait
/// for ever. Clients that offer `h2c` on every first request would meet that.
package final class RefusedUpgradeHandler: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundOut = HTTPResponsePart

    package init() {}

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.headerFields[.upgrade] != nil else {
            context.fireChannelRead(data)
            return
        }
        head.headerFields[.upgrade] = nil
        head.headerFields[.connection] = "close"
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
