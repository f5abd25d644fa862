import CivilTime
import TaskLanguage

/// One sentence of a conversation: first an answer to what was asked, otherwise something new.
final class Talk {
    let tasks: [KnownTask]
    let topic: ChatTopic
    let context: LanguageContext
    let finder: TaskFinder
    private let words: TalkWords
    private let tags: Set<String>

    /// What was done, and the sentence that said so: where a question was answered, the one before it.
    struct Result {
        var outcome: Outcome
        var sentence: String
        /// As it reads after changes that the sentence makes.
        var topic: ChatTopic
        var saidAt: LocalDateTime
        /// Whether the sentence answers the question of the topic.
        var isAnswer = false
    }

    init(tasks: [KnownTask], topic: ChatTopic, context: LanguageContext) {
        self.tasks = tasks
        self.topic = topic
        self.context = context
        words = TalkWords.of(context.language)
        finder = TaskFinder(tasks, words)
        var typed = Set<String>()
        for index in tasks.indices where !tasks[index].tags.isEmpty { typed.formUnion(tasks[index].tags) }
        tags = Set(typed.map { $0.lowercased() })
    }

    func answer(_ text: String) -> Result {
        guard let question = topic.question else { return fresh(text, context) }
        let said = Sentence(text)
        let range = 0..<said.words.count
        switch AnswerReader(sentence: said, words: words, finder: finder, context: context)
            .read(range, to: question)
        {
        case .what:
            var joins = ["\(question.sentence) \(text)", "\(question.sentence) \(words.joiner) \(text)"]
            // Some languages have the verb at the end.
            if words.joinsWords { joins.append("\(text) \(question.sentence)") }
            for joined in joins {
                let whole = fresh(joined, context)
                if whole.outcome.isAct { return whole.asAnswer }
            }
            return fresh(text, context)
        case .drop:
            return Result(
                outcome: .tell(.dropped), sentence: text, topic: topic, saidAt: context.now, isAnswer: true)
        case .take(let numbers):
            var then = context
            if question.askedAt.date != context.now.date {
                then.today = context.today.adding(
                    days: question.askedAt.date.daysSinceEpoch - context.now.date.daysSinceEpoch)
            }
            then.now = question.askedAt
            return fresh(
                question.sentence, then, answer: Resolver.Answer(kind: question.kind, tasks: numbers), isConfirmed: true
            ).asAnswer
        case .none:
            let new = fresh(text, context)
            if case .decline(.notUnderstood) = new.outcome {
                return Result(outcome: .decline(.unclearAnswer), sentence: text, topic: topic, saidAt: context.now)
            }
            return new
        }
    }

    private func fresh(
        _ text: String, _ context: LanguageContext, answer: Resolver.Answer? = nil, isConfirmed: Bool = false
    ) -> Result {
        let sentence = Sentence(text)
        let parts = ClauseSplitter(
            sentence: sentence, words: words, reader: PieceReader(context), tags: tags, answer: answer,
            isConfirmed: isConfirmed
        )
        var topic = topic
        topic.question = nil
        let outcome = parts.read(0..<sentence.words.count, finder, topic)
        return Result(outcome: outcome, sentence: text, topic: topic, saidAt: context.now)
    }
}

extension Talk.Result {
    fileprivate var asAnswer: Talk.Result {
        var result = self
        result.isAnswer = true
        return result
    }
}
