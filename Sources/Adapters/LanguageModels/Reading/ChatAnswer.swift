import ErrandCore

/// What a Chat Completions answer has said so far.
struct ChatAnswer: Sendable {
    private(set) var text = ""
    private var calls = ToolCallAccumulator()
    private var usage = ModelUsage()
    private var finish: String?
    private var echo = JSONObject()
    /// `[DONE]`.
    private(set) var isComplete = false

    mutating func end() {
        isComplete = true
    }

    /// Takes a chunk of a stream, or a whole answer.
    ///
    /// - Returns: the text that is new.
    mutating func take(_ chunk: JSONValue) throws(AnswerFault) -> String {
        if let refusal = ServerRefusal(inAnswer: chunk) { throw .refused(refusal) }
        if let counts = chunk["usage"]?.object {
            usage = ModelUsage(
                input: AnswerReader.count(counts["prompt_tokens"]) ?? usage.input,
                output: AnswerReader.count(counts["completion_tokens"]) ?? usage.output
            )
        }
        // Azure begins with a chunk without choices, the usage is in one.
        guard let choices = chunk["choices"]?.array else {
            // Anything that is JSON may come in between, but an answer has to be one.
            return ""
        }
        guard let choice = choices.first(where: { ($0["index"]?.integer ?? 0) == 0 }) else { return "" }
        if let reason = choice["finish_reason"]?.string, !reason.isEmpty { finish = reason }
        guard let said = choice["delta"]?.object ?? choice["message"]?.object else { return "" }
        for piece in said["tool_calls"]?.array ?? [] { try calls.take(piece) }
        if let extra = said["extra_content"], extra != .null { echo["extra_content"] = extra }
        // What it thinks (`reasoning`, `reasoning_content`) is no part of the answer.
        let new = AnswerReader.text(said["content"]) + (said["refusal"]?.string ?? "")
        text += new
        return new
    }

    /// - Throws: ``AnswerFault/brokenOff`` where nothing says that the model was done.
    func step(makeID: () -> String) throws(AnswerFault) -> ModelStep {
        if finish == nil, !isComplete, calls.isEmpty || calls.isTorn { throw .brokenOff }
        let ending: ModelStep.Ending =
            switch finish {
            case "length": .tooLong
            case "content_filter": .filtered
            default: .complete
            }
        return ModelStep(
            text: text, calls: calls.finished(makeID: makeID), ending: ending, usage: usage,
            echo: echo.isEmpty ? .null : ["chat": .object(echo)]
        )
    }
}
