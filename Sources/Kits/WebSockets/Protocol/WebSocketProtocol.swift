import NIOCore

/// The server's side of RFC 6455 sections 5 to 7 as a value: something happens, and what to do about it comes
/// back in order. It does no I/O and reads no clock.
package struct WebSocketProtocol: Sendable {
    package enum Action: Hashable, Sendable {
        case deliver(String)
        case write(WebSocketFrame)
        /// No message will follow, and none is sent any more.
        case endMessages
        /// Replaces the timer that was set before.
        case setTimer(Duration)
        /// Flush, close the sending half and read on without looking until the peer closes too. Closing both
        /// halves at once could answer late bytes with a reset, which would cost the peer the close frame.
        case finish
        /// Close the TCP connection at once.
        case drop
    }

    private enum State {
        case open
        /// Our close frame is out, the peer's is not in.
        case closing
        /// Nothing is to be said or heard.
        case over
    }

    private enum Liveness {
        /// Until the next ping.
        case resting
        /// A ping is out and nothing came since.
        case pinged
        case answered
    }

    private let limits: WebSocketConfiguration
    private var state = State.open
    private var message: FragmentedMessage?
    private var liveness = Liveness.resting

    package init(_ limits: WebSocketConfiguration) {
        self.limits = limits
    }

    /// Once, after the opening handshake.
    package func opened() -> [Action] {
        [.setTimer(limits.pingInterval)]
    }

    package mutating func receive(_ frame: WebSocketFrame) -> [Action] {
        if liveness == .pinged { liveness = .answered }
        switch state {
        case .open:
            do throws(WebSocketFailure) {
                return try answer(frame)
            } catch {
                return fail(error)
            }
        case .closing:
            guard frame.opcode == .close else { return [] }
            state = .over
            return [.finish]
        case .over:
            return []
        }
    }

    /// The peer broke a rule of framing.
    package mutating func fail(_ failure: WebSocketFailure) -> [Action] {
        defer { state = .over }
        message = nil
        switch state {
        case .open:
            return [.endMessages, .write(.close(failure.code, reason: failure.reason))] + finish
        case .closing:
            return [.finish]
        case .over:
            return []
        }
    }

    package func send(_ text: String) -> [Action] {
        state == .open ? [.write(.text(text))] : []
    }

    /// Starts the closing handshake (RFC 6455 section 7.1.2).
    package mutating func close(_ code: WebSocketCloseCode, reason: String) -> [Action] {
        guard state == .open else { return [] }
        state = .closing
        message = nil
        return [.endMessages, .write(.close(code, reason: reason)), .setTimer(limits.closeTimeout)]
    }

    /// - Parameter isReading: False while this end does not read, so that the peer's silence proves nothing.
    package mutating func timerFired(isReading: Bool) -> [Action] {
        guard state == .open else { return inputEnded() }
        switch liveness {
        case .pinged where isReading:
            return inputEnded()
        case .pinged, .answered:
            let pause = limits.pingInterval - limits.pongTimeout
            guard pause > .zero else { return ping() }
            liveness = .resting
            return [.setTimer(pause)]
        case .resting:
            return ping()
        }
    }

    /// The peer ended the TCP connection, or it is given up.
    package mutating func inputEnded() -> [Action] {
        defer { state = .over }
        message = nil
        return state == .open ? [.endMessages, .drop] : [.drop]
    }

    private var finish: [Action] { [.finish, .setTimer(limits.closeTimeout)] }

    private mutating func ping() -> [Action] {
        liveness = .pinged
        return [.write(WebSocketFrame(.ping)), .setTimer(limits.pongTimeout)]
    }

    private mutating func answer(_ frame: WebSocketFrame) throws(WebSocketFailure) -> [Action] {
        switch frame.opcode {
        case .ping:
            return [.write(WebSocketFrame(.pong, payload: frame.payload))]
        case .pong:
            return []
        case .close:
            let echo = try echo(of: frame.payload)
            state = .over
            message = nil
            return [.endMessages, .write(echo)] + finish
        case .text, .binary:
            guard message == nil else { throw .protocolError("new message inside a fragmented one") }
            guard frame.opcode == .text || limits.acceptsBinary else {
                throw WebSocketFailure(code: .unsupportedData, reason: "binary messages are not accepted")
            }
            return try take(frame, after: FragmentedMessage())
        case .continuation:
            guard let message else { throw .protocolError("continuation of nothing") }
            return try take(frame, after: message)
        }
    }

    private mutating func take(
        _ frame: WebSocketFrame, after begun: FragmentedMessage
    ) throws(WebSocketFailure) -> [Action] {
        message = nil
        var begun = begun
        try begun.append(frame.payload, limits: limits)
        guard frame.isFinal else {
            message = begun
            return []
        }
        return [.deliver(try begun.text())]
    }

    /// The close frame that answers one with `payload`: the same code without the reason (RFC 6455 section 5.5.1).
    private func echo(of payload: ByteBuffer) throws(WebSocketFailure) -> WebSocketFrame {
        var reason = payload
        guard reason.readableBytes > 0 else { return WebSocketFrame(.close) }
        guard let code = reason.readInteger(as: UInt16.self).map(WebSocketCloseCode.init) else {
            throw .protocolError("close payload of one byte")
        }
        guard code.mayBeSent else { throw .protocolError("close code that is never sent") }
        guard String(validating: reason.readableBytesView, as: UTF8.self) != nil else {
            throw WebSocketFailure(code: .invalidPayload, reason: "close reason is not UTF-8")
        }
        return .close(code, reason: "")
    }
}
