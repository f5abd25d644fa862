import ErrandCore
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// What all windows have seen.
final class LiveTally: Sendable {
    private struct Change: Hashable {
        let user: Int
        let cursor: Int64
    }

    private struct State {
        var begun: [Change: ContinuousClock.Instant] = [:]
        var latencies = Latencies()
        var greeted = 0
        var frames = 0
        var closed = 0
    }

    private let state = Mutex(State())

    var greeted: Int { state.withLock(\.greeted) }
    var written: Int { state.withLock(\.begun.count) }
    var frames: Int { state.withLock(\.frames) }
    var closed: Int { state.withLock(\.closed) }
    var latencies: Latencies { state.withLock(\.latencies) }

    func begin(user: Int, cursor: Int64) {
        state.withLock { $0.begun[Change(user: user, cursor: cursor)] = .now }
    }

    func greet() { state.withLock { $0.greeted += 1 } }

    func close() { state.withLock { $0.closed += 1 } }

    func see(user: Int, cursor: Int64) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.frames += 1
            if let start = state.begun[Change(user: user, cursor: cursor)] { state.latencies.record(now - start) }
        }
    }
}

/// One window: a WebSocket client that does as little as possible. Lives on its event loop.
final class LiveSocket: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let user: Int
    private let token: String
    private let tally: LiveTally
    private var received = ByteBuffer()
    private var isOpen = false

    private init(user: Int, token: String, tally: LiveTally) {
        self.user = user
        self.token = token
        self.tally = tally
    }

    static func open(_ target: LoadTarget, user: Int, token: String, _ tally: LiveTally) async throws {
        _ = try await ClientBootstrap(group: target.group).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(LiveSocket(user: user, token: token, tally: tally))
            }
        }.connect(host: target.host, port: target.port).get()
    }

    func channelActive(context: ChannelHandlerContext) {
        let request = """
            GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Authorization: Bearer \(token)\r\n\r\n
            """
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        tally.close()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        if !isOpen {
            guard let end = received.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            received.moveReaderIndex(to: end.upperBound)
            isOpen = true
        }
        while let (opcode, payload) = readFrame() {
            switch opcode {
            case 1: take(String(buffer: payload))
            case 9: context.writeAndFlush(wrapOutboundOut(pong(payload)), promise: nil)
            default: context.close(promise: nil)
            }
        }
        received.discardReadBytes()
    }

    /// A frame of a server: never masked (RFC 6455 §5.1).
    private func readFrame() -> (opcode: UInt8, payload: ByteBuffer)? {
        let start = received.readerIndex
        guard let first = received.getInteger(at: start, as: UInt8.self),
            let short = received.getInteger(at: start + 1, as: UInt8.self)
        else { return nil }
        var (length, head) = (Int(short & 127), 2)
        if length == 126 {
            guard let long = received.getInteger(at: start + 2, as: UInt16.self) else { return nil }
            (length, head) = (Int(long), 4)
        } else if length == 127 {
            guard let long = received.getInteger(at: start + 2, as: UInt64.self) else { return nil }
            (length, head) = (Int(long), 10)
        }
        guard let payload = received.getSlice(at: start + head, length: length) else { return nil }
        received.moveReaderIndex(forwardBy: head + length)
        return (first & 15, payload)
    }

    private func pong(_ payload: ByteBuffer) -> ByteBuffer {
        // A mask of zeros leaves the payload as it is.
        var frame = ByteBuffer(bytes: [0x8A, 0x80 | UInt8(payload.readableBytes), 0, 0, 0, 0])
        var payload = payload
        frame.writeBuffer(&payload)
        return frame
    }

    private func take(_ text: String) {
        if text.hasPrefix("{\"type\":\"hello\"") { return tally.greet() }
        guard let range = text.range(of: "\"cursor\":") else { return }
        let digits = text[range.upperBound...].prefix { $0.isNumber }
        if let cursor = Int64(digits) { tally.see(user: user, cursor: cursor) }
    }
}
