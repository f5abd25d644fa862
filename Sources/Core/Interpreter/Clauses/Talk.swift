import CivilTime
import TaskLanguage

/// One sentence of a conversation: first an answer to what was asked, otherwise something new.
final class Talk {
    let tasks: [KnownTask]
    let topic: Topic
    let context: LanguageContext
    let finder: TaskFinder
    private let words: TalkWords
    private let tags: Set<String>

    /// What was done, and the sentence that said so: where a question was answered, the one before it.
    struct Result {
        var outcome: Outcome
        var sentence: String
        /// As it reads after changes that the sentence makes.
        var topic: Topic
        var saidAt: LocalDateTime
    }

    init(tasks: [KnownTask], topic: Topic, context: LanguageContext) {
        self.tasks = tasks
        self.topic = topic
        self.context = context
        words = TalkWords.of(context.language)
        finder = TaskFinder(tasks, words)
        tags = Set(tasks.flatMap { $0.tags.map { $0.lowercased() } })
    }

    func answer(_ text: String) -> Result {
        guard let question = topic.question else { return fresh(text, context) }
        let said = Sentence(text)
        let range = trimmed(said, 0..<said.words.count, keepsAnswers: true)
        switch AnswerReader(sentence: said, words: words, finder: finder, context: context)
            .read(range, to: question)
        {
        case .drop: return Result(outcome: .tell(.dropped), sentence: text, topic: topic, saidAt: context.now)
        case .take(let numbers):
            var then = context
            if question.askedAt.date != context.now.date {
                then.today = context.today.adding(days: question.askedAt.date.daysSinceEpoch - context.now.date.daysSinceEpoch)
            }
            then.now = question.askedAt
            return fresh(question.sentence, then, chosen: numbers, isConfirmed: true)
        case .none:
            let new = fresh(text, context)
            if case .decline(.notUnderstood) = new.outcome {
                return Result(outcome: .decline(.unclearAnswer), sentence: text, topic: topic, saidAt: context.now)
            }
            return new
        }
    }

    private func fresh(
        _ text: String, _ context: LanguageContext, chosen: [Int]? = nil, isConfirmed: Bool = false
    ) -> Result {
        let sentence = Sentence(text)
        let parts = ClauseSplitter(
            sentence: sentence, words: words, reader: PieceReader(context), tags: tags, chosen: chosen,
            isConfirmed: isConfirmed
        )
        var topic = topic
        topic.question = nil
        let outcome = parts.read(0..<sentence.words.count, finder, topic)
        return Result(outcome: outcome, sentence: text, topic: topic, saidAt: context.now)
    }

    private func trimmed(_ sentence: Sentence, _ range: Range<Int>, keepsAnswers: Bool) -> Range<Int> { range }
}
