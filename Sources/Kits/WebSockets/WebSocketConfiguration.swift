/// Limits of a WebSocket connection. They bound what one peer can make the server hold.
public struct WebSocketConfiguration: Hashable, Sendable {
    /// Bytes of a message, all fragments together. A longer one ends the connection with 1009.
    public var messageBytesMax: Int
    /// Bytes of one frame's payload. A longer one ends the connection with 1009 before it is read.
    public var frameBytesMax: Int
    /// Frames of one message. More end the connection with 1008: empty fragments cost the sender nothing.
    public var fragmentsMax: Int
    /// Between two pings. It should be shorter than the idle timeout of any proxy on the way, often 60 s.
    public var pingInterval: Duration
    /// How long a pinged peer may stay silent before it is dropped. Any frame counts as a sign of life.
    public var pongTimeout: Duration
    /// How long to wait for the peer's close frame, and then for its end of the TCP connection.
    public var closeTimeout: Duration
    /// Messages accepted by `send` and not yet given to the kernel.
    public var outboundMessagesMax: Int
    /// UTF-8 bytes of those messages.
    public var outboundBytesMax: Int
    /// Whether binary messages are delivered like text, which they must then be (UTF-8). Otherwise one ends the
    /// connection with 1003.
    public var acceptsBinary: Bool

    public init(
        messageBytesMax: Int = 64 * 1024, frameBytesMax: Int = 64 * 1024, fragmentsMax: Int = 64,
        pingInterval: Duration = .seconds(30), pongTimeout: Duration = .seconds(30),
        closeTimeout: Duration = .seconds(5), outboundMessagesMax: Int = 256, outboundBytesMax: Int = 1024 * 1024,
        acceptsBinary: Bool = false
    ) {
        self.messageBytesMax = messageBytesMax
        self.frameBytesMax = frameBytesMax
        self.fragmentsMax = fragmentsMax
        self.pingInterval = pingInterval
        self.pongTimeout = pongTimeout
        self.closeTimeout = closeTimeout
        self.outboundMessagesMax = outboundMessagesMax
        self.outboundBytesMax = outboundBytesMax
        self.acceptsBinary = acceptsBinary
    }
}
