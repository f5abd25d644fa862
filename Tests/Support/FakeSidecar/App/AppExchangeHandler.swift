import NIOCore
import NIOHTTP1

/// A request on its way, with the promise of its answer.
struct AppExchange: Sendable {
    let request: AppRequest
    let port: Int
    let answer: EventLoopPromise<AppAnswer>
}

/// Writes one request at a time and gathers its answer.
final class AppExchangeHandler: ChannelDuplexHandler {
    typealias OutboundIn = AppExchange
    typealias OutboundOut = HTTPClientRequestPart
    typealias InboundIn = HTTPClientResponsePart

    private var exchange: AppExchange?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard context.channel.isActive else {
            exchange.answer.fail(AppCallError.brokenOff)
            return
        }
        self.exchange = exchange
        let request = exchange.request
        var headers = HTTPHeaders(request.headers)
        headers.replaceOrAdd(name: "Host", value: "127.0.0.1:\(exchange.port)")
        headers.remove(name: "Content-Length")
        // RFC 9112 §6.1: a body whose length is not known when it begins.
        if request.body != nil { headers.replaceOrAdd(name: "Transfer-Encoding", value: "chunked") }
        let head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body = request.body, !body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where head.status.code < 200 && head.status.code != 101: break
        case .head(let head): self.head = head
        case .body(let part):
            body += part.readableBytesView
            if body.count > AppClient.answerBytesMax { context.close(promise: nil) }
        case .end:
            guard let head else { return }
            let headers = head.headers.map { (name: $0.name, value: $0.value) }
            let answer = AppAnswer(status: Int(head.status.code), headers: headers, body: body)
            let promise = exchange?.answer
            (exchange, self.head, body) = (nil, nil, [])
            if !head.isKeepAlive { context.close(promise: nil) }
            promise?.succeed(answer)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        exchange?.answer.fail(AppCallError.brokenOff)
        exchange = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
