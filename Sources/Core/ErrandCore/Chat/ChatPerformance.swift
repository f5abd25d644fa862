import CivilTime
import Interpreter

/// Does what was understood, one call of a tool after the other, and stops at the first that fails.
struct ChatPerformance {
    let calls: ChatCalls
    let caller: ToolContext
    let memory: ChatMemory
    let tell: ChatListener

    /// What came of the calls so far.
    private struct Progress {
        var toolCalls: [JSONValue] = []
        var undo: [String] = []
        /// Of the last call, which may have been one that takes back.
        var lastUndo: String?
        /// Foreseen numbers of tasks, and those they got.
        var numbers: [Int: Int] = [:]
        /// What went wrong.
        var failure: String?
    }

    func perform(
        _ actions: [Action], _ reply: Reply, in id: ConversationID
    ) async -> (answer: ChatAnswer, memory: ChatMemory) {
        if actions == [.undo] { return await takeBack(reply, in: id) }
        var progress = Progress()
        for action in actions where progress.failure == nil {
            let action = action.renumbered(progress.numbers)
            for call in calls.calls(for: action) where progress.failure == nil {
                let outcome = await make(call, &progress)
                if case .add(_, let foreseen) = action, let number = outcome?["task_id"]?.integer {
                    progress.numbers[foreseen] = Int(number)
                }
            }
        }
        var text = reply.text
        for (foreseen, number) in progress.numbers where foreseen != number {
            text = text.replacing("#\(foreseen) ", with: "#\(number) ")
        }
        let undo = progress.undo.isEmpty ? memory.undo : memory.undo + [progress.undo]
        var topic = reply.topic.renumbered(progress.numbers)
        if progress.failure != nil, progress.undo.isEmpty { topic = memory.topic }
        let answer = ChatAnswer(
            conversationID: id, response: progress.failure ?? text, toolCalls: progress.toolCalls, question: nil,
            undoToken: progress.lastUndo)
        return (answer, ChatMemory(topic: topic, undo: undo))
    }

    /// The last change of the conversation, its last call first.
    private func takeBack(_ reply: Reply, in id: ConversationID) async -> (answer: ChatAnswer, memory: ChatMemory) {
        var progress = Progress()
        for token in (memory.undo.last ?? []).reversed() where progress.failure == nil {
            _ = await make(ChatCall("undo", ["token": .string(token)]), &progress)
        }
        let answer = ChatAnswer(
            conversationID: id, response: progress.failure ?? reply.text, toolCalls: progress.toolCalls, question: nil,
            undoToken: progress.lastUndo)
        return (answer, ChatMemory(topic: reply.topic, undo: Array(memory.undo.dropLast())))
    }

    private func make(_ call: ChatCall, _ progress: inout Progress) async -> JSONValue? {
        guard let (tool, arguments) = ToolCatalogue.find(call.tool, .object(call.arguments)) else {
            preconditionFailure("There is a tool for everything that a sentence can ask for: \(call.tool).")
        }
        let outcome = await tool.call(arguments, via: .chat, in: caller.call(progress.toolCalls.count))
        let shown = ToolCallJSON.of(call.tool, call.arguments, outcome)
        progress.toolCalls.append(shown)
        // Short, and clear: it is done to its end, whether anybody listens or not.
        try? await tell(.tool(shown))
        if outcome.isError || outcome.question != nil {
            progress.failure = outcome.sentence
            return nil
        }
        if let token = outcome.undoToken {
            progress.lastUndo = token
            if call.tool != "undo" { progress.undo.append(token) }
        }
        return outcome.structured
    }
}

extension Action {
    /// The action on tasks as they are called now.
    fileprivate func renumbered(_ numbers: [Int: Int]) -> Action {
        func now(_ number: Int) -> Int { numbers[number] ?? number }
        guard self.numbers.contains(where: { numbers[$0] != nil }) else { return self }
        return switch self {
        case .complete(let all): .complete(all.map(now))
        case .reopen(let all): .reopen(all.map(now))
        case .delete(let all): .delete(all.map(now))
        case .restore(let all): .restore(all.map(now))
        case .skip(let all): .skip(all.map(now))
        case .endSeries(let all): .endSeries(all.map(now))
        case .rename(let number, let title): .rename(now(number), title: title)
        case .describe(let number, let text): .describe(now(number), text: text)
        case .move(let number, let due): .move(now(number), due: due)
        case .repeats(let number, let rule, let due): .repeats(now(number), rule, due: due)
        case .prioritise(let all, let level): .prioritise(all.map(now), level)
        case .tag(let all, let tags): .tag(all.map(now), tags)
        case .untag(let all, let tags): .untag(all.map(now), tags)
        case .remind(let number, let reminders): .remind(now(number), reminders)
        case .add, .undo: self
        }
    }
}
