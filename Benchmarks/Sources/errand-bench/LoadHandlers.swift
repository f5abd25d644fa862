import ErrandCore
import NIOCore
import NIOHTTP1

/// Sends the next request of a connection when the answer to the one before is in. Lives on its event loop.
final class LoadHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let next: (Int) -> LoadRequest
    private let end: ContinuousClock.Instant
    private let token: String
    private let done: EventLoopPromise<[LoadRequest.Kind: LoadResult]>
    private var number: Int
    private var request: LoadRequest
    private var sentAt = ContinuousClock.now
    private var isGood = false
    private var results: [LoadRequest.Kind: LoadResult] = [:]

    init(
        first: Int, end: ContinuousClock.Instant, token: String,
        done: EventLoopPromise<[LoadRequest.Kind: LoadResult]>, _ next: @escaping (Int) -> LoadRequest
    ) {
        number = first
        self.next = next
        request = next(first)
        self.end = end
        self.token = token
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        send(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): isGood = (200...299).contains(head.status.code)
        case .body: break
        case .end:
            let now = ContinuousClock.now
            results[request.kind, default: LoadResult()].record(now - sentAt, isGood: isGood)
            if now >= end {
                done.succeed(results)
            } else {
                number += 1
                request = next(number)
                send(context)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.close(promise: nil)
    }

    private func send(_ context: ChannelHandlerContext) {
        sentAt = ContinuousClock.now
        for part in HTTPClientRequestPart.parts(request.method, request.path, request.body, token: token) {
            context.write(wrapOutboundOut(part), promise: nil)
        }
        context.flush()
    }
}

/// One request and its whole answer.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let parts: [HTTPClientRequestPart]
    private let answer: EventLoopPromise<(Int, HTTPHeaders, [UInt8])>
    private var head: HTTPResponseHead?
    private var bytes: [UInt8] = []

    init(
        method: String, path: String, body: [UInt8], token: String,
        answer: EventLoopPromise<(Int, HTTPHeaders, [UInt8])>
    ) {
        parts = HTTPClientRequestPart.parts(method, path, body, token: token)
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        for part in parts { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let buffer): bytes += Array(buffer.readableBytesView)
        case .end: answer.succeed((Int(head?.status.code ?? 0), head?.headers ?? [:], bytes))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
        context.close(promise: nil)
    }
}

extension HTTPClientRequestPart {
    static func parts(_ method: String, _ path: String, _ body: [UInt8], token: String) -> [HTTPClientRequestPart] {
        var headers: HTTPHeaders = ["host": "localhost"]
        if !token.isEmpty { headers.add(name: "authorization", value: "Bearer \(token)") }
        if !body.isEmpty {
            headers.add(name: "content-type", value: "application/json")
            headers.add(name: "content-length", value: "\(body.count)")
        }
        let head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: path, headers: headers)
        return [.head(head)] + (body.isEmpty ? [] : [.body(.byteBuffer(ByteBuffer(bytes: body)))]) + [.end(nil)]
    }
}
