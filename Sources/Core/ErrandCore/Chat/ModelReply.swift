import CivilTime
import Interpreter
import TaskLanguage

/// Makes an answer of what came of asking a model.
struct ModelReply {
    let progress: ModelProgress
    let model: any LanguageModel
    let memory: ChatMemory
    let phrases: ChatPhrases
    let titles: [Int: String]

    /// Nil where the model came to nothing at all, and why; then somebody else has to answer.
    var failure: ChatRemark? {
        guard case .failed(let remark) = progress.end, progress.isNothing else { return nil }
        return remark
    }

    func answer(in id: ConversationID, tell: ChatListener) async -> (answer: ChatAnswer, memory: ChatMemory) {
        var parts: [String] = []
        var notice: ChatAnswer.Notice?
        switch progress.end {
        case .said, .left:
            if progress.text.isEmpty { parts += progress.done.isEmpty ? progress.found : progress.done }
        case .asked: parts += progress.done + [phrases.question(about: progress.held.map(deed))]
        case .failed(let remark):
            let detail = phrases.text(of: remark, isAnswered: false)
            notice = ChatAnswer.Notice(code: remark.rawValue, detail: detail)
            parts += (progress.text.isEmpty && progress.done.isEmpty ? progress.found : progress.done) + [detail]
        }
        let text = ModelReply.joined(progress.text, parts.joined(separator: "\n"))
        if !text.told.isEmpty { try? await tell(.delta(text.told)) }
        var answer = ChatAnswer(
            conversationID: id, response: text.whole, toolCalls: progress.toolCalls, question: question)
        answer.notice = notice
        answer.undoToken = progress.undo.last
        return (answer, next)
    }

    /// - Returns: all of it, and what of it was not told yet; no longer than an answer may be.
    private static func joined(_ text: String, _ more: String) -> (whole: String, told: String) {
        if more.isEmpty { return (text, "") }
        let gap = text.isEmpty ? "" : "\n\n"
        let room = Limits.answerLengthMax - text.unicodeScalars.count - gap.count
        let kept = String(String.UnicodeScalarView(more.unicodeScalars.prefix(max(room, 0))))
        return (text + gap + kept, gap + kept)
    }

    /// What the conversation is about now.
    private var next: ChatMemory {
        var topic = memory.topic
        (topic.question, topic.lastVerb, topic.lastSentence) = (nil, nil, nil)
        if let listed = progress.listed { (topic.listed, topic.named) = (listed, listed) }
        if !progress.changed.isEmpty { topic.named = progress.changed }
        if !progress.held.isEmpty { topic.named = heldNumbers }
        var undo = progress.isTakenBack ? Array(memory.undo.dropLast()) : memory.undo
        if !progress.undo.isEmpty { undo.append(progress.undo) }
        var next = ChatMemory(topic: topic, undo: undo)
        next.held = progress.end == .asked ? progress.held : []
        next.model = (model.name, progress.usage)
        return next
    }

    private func numbers(_ call: HeldCall) -> [Int] {
        ModelArguments(call.arguments).references.compactMap { reference in
            reference.integer.map(Int.init) ?? reference.string.flatMap { Int($0.drop { $0 == "#" }) }
        }
    }

    private var heldNumbers: [Int] {
        progress.held.flatMap(numbers).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func deed(_ call: HeldCall) -> ProposedDeed {
        ProposedDeed(
            tool: call.tool, tasks: numbers(call).map { ($0, titles[$0] ?? "") },
            details: ModelArguments(call.arguments).details)
    }

    private var question: JSONValue? {
        guard progress.end == .asked else { return nil }
        return [
            "kind": "whether",
            "tasks": .array(
                heldNumbers.map { ["task_id": JSONValue($0), "title": JSONValue(text: titles[$0])] }),
        ]
    }
}
