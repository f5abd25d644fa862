import NIOCore
import WebSockets

/// A frame as a client sends it, or as it must not: every field can be set.
struct ClientFrame: Sendable {
    var opcode: UInt8
    var payload: [UInt8] = []
    var isFinal = true
    var reservedBits: UInt8 = 0
    var isMasked = true
    /// Bytes of the length field's extension: 0, 2 or 8; nil takes the shortest.
    var lengthBytes: Int?
    /// What the length field says; nil tells the truth.
    var length: UInt64?

    var bytes: [UInt8] {
        let length = length ?? UInt64(payload.count)
        let lengthBytes = lengthBytes ?? (length <= 125 ? 0 : length <= 0xFFFF ? 2 : 8)
        let shortForm: UInt8 = lengthBytes == 0 ? UInt8(length) : lengthBytes == 2 ? 126 : 127
        var bytes = [(isFinal ? 0x80 : 0) | reservedBits << 4 | opcode, (isMasked ? 0x80 : 0) | shortForm]
        for index in (0..<lengthBytes).reversed() { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * index))) }
        guard isMasked else { return bytes + payload }
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    static func text(_ text: String) -> ClientFrame { ClientFrame(opcode: 1, payload: Array(text.utf8)) }

    static func close(_ code: UInt16) -> ClientFrame {
        ClientFrame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 0xFF)])
    }
}

extension WebSocketFrame {
    init(_ opcode: WebSocketOpcode, _ bytes: [UInt8], isFinal: Bool = true) {
        self.init(opcode, isFinal: isFinal, payload: ByteBuffer(bytes: bytes))
    }
}
