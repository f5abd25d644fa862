import NIOCore
import NIOHTTP1
import NIOPosix

/// A GET that is sent again and again.
struct ReadRequest: Sendable {
    let path: String
    let token: String
    /// What the client says that it has.
    let tag: String?
    /// Of a good answer.
    let status: Int

    var head: HTTPRequestHead {
        var headers: HTTPHeaders = ["host": "localhost"]
        if !token.isEmpty { headers.add(name: "authorization", value: "Bearer \(token)") }
        if let tag { headers.add(name: "if-none-match", value: tag) }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
    }
}

/// Sends the request again when the answer is in. Lives on its event loop.
final class ReadHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let head: HTTPRequestHead
    private let status: Int
    private let end: ContinuousClock.Instant
    private let done: EventLoopPromise<LoadResult>
    private var sentAt = ContinuousClock.now
    private var isGood = false
    private var result = LoadResult()

    init(_ request: ReadRequest, end: ContinuousClock.Instant, done: EventLoopPromise<LoadResult>) {
        (head, status, self.end, self.done) = (request.head, request.status, end, done)
    }

    func channelActive(context: ChannelHandlerContext) { send(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): isGood = Int(head.status.code) == status
        case .body: break
        case .end:
            let now = ContinuousClock.now
            result.record(now - sentAt, isGood: isGood)
            if now >= end { done.succeed(result) } else { send(context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.close(promise: nil)
    }

    private func send(_ context: ChannelHandlerContext) {
        sentAt = ContinuousClock.now
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

extension LoadTarget {
    /// Keeps all connections busy with one request for a while.
    func keepReading(_ request: ReadRequest, connections: Int, duration: Duration) async throws -> LoadResult {
        let end = ContinuousClock.now + duration
        return try await withThrowingTaskGroup(of: LoadResult.self) { tasks in
            for _ in 0..<connections { tasks.addTask { try await keepReading(request, until: end) } }
            return try await tasks.reduce(into: LoadResult()) { $0.add($1) }
        }
    }

    private func keepReading(_ request: ReadRequest, until end: ContinuousClock.Instant) async throws -> LoadResult {
        let promise = group.next().makePromise(of: LoadResult.self)
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ReadHandler(request, end: end, done: promise))
                }
            }
            .connect(host: host, port: port).get()
        let result = try await promise.futureResult.get()
        try await channel.close()
        return result
    }
}
