import Interpreter

/// Decides what a model may do at once, and what the user is asked about first. Whatever stands in titles, the user has
/// not said it.
struct WriteGuard: Sendable {
    /// What the message of the user names.
    let named: NamedTasks
    /// What the conversation was about before the message.
    let topic: Set<Int>
    /// What the model has added for this message.
    private(set) var added: Set<Int> = []
    /// How often something was overwritten or taken away for this message.
    private var losses = 0

    init(named: NamedTasks, topic: ChatTopic) {
        self.named = named
        self.topic = Set(topic.listed + topic.named)
    }

    /// - Parameters:
    ///   - numbers: of the tasks that the call is about.
    ///   - losses: how many calls that overwrite or take away there are in this step.
    /// - Returns: whether to do it at once.
    func allows(_ tool: Tool, _ arguments: ModelArguments, on numbers: [Int], losses step: Int) -> Bool {
        switch tool.effect {
        case .reads, .adds: return true
        case .sets, .advances, .overwrites: break
        }
        if arguments.claimsConsent || numbers.isEmpty { return false }
        if numbers.allSatisfy(added.contains) { return true }
        guard WriteGuard.takesAway(tool, arguments) else {
            return numbers.allSatisfy { added.contains($0) || topic.contains($0) || named.contains($0) }
        }
        return losses == 0 && step <= 1 && numbers.allSatisfy { added.contains($0) || named.isClear($0) }
    }

    /// The call was made.
    mutating func note(_ tool: Tool, _ arguments: ModelArguments, _ numbers: [Int]) {
        if case .adds = tool.effect { added.formUnion(numbers) }
        if WriteGuard.takesAway(tool, arguments), !numbers.allSatisfy(added.contains) { losses += 1 }
    }

    /// Whether something that was there is gone, or looks done, after the call.
    static func takesAway(_ tool: Tool, _ arguments: ModelArguments) -> Bool {
        switch (tool.name, tool.effect) {
        case (_, .reads), (_, .adds): false
        case ("complete_task", _), ("remove_tag", _), ("end_series", _), (_, .overwrites), (_, .advances): true
        case ("set_due_date", _): arguments.object["due_date"] == .null
        case ("set_reminder", _): arguments.object["replace"] == true
        default: false
        }
    }
}
