import Interpreter

/// Does what the user was asked about and has agreed to, exactly as it was asked, without a model.
struct ChatAgreement {
    let caller: ToolContext
    let memory: ChatMemory
    let tell: ChatListener

    /// One call after the other; stops at the first that fails.
    func perform(in id: ConversationID) async -> (answer: ChatAnswer, memory: ChatMemory) {
        var (shown, sentences, undo, changed): ([JSONValue], [String], [String], [Int]) = ([], [], [], [])
        var lastUndo: String?
        var isTakenBack = false
        for call in memory.held {
            guard let (tool, _) = ToolCatalogue.find(call.tool) else { continue }
            var arguments = call.arguments
            if tool.name == Tool.deleteTask.name { arguments["confirm"] = true }
            let outcome = await tool.call(.object(arguments), via: .chat, in: caller.call(shown.count))
            let json = ToolCallJSON.of(tool.name, call.arguments, outcome)
            shown.append(json)
            try? await tell(.tool(json))
            sentences.append(outcome.sentence)
            if outcome.isError { break }
            changed += outcome.structured.taskNumbers
            lastUndo = outcome.undoToken ?? lastUndo
            if tool.name == Tool.undo.name { isTakenBack = true } else if let lastUndo { undo.append(lastUndo) }
        }
        var kept = isTakenBack ? Array(memory.undo.dropLast()) : memory.undo
        if !undo.isEmpty { kept.append(undo) }
        var topic = memory.topic
        if !changed.isEmpty { topic.named = changed }
        let answer = ChatAnswer(
            conversationID: id, response: sentences.joined(separator: "\n"), toolCalls: shown, question: nil,
            undoToken: lastUndo)
        return (answer, ChatMemory(topic: topic, undo: kept))
    }
}
