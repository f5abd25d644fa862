import NIOCore
import Testing
import WebSockets

@Suite struct ProtocolTests {
    typealias Action = WebSocketProtocol.Action

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let frames: [WebSocketFrame]
        let actions: [Action]

        init(_ name: String, _ frames: [WebSocketFrame], _ actions: [Action]) {
            self.name = name
            self.frames = frames
            self.actions = actions
        }

        var testDescription: String { name }
    }

    private static let limits = WebSocketConfiguration(messageBytesMax: 10, fragmentsMax: 3)
    private static let finish: [Action] = [.finish, .setTimer(.seconds(5))]

    /// What ends a connection whose peer closes with `payload`.
    private static func echo(_ payload: [UInt8]) -> [Action] {
        [.endMessages, .write(WebSocketFrame(.close, payload))] + finish
    }

    private func actions(of frames: [WebSocketFrame], limits: WebSocketConfiguration = limits) -> [Action] {
        var machine = WebSocketProtocol(limits)
        return frames.flatMap { machine.receive($0) }
    }

    static let good: [Case] = [
        Case("a text", [.text("hi")], [.deliver("hi")]),
        Case("an empty text", [.text("")], [.deliver("")]),
        Case("two texts", [.text("a"), .text("b")], [.deliver("a"), .deliver("b")]),
        Case(
            "a fragmented text",
            [WebSocketFrame(.text, [0x61], isFinal: false), WebSocketFrame(.continuation, [0x62])], [.deliver("ab")]
        ),
        Case(
            "empty fragments",
            [
                WebSocketFrame(.text, [], isFinal: false), WebSocketFrame(.continuation, [0x61], isFinal: false),
                WebSocketFrame(.continuation, []),
            ], [.deliver("a")]
        ),
        Case(
            "a character split between fragments",
            [WebSocketFrame(.text, [0xC3], isFinal: false), WebSocketFrame(.continuation, [0xA9])], [.deliver("é")]
        ),
        Case("a ping", [WebSocketFrame(.ping, [1, 2])], [.write(WebSocketFrame(.pong, [1, 2]))]),
        Case(
            "a ping between fragments",
            [
                WebSocketFrame(.text, [0x61], isFinal: false), WebSocketFrame(.ping, [9]),
                WebSocketFrame(.continuation, [0x62]),
            ], [.write(WebSocketFrame(.pong, [9])), .deliver("ab")]
        ),
        Case("a pong nobody asked for", [WebSocketFrame(.pong, [1])], []),
        Case("a close without a code", [WebSocketFrame(.close, [])], echo([])),
        Case("a close with a code", [WebSocketFrame(.close, [0x03, 0xE8])], echo([0x03, 0xE8])),
        Case("a close with a reason", [WebSocketFrame(.close, [0x0F, 0xA0, 0x61])], echo([0x0F, 0xA0])),
        Case(
            "anything after close",
            [WebSocketFrame(.close, []), .text("late"), WebSocketFrame(.ping, []), WebSocketFrame(.close, [])],
            echo([])
        ),
        Case(
            "a close inside a fragmented message",
            [WebSocketFrame(.text, [0x61], isFinal: false), WebSocketFrame(.close, [])], echo([])
        ),
    ]

    @Test(arguments: good)
    func `what the peer may do is answered`(item: Case) {
        #expect(actions(of: item.frames) == item.actions)
    }

    static let bad: [(String, [WebSocketFrame], WebSocketCloseCode)] = [
        ("continuation of nothing", [WebSocketFrame(.continuation, [])], .protocolError),
        ("continuation after a message", [.text("a"), WebSocketFrame(.continuation, [])], .protocolError),
        ("text inside a message", [WebSocketFrame(.text, [], isFinal: false), .text("b")], .protocolError),
        (
            "binary inside a message", [WebSocketFrame(.text, [], isFinal: false), WebSocketFrame(.binary, [])],
            .protocolError
        ),
        ("close of one byte", [WebSocketFrame(.close, [3])], .protocolError),
        ("close reason not UTF-8", [WebSocketFrame(.close, [0x03, 0xE8, 0xFF])], .invalidPayload),
        ("text not UTF-8", [WebSocketFrame(.text, [0xFF])], .invalidPayload),
        ("text ending inside a character", [WebSocketFrame(.text, [0xC3])], .invalidPayload),
        (
            "bad UTF-8 across fragments",
            [WebSocketFrame(.text, [0xC3], isFinal: false), WebSocketFrame(.continuation, [0x61])], .invalidPayload
        ),
        ("message too big", [.text("12345678901")], .messageTooBig),
        (
            "fragments too big",
            [
                WebSocketFrame(.text, [1, 2, 3, 4, 5, 6], isFinal: false),
                WebSocketFrame(.continuation, [1, 2, 3, 4, 5]),
            ],
            .messageTooBig
        ),
        (
            "too many fragments",
            [WebSocketFrame(.text, [], isFinal: false)]
                + [WebSocketFrame](repeating: WebSocketFrame(.continuation, [], isFinal: false), count: 3),
            .policyViolation
        ),
        ("binary", [WebSocketFrame(.binary, [0x61])], .unsupportedData),
        ("binary in fragments", [WebSocketFrame(.binary, [0x61], isFinal: false)], .unsupportedData),
    ]

    @Test(arguments: bad)
    func `what the peer must not do ends the connection`(
        name: String, frames: [WebSocketFrame], code: WebSocketCloseCode
    ) throws {
        let actions = Array(actions(of: frames + [.text("late")]).drop { $0 != .endMessages })
        #expect(Array(actions.dropFirst(2)) == ProtocolTests.finish)
        guard case .write(let frame) = actions.dropFirst().first else {
            Issue.record("no close frame")
            return
        }
        #expect(frame.opcode == .close)
        #expect(frame.payload.getInteger(at: 0, as: UInt16.self) == code.rawValue)
        #expect(frame.payload.readableBytes <= WebSocketFrame.controlBytesMax)
    }

    @Test func `close codes are echoed or refused`() {
        let allowed: [ClosedRange<UInt16>] = [1000...1003, 1007...1014, 3000...4999]
        for code in 0...UInt16.max {
            let payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
            let echoes = actions(of: [WebSocketFrame(.close, payload)]) == ProtocolTests.echo(payload)
            if echoes != allowed.contains(where: { $0.contains(code) }) { Issue.record("close code \(code)") }
        }
    }

    @Test func `binary messages are text when they are accepted`() {
        let limits = WebSocketConfiguration(acceptsBinary: true)
        #expect(actions(of: [WebSocketFrame(.binary, [0x61])], limits: limits) == [.deliver("a")])
    }

    @Test func `closing waits for the echo and ignores what comes before it`() {
        var machine = WebSocketProtocol(ProtocolTests.limits)
        let close = WebSocketFrame.close(.goingAway, reason: "bye")
        #expect(machine.send("a") == [.write(.text("a"))])
        let closing = machine.close(.goingAway, reason: "bye")
        #expect(closing == [.endMessages, .write(close), .setTimer(.seconds(5))])
        #expect(machine.send("b").isEmpty)
        #expect(machine.close(.normal, reason: "").isEmpty)
        #expect(machine.receive(.text("late")).isEmpty)
        #expect(machine.receive(WebSocketFrame(.ping, [])).isEmpty)
        #expect(machine.receive(WebSocketFrame(.close, [])) == [.finish])
        #expect(machine.timerFired(isReading: true) == [.drop])
    }

    @Test func `closing gives up after a while, or when the peer is gone`() {
        var silent = WebSocketProtocol(ProtocolTests.limits)
        _ = silent.close(.normal, reason: "")
        #expect(silent.timerFired(isReading: true) == [.drop])
        var broken = WebSocketProtocol(ProtocolTests.limits)
        _ = broken.close(.normal, reason: "")
        #expect(broken.fail(.protocolError("reserved opcode")) == [.finish])
        var gone = WebSocketProtocol(ProtocolTests.limits)
        #expect(gone.inputEnded() == [.endMessages, .drop])
        #expect(gone.receive(.text("a")).isEmpty)
    }

    @Test func `a peer that answers pings lives, a silent one is dropped`() {
        var machine = WebSocketProtocol(WebSocketConfiguration(pingInterval: .seconds(30), pongTimeout: .seconds(10)))
        let ping: [Action] = [.write(WebSocketFrame(.ping)), .setTimer(.seconds(10))]
        #expect(machine.opened() == [.setTimer(.seconds(30))])
        #expect(machine.timerFired(isReading: true) == ping)
        _ = machine.receive(WebSocketFrame(.pong, []))
        #expect(machine.timerFired(isReading: true) == [.setTimer(.seconds(20))])
        #expect(machine.timerFired(isReading: true) == ping)
        #expect(machine.timerFired(isReading: false) == [.setTimer(.seconds(20))], "not heard, but not listened to")
        #expect(machine.timerFired(isReading: true) == ping)
        #expect(machine.timerFired(isReading: true) == [.endMessages, .drop])
    }

    @Test func `with equal times the next ping follows the pong's deadline`() {
        var machine = WebSocketProtocol(WebSocketConfiguration())
        let ping: [Action] = [.write(WebSocketFrame(.ping)), .setTimer(.seconds(30))]
        #expect(machine.timerFired(isReading: true) == ping)
        _ = machine.receive(.text("alive"))
        #expect(machine.timerFired(isReading: true) == ping)
    }

    @Test func `a long reason is cut between characters`() {
        let frame = WebSocketFrame.close(.normal, reason: String(repeating: "é", count: 100))
        #expect(frame.payload.readableBytes == 2 + 122)
    }
}
