import NIOCore
import NIOHTTP1

/// Gathers one request after the other, and writes what is answered.
final class APIExchangeHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = APIAnswer
    typealias OutboundOut = HTTPServerResponsePart

    private let onExchange: @Sendable (APIExchange) -> Void
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isKeptAlive = true

    init(onExchange: @escaping @Sendable (APIExchange) -> Void) {
        self.onExchange = onExchange
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            isKeptAlive = head.isKeepAlive
        case .body(let part):
            guard head != nil else { return }
            body += part.readableBytesView
            guard body.count > SidecarServer.bodyBytesMax else { return }
            // What else comes of it is passed over.
            (head, body, isKeptAlive) = (nil, [], false)
            write(.text("request body too large", status: 413), to: context, promise: nil)
            context.flush()
        case .end:
            guard let head else { return }
            onExchange(APIExchange(call: APICall(head, body: body), channel: context.channel))
            (self.head, body) = (nil, [])
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        write(unwrapOutboundIn(data), to: context, promise: promise)
    }

    private func write(_ answer: APIAnswer, to context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        var headers = HTTPHeaders(answer.headers)
        // RFC 9110 §8.6: a 204 has no length.
        if answer.status != 204 { headers.replaceOrAdd(name: "Content-Length", value: String(answer.body.count)) }
        if !isKeptAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: answer.status)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !answer.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
        }
        let end = context.write(wrapOutboundOut(.end(nil)))
        if let promise { end.cascade(to: promise) }
        if !isKeptAlive {
            let channel = context.channel
            end.whenComplete { _ in channel.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
