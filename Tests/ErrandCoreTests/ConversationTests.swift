import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct ConversationTests {
    private func title(_ text: String) throws -> String {
        try ConversationAppend.make(of: .make(), text).conversation(after: nil, at: .testStart).title
    }

    @Test func `the title is the beginning of the first message on one line`() throws {
        #expect(try title("  Buy milk  ") == "Buy milk")
        #expect(try title("Buy\n\n milk\tnow") == "Buy milk now")
        let full = String(repeating: "x", count: Limits.conversationTitleLengthMax)
        #expect(try title(full) == full)
        #expect(try title(full + "y") == full.dropLast() + "…")
        let flags = try title(String(repeating: "🇪🇺", count: 60))
        #expect(flags == String(repeating: "🇪🇺", count: 39) + "…", "no character is cut in two")
        let one = try title("e" + String(repeating: "\u{301}", count: 200))
        #expect(one == "…")
    }

    @Test func `who has not said anything gives no title`() throws {
        let turn = try ConversationTurn(.assistant, "Hello", at: .testStart)
        let append = try ConversationAppend(id: .make(), to: .make(), of: .make(), opens: true, turns: [turn])
        #expect(try append.conversation(after: nil, at: .testStart).title == "Hello")
    }

    @Test(arguments: [
        (ConversationTurn.Speaker.user, "", "too_short"), (.user, " \n ", "too_short"),
        (.user, String(repeating: "🎉", count: 10_001), "too_long"), (.user, "a\u{0}b", "invalid_characters"),
        (.assistant, String(repeating: "x", count: 16_385), "too_long"),
        (.assistant, "\u{1B}[2J", "invalid_characters"),
    ])
    func `a text that cannot be kept is refused`(_ speaker: ConversationTurn.Speaker, _ text: String, _ code: String) {
        let error = #expect(throws: ErrandError.self) { try ConversationTurn(speaker, text, at: .testStart) }
        guard case .invalid(let problems) = error else { return #expect(Bool(false), "not invalid") }
        #expect(problems.map(\.place) == [.body("/text")])
        #expect(problems.map(\.code.rawValue) == [code])
    }

    @Test func `texts up to the limit are kept as they are`() throws {
        let message = String(repeating: "🎉", count: Limits.messageLengthMax)
        #expect(try ConversationTurn(.user, " \(message)\n", at: .testStart).text == message)
        #expect(try ConversationTurn(.user, "a\n\tb", at: .testStart).text == "a\n\tb")
        let answer = " " + String(repeating: "x", count: Limits.answerLengthMax - 1)
        #expect(try ConversationTurn(.assistant, answer, at: .testStart).text == answer)
        #expect(try ConversationTurn(.assistant, "", at: .testStart).text == "")
    }

    @Test func `tool calls have a limit of bytes and of levels`() throws {
        // The list and the quotes are four bytes.
        let length = Limits.toolCallBytesMax - 4
        let long = JSONValue.string(String(repeating: "x", count: length))
        #expect(try ConversationTurn(.assistant, "", toolCalls: [long], at: .testStart).toolCalls == [long])
        let tooLong = JSONValue.string(String(repeating: "x", count: length + 1))
        let deep = (1..<Limits.toolCallDepthMax).reduce(JSONValue.bool(true)) { inner, _ in ["a": inner] }
        #expect(try ConversationTurn(.assistant, "", toolCalls: [deep], at: .testStart).toolCalls == [deep])
        for (call, code) in [(tooLong, FieldProblem.Code.tooLong), ([deep], .tooMany)] {
            let error = #expect(throws: ErrandError.self) {
                try ConversationTurn(.assistant, "", toolCalls: [call], at: .testStart)
            }
            guard case .invalid(let problems) = error else { return #expect(Bool(false), "not invalid") }
            #expect(problems.map(\.place) == [.body("/tool_calls")])
            #expect(problems.map(\.code) == [code])
        }
    }

    @Test(arguments: [0, Limits.turnsPerAppendMax + 1])
    func `an append has some turns, and not too many`(_ count: Int) throws {
        let turn = try ConversationTurn(.user, "Hello", at: .testStart)
        #expect(throws: ErrandError.self) {
            try ConversationAppend(
                id: .make(), to: .make(), of: .make(), opens: true, turns: Array(repeating: turn, count: count)
            )
        }
    }

    @Test func `the newest turns are kept, by number and by size`() throws {
        #expect(Limits.turnsKept([]) == 0)
        #expect(Limits.turnsKept(Array(repeating: 1, count: 500)) == Limits.turnsPerConversationMax)
        #expect(Limits.turnsKept([1, Limits.conversationBytesMax - 1]) == 2)
        #expect(Limits.turnsKept([1, Limits.conversationBytesMax]) == 1)
        #expect(Limits.turnsKept([1, Limits.conversationBytesMax, 1]) == 1, "nothing older than what fell off")
    }

    @Test func `the largest append there can be fits`() throws {
        let text = String(repeating: "🎉", count: Limits.answerLengthMax)
        let call = JSONValue.string(String(repeating: "x", count: Limits.toolCallBytesMax - 4))
        let turn = try ConversationTurn(.assistant, text, toolCalls: [call], at: .testStart)
        #expect(turn.bytes * Limits.turnsPerAppendMax <= Limits.conversationBytesMax)
        #expect(ConversationTurn(turn.json) == turn)
    }
}
