import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import WebSockets

/// A server on a free port, for as long as a test uses it.
struct TestServer: Sendable {
    let port: Int
    private let group: ServiceGroup

    /// The routes are `/`, which answers 200, and what `decide` accepts.
    static func with(
        _ limits: WebSocketConfiguration = WebSocketConfiguration(), idleTimeout: TimeAmount? = nil,
        decide: @escaping @Sendable (HTTPRequest) async -> WebSocketDecision,
        body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let router = Router()
        router.get("/") { request, _ in "connection: \(request.headers[.connection] ?? "none")" }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            server: HTTPServerBuilder { responder in
                let configuration = HTTP1Channel.Configuration(idleTimeout: idleTimeout)
                return WebSocketUpgradeChannel(
                    http: HTTP1Channel(responder: responder, configuration: configuration), limits: limits
                ) { request, _, _ in
                    await decide(request)
                }
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) }, logger: logger
        )
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                do {
                    try await body(TestServer(port: port, group: group))
                    await group.triggerGracefulShutdown()
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            try await tasks.waitForAll()
        }
    }

    func shutDown() async {
        await group.triggerGracefulShutdown()
    }

    func connect<Result: Sendable>(_ body: @Sendable (inout RawPeer) async throws -> Result) async throws -> Result {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var peer = RawPeer(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&peer)
        }
    }
}

/// A client that knows bytes only.
struct RawPeer {
    struct Ended: Error {}

    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ByteBuffer()

    init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    static let handshake = [
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]

    func send(_ frames: ClientFrame...) async throws {
        try await outbound.write(ByteBuffer(bytes: frames.flatMap(\.bytes)))
    }

    /// - Parameter frames: What follows in the same packet.
    func request(_ path: String = "/", _ fields: [String] = [], frames: [ClientFrame] = []) async throws {
        let head = (["GET \(path) HTTP/1.1", "Host: localhost"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
        try await outbound.write(ByteBuffer(bytes: head.utf8 + frames.flatMap(\.bytes)))
    }

    /// The head of a response in lower case, and its body when its length is told.
    mutating func response() async throws -> String {
        var text = ""
        while !text.hasSuffix("\r\n\r\n") { text += String(decoding: try await bytes(1), as: UTF8.self) }
        text = text.lowercased()
        if let length = text.firstMatch(of: #/content-length: (\d+)/#).flatMap({ Int($0.1) }) {
            text += String(decoding: try await bytes(length), as: UTF8.self)
        }
        return text
    }

    /// The first byte and the payload of the next frame; none of these tests needs a long one.
    mutating func frame() async throws -> (UInt8, [UInt8]) {
        let head = try await bytes(2)
        return (head[0], try await bytes(Int(head[1])))
    }

    mutating func text() async throws -> String {
        String(decoding: try await frame().1, as: UTF8.self)
    }

    /// The code of the next frame, which is a close frame.
    mutating func closeCode() async throws -> Int {
        let (first, payload) = try await frame()
        return first == 0x88 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : -1
    }

    /// Whether the server has closed the connection, without saying more.
    mutating func isAtEnd() async -> Bool {
        do {
            _ = try await bytes(1)
            return false
        } catch {
            return true
        }
    }

    private mutating func bytes(_ count: Int) async throws -> [UInt8] {
        while received.readableBytes < count {
            guard let more = try await inbound.next(isolation: #isolation) else { throw Ended() }
            received.writeImmutableBuffer(more)
        }
        return received.readBytes(length: count) ?? []
    }
}
