/// What a frame is, in its own four bits (RFC 6455 section 5.2). The values between are reserved.
package enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    /// Control frames may come between the fragments of a message and are never fragmented themselves.
    package var isControl: Bool { rawValue & 0x8 != 0 }
}
