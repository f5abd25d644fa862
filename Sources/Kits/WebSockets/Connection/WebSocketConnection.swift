import NIOCore

/// An open WebSocket, for the task that serves it. Text in, text out.
public final class WebSocketConnection: Sendable {
    /// The peer's IP address, as far as this end of a proxy can tell.
    public let peerAddress: String?

    private let mailbox: WebSocketMailbox
    private let eventLoop: any EventLoop
    private let handler: NIOLoopBound<WebSocketChannelHandler>

    init(peerAddress: String?, mailbox: WebSocketMailbox, handler: NIOLoopBound<WebSocketChannelHandler>) {
        self.peerAddress = peerAddress
        self.mailbox = mailbox
        self.handler = handler
        eventLoop = handler.eventLoop
    }

    /// False once either side has begun to close. A peer that vanished counts as open until a ping tells.
    public var isOpen: Bool { mailbox.isOpen }

    /// The next message, or nil when the connection is over or the task cancelled.
    ///
    /// One task reads at a time, and should even when it expects nothing: while none does, a few messages are
    /// held and then the peer is no longer read. TCP makes it wait, and its pings and its close wait with it.
    public func nextMessage() async -> String? {
        while !Task.isCancelled {
            switch mailbox.take() {
            case .message(let text, let isRoomMade):
                if isRoomMade { onLoop { $0.resumeReading() } }
                return text
            case .empty:
                await mailbox.wait()
            case .over:
                return nil
            }
        }
        return nil
    }

    /// Queues a message, from any task, without waiting. Messages leave in the order of the calls.
    ///
    /// - Returns: False when the queue is full, which means the peer is too slow and is best closed, or when the
    ///   connection is over. The message is then dropped.
    @discardableResult
    public func send(_ text: String) -> Bool {
        switch mailbox.post(text) {
        case .refused:
            return false
        case .accepted(let isFirst):
            if isFirst { onLoop { $0.sendPosted() } }
            return true
        }
    }

    /// Begins to close, after what was sent before; returns at once. Only the first call counts.
    ///
    /// - Parameters:
    ///   - code: One that may be sent (RFC 6455 section 7.4).
    ///   - reason: For the peer's developer; what exceeds 123 bytes of UTF-8 is cut.
    public func close(code: WebSocketCloseCode = .normal, reason: String = "") {
        precondition(code.mayBeSent, "Close code \(code.rawValue) is never sent.")
        if mailbox.end() { onLoop { $0.close(code, reason: reason) } }
    }

    private func onLoop(_ body: @escaping @Sendable (WebSocketChannelHandler) -> Void) {
        eventLoop.execute { [handler] in body(handler.value) }
    }
}
