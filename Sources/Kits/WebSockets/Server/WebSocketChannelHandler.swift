package import NIOCore

/// Carries out on a channel what `WebSocketProtocol` decides. All of it runs on the channel's event loop.
///
/// It stands in front of what is left of the HTTP pipeline and lets no bytes through to it.
package final class WebSocketChannelHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = Never
    package typealias OutboundIn = Never
    package typealias OutboundOut = ByteBuffer

    private let mailbox: WebSocketMailbox
    private var machine: WebSocketProtocol
    private var parser: WebSocketFrameParser
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    /// The task that reads is behind.
    private var isReadingStopped = false
    /// What still comes is of no interest.
    private var isDraining = false
    /// The newest pong that waits for the peer to read. The older ones need no answer (RFC 6455 section 5.5.3).
    private var pendingPong: WebSocketFrame?

    package init(limits: WebSocketConfiguration, mailbox: WebSocketMailbox) {
        self.mailbox = mailbox
        machine = WebSocketProtocol(limits)
        parser = WebSocketFrameParser(payloadBytesMax: limits.frameBytesMax)
    }

    /// Answers the opening handshake. Bytes of the peer may come from here on.
    package func begin(with response: String) {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: response)), promise: nil)
        perform(machine.opened())
        context.read()
    }

    // From the connection

    /// Sends what the mailbox holds.
    package func sendPosted() {
        let texts = mailbox.collect()
        guard let context, !texts.isEmpty else { return }
        let (count, bytes) = (texts.count, texts.reduce(0) { $0 + $1.utf8.count })
        var buffer = ByteBuffer()
        for case .write(let frame) in texts.flatMap({ machine.send($0) }) { frame.write(into: &buffer) }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { [mailbox] _ in mailbox.sent(count: count, bytes: bytes) }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: written)
    }

    /// Begins to close, after what was posted before.
    package func close(_ code: WebSocketCloseCode, reason: String) {
        sendPosted()
        perform(machine.close(code, reason: reason))
        resumeReading()
    }

    /// The task has made room in the mailbox.
    package func resumeReading() {
        isReadingStopped = false
        readFrames()
        if !isReadingStopped { context?.read() }
    }

    // From the channel

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        perform(machine.inputEnded())
        timer?.cancel()
        parser.discard()
        self.context = nil
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDraining else { return }
        parser.append(unwrapInboundIn(data))
        readFrames()
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        if !isReadingStopped { context.read() }
    }

    /// Reading follows the task's pace, not the wishes of the handlers behind.
    package func read(context: ChannelHandlerContext) {}

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let pong = pendingPong {
            pendingPong = nil
            perform([.write(pong)])
        }
        context.fireChannelWritabilityChanged()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        perform(machine.inputEnded())
        context.fireChannelInactive()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        perform(machine.inputEnded())
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            close(.goingAway, reason: "the server stops")
        case ChannelEvent.inputClosed:
            perform(machine.inputEnded())
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    // Actions

    private func readFrames() {
        do throws(WebSocketFailure) {
            while context != nil, !isReadingStopped, !isDraining, let frame = try parser.next() {
                perform(machine.receive(frame), isFlushing: false)
            }
        } catch {
            perform(machine.fail(error), isFlushing: false)
        }
        context?.flush()
    }

    private func perform(_ actions: [WebSocketProtocol.Action], isFlushing: Bool = true) {
        guard let context, !actions.isEmpty else { return }
        for action in actions {
            switch action {
            case .deliver(let text): isReadingStopped = mailbox.deliver(text)
            case .write(let frame): write(frame, context: context)
            case .endMessages: mailbox.end()
            case .setTimer(let duration): setTimer(duration, context: context)
            case .finish: finish(context: context)
            case .drop: context.close(promise: nil)
            }
        }
        if isFlushing { context.flush() }
    }

    private func write(_ frame: WebSocketFrame, context: ChannelHandlerContext) {
        guard frame.opcode != .pong || context.channel.isWritable else {
            pendingPong = frame
            return
        }
        var buffer = ByteBuffer()
        frame.write(into: &buffer)
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    private func setTimer(_ duration: Duration, context: ChannelHandlerContext) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(duration)) { [weak self] in
            guard let self else { return }
            perform(machine.timerFired(isReading: !isReadingStopped))
        }
    }

    private func finish(context: ChannelHandlerContext) {
        isDraining = true
        isReadingStopped = false
        parser.discard()
        context.flush()
        context.close(mode: .output, promise: nil)
        context.read()
    }
}
