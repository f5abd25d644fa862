import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on this machine that streams what the test says.
final class LocalModelServer: Sendable {
    enum Part: Sendable {
        case piece(String)
        /// Until the test lets it go on; see ``open()``.
        case gate
        /// Nothing more, and the connection stays.
        case silence
        /// Pieces without end, as fast as they are read.
        case flood
        /// A comment now and then, without end.
        case comments
        /// The connection breaks off.
        case hangUp
    }

    struct Request: Sendable {
        let target: String
        let headers: HTTPHeaders
        var body = ""
    }

    private struct State {
        var port = 0
        var requests: [Request] = []
        var connections = 0
        var closed = 0
        var isOpen = false
    }

    private let state = Mutex(State())
    private let parts: [Part]

    var url: String { "http://127.0.0.1:\(state.withLock(\.port))/v1" }
    var requests: [Request] { state.withLock(\.requests) }
    var connections: Int { state.withLock(\.connections) }
    var closed: Int { state.withLock(\.closed) }

    private init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Opens the gate.
    func open() {
        state.withLock { $0.isOpen = true }
    }

    /// Runs a server for as long as `body` takes, which says `parts` in answer to every request.
    static func with(_ parts: [Part], _ body: (LocalModelServer) async throws -> Void) async throws {
        let server = LocalModelServer(parts)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Exchange(server))
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

    /// Returns once `condition` holds, or after twenty seconds.
    static func wait(until condition: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while !condition(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(5)) }
    }

    private final class Exchange: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let server: LocalModelServer
        private var request: Request?

        init(_ server: LocalModelServer) {
            self.server = server
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
            case .head(let head): request = Request(target: head.uri, headers: head.headers)
            case .body(let bytes): request?.body += String(buffer: bytes)
            case .end:
                guard let request else { return }
                server.state.withLock { $0.requests.append(request) }
                let head = HTTPResponseHead(
                    version: .http1_1, status: .ok, headers: ["content-type": "text/event-stream"]
                )
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
                say(server.parts[...], context)
            }
        }

        private func say(_ parts: ArraySlice<Part>, _ context: ChannelHandlerContext) {
            guard let part = parts.first else {
                return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
            switch part {
            case .piece(let text): write(text, then: parts.dropFirst(), after: .zero, context)
            case .gate:
                let isOpen = server.state.withLock(\.isOpen)
                write("", then: isOpen ? parts.dropFirst() : parts, after: .milliseconds(isOpen ? 0 : 5), context)
            case .silence: break
            case .flood: write(String(repeating: "x", count: 65_536), then: parts, after: .zero, context)
            case .comments: write(": keep-alive\n\n", then: parts, after: .milliseconds(20), context)
            case .hangUp: context.close(promise: nil)
            }
        }

        private func write(
            _ text: String, then parts: ArraySlice<Part>, after pause: TimeAmount, _ context: ChannelHandlerContext
        ) {
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            let next: @Sendable () -> Void = {
                let (handler, context) = bound.value
                context.eventLoop.scheduleTask(in: pause) {
                    let (handler, context) = bound.value
                    if context.channel.isActive { handler.say(parts, context) }
                }
                _ = handler
            }
            if text.isEmpty { return next() }
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text))))).whenSuccess(next)
        }
    }
}
