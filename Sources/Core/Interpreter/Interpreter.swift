public import TaskLanguage

/// Chat without a model: what a sentence asks for, told from the words alone. Pure: nothing is looked up or changed
/// here.
public enum Interpreter {
    /// Longer messages are not interpreted, in bytes.
    public static let lengthMax = 16_384

    /// Understands a sentence, or says that it does not: then nothing is to be done.
    ///
    /// - Parameters:
    ///   - topic: of the conversation before the sentence.
    ///   - tasks: all of the user's, those that are done and those in the trash too.
    ///   - context: who says it, when and where.
    public static func interpret(
        _ sentence: String, topic: ChatTopic, tasks: [KnownTask], in context: LanguageContext
    ) -> Reply {
        let talk = Talk(tasks: tasks, topic: topic, context: context)
        return Conclusion(talk: talk, result: talk.answer(sentence)).reply()
    }
}
