package import NIOCore

/// Cuts a client's bytes into frames, whatever pieces they arrive in (RFC 6455 section 5.2).
///
/// A frame's own rules are checked here, as soon as its header is there; rules between frames are those of
/// `WebSocketProtocol`.
package struct WebSocketFrameParser: Sendable {
    private let payloadBytesMax: Int
    private var buffer = ByteBuffer()

    /// - Parameter payloadBytesMax: A frame that announces more fails before its payload arrives.
    package init(payloadBytesMax: Int) {
        self.payloadBytesMax = payloadBytesMax
    }

    package mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// Forgets what it holds, for a connection whose bytes no longer matter.
    package mutating func discard() {
        buffer = ByteBuffer()
    }

    /// The next whole frame, or nil when more bytes are needed. No use after it has thrown.
    package mutating func next() throws(WebSocketFailure) -> WebSocketFrame? {
        guard let header = try readableHeader(), buffer.readableBytes >= header.byteCount + header.payloadCount else {
            return nil
        }
        buffer.moveReaderIndex(forwardBy: header.byteCount)
        var payload = buffer.readSlice(length: header.payloadCount) ?? ByteBuffer()
        payload.unmask(with: header.maskingKey)
        if buffer.readableBytes == 0 { discard() }
        return WebSocketFrame(header.opcode, isFinal: header.isFinal, payload: payload)
    }

    private struct Header {
        let opcode: WebSocketOpcode
        let isFinal: Bool
        let maskingKey: UInt32
        let payloadCount: Int
        /// Of the header itself.
        let byteCount: Int
    }

    private func readableHeader() throws(WebSocketFailure) -> Header? {
        let start = buffer.readerIndex
        guard let first = buffer.getInteger(at: start, as: UInt8.self) else { return nil }
        guard first & 0x70 == 0 else { throw .protocolError("reserved bit set without an extension") }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw .protocolError("reserved opcode") }
        let isFinal = first & 0x80 != 0
        guard isFinal || !opcode.isControl else { throw .protocolError("fragmented control frame") }
        guard let second = buffer.getInteger(at: start + 1, as: UInt8.self) else { return nil }
        guard second & 0x80 != 0 else { throw .protocolError("frame not masked") }
        guard !opcode.isControl || second & 0x7F <= WebSocketFrame.controlBytesMax else {
            throw .protocolError("control frame longer than 125 bytes")
        }
        guard let (count, lengthBytes) = try payloadCount(shortForm: second & 0x7F, at: start + 2),
            let maskingKey = buffer.getInteger(at: start + 2 + lengthBytes, as: UInt32.self)
        else { return nil }
        return Header(
            opcode: opcode, isFinal: isFinal, maskingKey: maskingKey, payloadCount: count, byteCount: 6 + lengthBytes
        )
    }

    /// The payload's length and the size of the field that tells it.
    private func payloadCount(shortForm: UInt8, at index: Int) throws(WebSocketFailure) -> (Int, Int)? {
        let count: UInt64
        let fieldBytes: Int
        switch shortForm {
        case 126:
            guard let length = buffer.getInteger(at: index, as: UInt16.self) else { return nil }
            guard length > 125 else { throw .protocolError("length not in its shortest form") }
            (count, fieldBytes) = (UInt64(length), 2)
        case 127:
            guard let length = buffer.getInteger(at: index, as: UInt64.self) else { return nil }
            guard length >> 63 == 0 else { throw .protocolError("length with its top bit set") }
            guard length > UInt16.max else { throw .protocolError("length not in its shortest form") }
            (count, fieldBytes) = (length, 8)
        default:
            (count, fieldBytes) = (UInt64(shortForm), 0)
        }
        guard count <= UInt64(payloadBytesMax) else {
            throw WebSocketFailure(code: .messageTooBig, reason: "frame longer than \(payloadBytesMax) bytes")
        }
        return (Int(count), fieldBytes)
    }
}

extension ByteBuffer {
    /// RFC 6455 section 5.3.
    fileprivate mutating func unmask(with key: UInt32) {
        withUnsafeMutableReadableBytes { bytes in
            for index in bytes.indices {
                bytes[index] ^= UInt8(truncatingIfNeeded: key >> (24 - 8 * (index & 3)))
            }
        }
    }
}
