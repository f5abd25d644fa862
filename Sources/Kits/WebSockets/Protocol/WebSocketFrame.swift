package import NIOCore

/// One frame with its payload unmasked.
package struct WebSocketFrame: Hashable, Sendable {
    /// A control frame's payload has at most this many bytes (RFC 6455 section 5.5).
    package static let controlBytesMax = 125

    package let isFinal: Bool
    package let opcode: WebSocketOpcode
    package let payload: ByteBuffer

    package init(_ opcode: WebSocketOpcode, isFinal: Bool = true, payload: ByteBuffer = ByteBuffer()) {
        self.isFinal = isFinal
        self.opcode = opcode
        self.payload = payload
    }

    package static func text(_ text: String) -> WebSocketFrame {
        WebSocketFrame(.text, payload: ByteBuffer(string: text))
    }

    /// A close frame. A reason that does not fit is cut between two characters.
    package static func close(_ code: WebSocketCloseCode, reason: String) -> WebSocketFrame {
        var text = reason
        while text.utf8.count > controlBytesMax - 2 { text.removeLast() }
        var payload = ByteBuffer(integer: code.rawValue)
        payload.writeString(text)
        return WebSocketFrame(.close, payload: payload)
    }

    /// Appends the frame as a server sends it: unmasked, with the shortest length field (RFC 6455 section 5.2).
    package func write(into buffer: inout ByteBuffer) {
        buffer.writeInteger((isFinal ? 0x80 : 0) | opcode.rawValue)
        switch payload.readableBytes {
        case let count where count <= WebSocketFrame.controlBytesMax:
            buffer.writeInteger(UInt8(count))
        case let count where count <= Int(UInt16.max):
            buffer.writeInteger(126 as UInt8)
            buffer.writeInteger(UInt16(count))
        case let count:
            buffer.writeInteger(127 as UInt8)
            buffer.writeInteger(UInt64(count))
        }
        buffer.writeImmutableBuffer(payload)
    }
}
