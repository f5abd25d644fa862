public import TaskLanguage

/// Why an answer is not what a model would have said.
public enum ChatRemark: String, CaseIterable, Hashable, Sendable {
    case notAllowed = "model_not_allowed"
    case notFound = "model_not_found"
    case overused = "model_overused"
    case promptTooLong = "prompt_too_long"
    case filtered = "model_filtered"
    case unavailable = "model_unavailable"
    case notUnderstood = "model_not_understood"
    /// It took longer than a message may.
    case tooSlow = "model_too_slow"
    /// It went on and on.
    case stopped = "model_stopped"
    /// Its answer was cut by the server that runs it.
    case cut = "answer_cut"
}

/// Something that is to be done once the user agrees.
public struct ProposedDeed: Hashable, Sendable {
    /// The tool that does it.
    public let tool: String
    /// By number and title.
    public let tasks: [(number: Int, title: String)]
    /// What it says beside: `title: Milk`.
    public let details: [String]

    public init(tool: String, tasks: [(number: Int, title: String)], details: [String]) {
        self.tool = tool
        self.tasks = tasks
        self.details = details
    }

    public static func == (left: ProposedDeed, right: ProposedDeed) -> Bool {
        left.tool == right.tool && left.details == right.details
            && left.tasks.elementsEqual(right.tasks) { $0.number == $1.number && $0.title == $1.title }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(tool)
        hasher.combine(tasks.map(\.number))
        hasher.combine(details)
    }
}

/// What is said in a chat that a model takes part in, in the user's language.
public struct ChatPhrases: Sendable {
    private let words: ModelWording
    private let talk: TalkWords

    public init(_ language: Language) {
        words = ModelWording.of(language)
        talk = TalkWords.of(language)
    }

    /// - Parameter isAnswered: whether the answer comes from the interpreter instead.
    public func text(of remark: ChatRemark, isAnswered: Bool) -> String {
        let reason = words.remarks[remark] ?? remark.rawValue
        return isAnswered ? "\(reason) \(words.answered)" : reason
    }

    /// Whether the user agrees; nil where the text is neither a yes nor a no.
    public func agrees(_ text: String) -> Bool? {
        let said = Sentence(text).words.map(\.text)
        if talk.yes.contains(said) { return true }
        return talk.no.contains(said) ? false : nil
    }

    /// What is said when the user does not agree.
    public var dropped: String { talk.say.dropped }

    /// Asks whether to do it.
    public func question(about deeds: [ProposedDeed]) -> String {
        let lines = deeds.map { deed in
            var line = words.deeds[deed.tool] ?? deed.tool
            if !deed.tasks.isEmpty {
                line += ": " + deed.tasks.map { talk.say.numbered($0.number, $0.title) }.joined(separator: ", ")
            }
            if !deed.details.isEmpty { line += " (\(deed.details.joined(separator: "; ")))" }
            return "\(line)."
        }
        return "\(words.shall)\n\(lines.joined(separator: "\n"))"
    }
}
