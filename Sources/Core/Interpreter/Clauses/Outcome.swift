import TaskLanguage

/// What one sentence, or a part of one, comes to.
enum Outcome {
    case act([Action], Verb)
    case ask(ChatTopic.Question.Kind, [Int], Verb)
    case tell(Telling)
    case decline(Refusal)

    var isAct: Bool { if case .act = self { true } else { false } }
}
