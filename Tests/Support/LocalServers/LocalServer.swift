import NIOCore
package import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on this machine that answers as the test says and writes down what it is asked.
package final class LocalServer: Sendable {
    /// What it was asked.
    package struct Request: Sendable {
        package let method: String
        package let target: String
        package let headers: HTTPHeaders
        package let body: [UInt8]
    }

    package enum Reply: Sendable {
        case answer(Int = 200, headers: [(String, String)] = [], body: String = "")
        /// Announces more than it sends, and sends no more.
        case announcing(bytes: Int)
        /// Goes on for ever, as fast as it is read.
        case endless
        /// Sends a little now and then.
        case trickle
        /// Never says anything.
        case silence
        /// Closes the connection.
        case hangUp
    }

    private struct State {
        var port = 0
        var requests: [Request] = []
        var connections = 0
        var closed = 0
        var bytesWritten = 0
    }

    private let state = Mutex(State())

    package var port: Int { state.withLock(\.port) }
    package var url: String { "http://127.0.0.1:\(port)" }
    package var requests: [Request] { state.withLock(\.requests) }
    package var connections: Int { state.withLock(\.connections) }
    package var closed: Int { state.withLock(\.closed) }
    package var bytesWritten: Int { state.withLock(\.bytesWritten) }

    /// Runs a server for as long as `body` takes.
    package static func with(
        _ reply: @escaping @Sendable (Request) -> Reply = { _ in .answer() },
        _ body: (LocalServer) async throws -> Void
    ) async throws {
        let server = LocalServer()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Exchange(server, reply))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.state.withLock { $0.port = channel.localAddress?.port ?? 0 }
        do {
            try await body(server)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    /// A port that nobody listens on.
    package static func deadPort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }

    /// Returns once `condition` holds, or after twenty seconds.
    package static func wait(until condition: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while !condition(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(5)) }
    }

    private final class Exchange: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let server: LocalServer
        private let reply: @Sendable (Request) -> Reply
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ server: LocalServer, _ reply: @escaping @Sendable (Request) -> Reply) {
            self.server = server
            self.reply = reply
        }

        func channelActive(context: ChannelHandlerContext) {
            server.state.withLock { $0.connections += 1 }
            context.fireChannelActive()
        }

        func channelInactive(context: ChannelHandlerContext) {
            server.state.withLock { $0.closed += 1 }
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (self.head, body) = (head, [])
            case .body(let piece): body += piece.readableBytesView
            case .end:
                guard let head else { return }
                let request = Request(
                    method: head.method.rawValue, target: head.uri, headers: head.headers, body: body
                )
                server.state.withLock { $0.requests.append(request) }
                answer(reply(request), context)
            }
        }

        private func answer(_ reply: Reply, _ context: ChannelHandlerContext) {
            switch reply {
            case .answer(let status, let fields, let body):
                var headers = HTTPHeaders(fields)
                headers.replaceOrAdd(name: "content-length", value: String(body.utf8.count))
                begin(status, headers, context)
                write(.body(.byteBuffer(ByteBuffer(string: body))), context)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            case .announcing(let bytes):
                begin(200, ["content-length": String(bytes)], context)
                context.flush()
            case .endless:
                begin(200, [:], context)
                pour(ByteBuffer(repeating: 0x78, count: 16_384), every: nil, context)
            case .trickle:
                begin(200, [:], context)
                pour(ByteBuffer(string: "x"), every: .milliseconds(20), context)
            case .silence: break
            case .hangUp: context.close(promise: nil)
            }
        }

        private func begin(_ status: Int, _ headers: HTTPHeaders, _ context: ChannelHandlerContext) {
            let head = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers
            )
            write(.head(head), context)
        }

        private func write(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
            context.write(wrapOutboundOut(part), promise: nil)
        }

        /// Sends a piece, and the next when it has left, until the connection ends.
        private func pour(_ piece: ByteBuffer, every pause: TimeAmount?, _ context: ChannelHandlerContext) {
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece)))).whenSuccess {
                let (handler, context) = bound.value
                handler.server.state.withLock { $0.bytesWritten += piece.readableBytes }
                context.eventLoop.scheduleTask(in: pause ?? .zero) {
                    let (handler, context) = bound.value
                    handler.pour(piece, every: pause, context)
                }
            }
        }
    }
}
