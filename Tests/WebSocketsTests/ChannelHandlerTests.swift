import NIOCore
import NIOEmbedded
import Testing
import WebSockets

/// The handler on a channel whose clock and bytes the test holds.
@Suite struct ChannelHandlerTests {
    private let channel = EmbeddedChannel()
    private let mailbox: WebSocketMailbox
    private let handler: WebSocketChannelHandler

    init() throws {
        let limits = WebSocketConfiguration(messageBytesMax: 100, outboundMessagesMax: 2, outboundBytesMax: 10)
        mailbox = WebSocketMailbox(limits)
        handler = WebSocketChannelHandler(limits: limits, mailbox: mailbox)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(handler)
        handler.begin(with: "101")
        _ = try channel.readOutbound(as: ByteBuffer.self)
    }

    private func receive(_ frames: ClientFrame...) throws {
        try channel.writeInbound(ByteBuffer(bytes: frames.flatMap(\.bytes)))
    }

    private func written() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
        return bytes
    }

    @Test func `a silent peer is pinged and then dropped`() throws {
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(try written().isEmpty)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(try written() == [0x89, 0])
        try receive(ClientFrame(opcode: 10))
        channel.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(try written() == [0x89, 0])
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(!channel.isActive)
        #expect(!mailbox.isOpen)
    }

    @Test func `a peer that never answers a close is dropped`() throws {
        mailbox.end()
        handler.close(.normal, reason: "")
        #expect(try written() == [0x88, 2, 0x03, 0xE8])
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(4_999))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!channel.isActive)
    }

    @Test func `what was sent before a close leaves before it`() throws {
        _ = mailbox.post("a")
        handler.close(.normal, reason: "")
        #expect(try written() == [0x81, 1, 0x61, 0x88, 2, 0x03, 0xE8])
    }

    @Test func `a full queue refuses until its messages are written`() throws {
        func isAccepted(_ text: String) -> Bool {
            if case .accepted = mailbox.post(text) { true } else { false }
        }
        #expect(!isAccepted("eleven byte"))
        #expect(isAccepted("12345"))
        #expect(!isAccepted("123456"))
        #expect(isAccepted("12345"))
        #expect(!isAccepted(""))
        handler.sendPosted()
        #expect(try written() == [0x81, 5] + "12345".utf8 + [0x81, 5] + "12345".utf8)
        #expect(isAccepted("12345"))
        mailbox.end()
        #expect(!isAccepted("1"))
    }

    @Test func `a reader that is behind stops the peer, not its memory`() throws {
        let most = WebSocketMailbox.inboundMessagesMax
        for _ in 0..<(most + 4) { try receive(.text("a")) }
        try receive(ClientFrame(opcode: 9))
        #expect(try written().isEmpty, "the ping waits behind the messages")
        for index in 1...most {
            guard case .message("a", let isRoomMade) = mailbox.take() else {
                Issue.record("message \(index) is missing")
                return
            }
            #expect(isRoomMade == (index == most))
        }
        guard case .empty = mailbox.take() else {
            Issue.record("more than \(most) messages were held")
            return
        }
        handler.resumeReading()
        #expect(try written() == [0x8A, 0])
        for _ in 0..<4 { _ = mailbox.take() }
        try receive(ClientFrame(opcode: 9))
        #expect(try written() == [0x8A, 0])
    }

    @Test func `a reader that is behind does not keep its peer from closing`() throws {
        for _ in 0..<20 { try receive(.text("a")) }
        handler.close(.normal, reason: "")
        #expect(try written() == [0x88, 2, 0x03, 0xE8])
        try receive(.close(1000))
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!channel.isActive)
    }

    @Test func `what a vanished peer left unread is forgotten`() throws {
        for _ in 0..<20 { try receive(.text("a")) }
        try receive(ClientFrame(opcode: 3))
        try channel.close().wait()
        while case .message = mailbox.take() {}
        handler.resumeReading()
        guard case .over = mailbox.take() else {
            Issue.record("a message came after the end")
            return
        }
    }

    @Test func `only the newest ping is answered while the peer does not read`() throws {
        channel.isWritable = false
        for number in 1...100 { try receive(ClientFrame(opcode: 9, payload: [UInt8(number)])) }
        #expect(try written().isEmpty)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(try written() == [0x8A, 1, 100])
    }

    @Test func `a failure is told, and what follows is not looked at`() throws {
        try receive(ClientFrame(opcode: 3), .text("late"))
        let bytes = try written()
        #expect(bytes.prefix(1) == [0x88])
        #expect(bytes.dropFirst(2).prefix(2) == [0x03, 0xEA])
        try receive(.text("later"))
        guard case .over = mailbox.take() else {
            Issue.record("a message came after the end")
            return
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(!channel.isActive)
    }

    @Test func `a server that stops says so`() throws {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(try written().dropFirst(2).prefix(2) == [0x03, 0xE9])
        #expect(!mailbox.isOpen)
    }
}
