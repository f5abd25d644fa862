/// What was said in a conversation, as a model is told of it, in groups that stay together: a call is never without its
/// result.
struct ModelHistory: Sendable {
    /// The oldest first.
    private let groups: [[ModelMessage]]

    init(_ turns: [ConversationTurn]) {
        groups = turns.suffix(Limits.modelTurnsMax).enumerated().map { place, turn in
            ModelHistory.messages(of: turn, place)
        }
    }

    /// The newest groups that have so many bytes together; the first is something that the user said.
    func messages(within bytes: Int) -> [ModelMessage] {
        var room = bytes
        var kept: [[ModelMessage]] = []
        for group in groups.reversed() {
            room -= group.reduce(0) { $0 + $1.bytes }
            if room < 0 { break }
            kept.append(group)
        }
        return kept.reversed().drop { group in
            if case .user? = group.first { false } else { true }
        }.flatMap { $0 }
    }

    /// What the user said.
    var said: [String] {
        groups.joined().compactMap { if case .user(let text) = $0 { text } else { nil } }
    }

    private static func messages(of turn: ConversationTurn, _ place: Int) -> [ModelMessage] {
        if turn.speaker == .user { return [.user(turn.text)] }
        var calls: [ModelCall] = []
        var results: [ModelMessage] = []
        for (index, call) in turn.toolCalls.enumerated() {
            guard let name = call["tool"]?.string else { continue }
            let id = "past_\(place)_\(index)"
            calls.append(ModelCall(id: id, name: name, arguments: (call["arguments"] ?? [:]).text))
            let text = ModelResultText.of(call["result"] ?? .null, bytes: Limits.modelPastResultBytesMax)
            results.append(.result(ModelResult(callID: id, name: name, text: text)))
        }
        var messages: [ModelMessage] = calls.isEmpty ? [] : [.calls(ModelStep(text: "", calls: calls))] + results
        if !turn.text.isEmpty { messages.append(.assistant(turn.text)) }
        return messages
    }
}

extension ModelMessage {
    fileprivate var bytes: Int {
        switch self {
        case .user(let text), .assistant(let text): text.utf8.count
        case .calls(let step): step.calls.reduce(0) { $0 + $1.name.utf8.count + $1.arguments.utf8.count }
        case .result(let result): result.text.utf8.count
        }
    }
}
