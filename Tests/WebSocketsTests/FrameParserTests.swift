import NIOCore
import Testing
import WebSockets

@Suite struct FrameParserTests {
    private func parse(_ bytes: [UInt8], max: Int = 70_000) throws -> [WebSocketFrame] {
        var parser = WebSocketFrameParser(payloadBytesMax: max)
        parser.append(ByteBuffer(bytes: bytes))
        var frames: [WebSocketFrame] = []
        while let frame = try parser.next() { frames.append(frame) }
        return frames
    }

    @Test func `the example of the RFC is read`() throws {
        let hello: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(try parse(hello) == [.text("Hello")])
    }

    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
    func `payloads of every length field are read and written`(count: Int) throws {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let frames = try parse(ClientFrame(opcode: 2, payload: payload).bytes)
        #expect(frames == [WebSocketFrame(.binary, payload)])
        var written = ByteBuffer()
        frames.first?.write(into: &written)
        #expect(Array(written.readableBytesView) == ClientFrame(opcode: 2, payload: payload, isMasked: false).bytes)
    }

    @Test func `frames come out whole, whatever pieces they arrive in`() throws {
        let sent: [ClientFrame] = [
            .text("Grüße"), ClientFrame(opcode: 9), ClientFrame(opcode: 1, payload: [UInt8](repeating: 7, count: 300)),
            ClientFrame(opcode: 0, payload: [1, 2, 3], isFinal: false), .close(1000),
        ]
        let bytes = sent.flatMap(\.bytes)
        let whole = try parse(bytes)
        #expect(whole.count == sent.count)
        for size in [1, 2, 3, 5, 7, 64, 301] {
            var parser = WebSocketFrameParser(payloadBytesMax: 300)
            var frames: [WebSocketFrame] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                parser.append(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
                while let frame = try parser.next() { frames.append(frame) }
            }
            #expect(frames == whole, "in pieces of \(size)")
        }
    }

    static let failures: [(String, ClientFrame, WebSocketCloseCode)] =
        [1, 2, 4].map { ("reserved bit \($0)", ClientFrame(opcode: 1, reservedBits: $0), .protocolError) }
        + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { ("opcode \($0)", ClientFrame(opcode: $0), .protocolError) }
        + [8, 9, 10].map { ("fragmented \($0)", ClientFrame(opcode: $0, isFinal: false), .protocolError) }
        + [8, 9, 10].map { ("long \($0)", ClientFrame(opcode: $0, length: 126), .protocolError) }
        + [0, 1, 2, 8, 9, 10].map { ("unmasked \($0)", ClientFrame(opcode: $0, isMasked: false), .protocolError) }
        + [
            ("too big", ClientFrame(opcode: 1, length: 70_001), .messageTooBig),
            ("far too big", ClientFrame(opcode: 1, length: 1 << 62), .messageTooBig),
            ("top bit", ClientFrame(opcode: 1, length: 1 << 63), .protocolError),
            ("125 in two bytes", ClientFrame(opcode: 1, lengthBytes: 2, length: 125), .protocolError),
            ("125 in eight bytes", ClientFrame(opcode: 1, lengthBytes: 8, length: 125), .protocolError),
            ("65535 in eight bytes", ClientFrame(opcode: 1, lengthBytes: 8, length: 65_535), .protocolError),
        ]

    @Test(arguments: failures)
    func `a bad header fails before its payload has come`(name: String, frame: ClientFrame, code: WebSocketCloseCode) {
        let failure = #expect(throws: WebSocketFailure.self) { try parse(frame.bytes) }
        #expect(failure?.code == code, "\(name)")
    }
}
