public import CivilTime

/// What a conversation is about: all that one sentence leaves for the next. Plain values, so that whoever keeps the
/// conversation can keep it too.
public struct ChatTopic: Hashable, Sendable {
    /// A question that the last answer asked.
    public struct Question: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            /// Which of these tasks is meant.
            case which
            /// Whether to do it to all of these tasks.
            case whether
            /// Whether the nearest task is meant, since nothing fits.
            case nearest
            /// What is to be done, or with what: the sentence is not complete.
            case what
        }

        public var kind: Kind
        /// What was said, to be done once the question is answered.
        public var sentence: String
        /// By number, in the order they were shown.
        public var tasks: [Int]
        /// What the user's clock showed: "tomorrow" in ``sentence`` counts from there.
        public var askedAt: LocalDateTime

        public init(kind: Kind, sentence: String, tasks: [Int], askedAt: LocalDateTime) {
            self.kind = kind
            self.sentence = sentence
            self.tasks = tasks
            self.askedAt = askedAt
        }
    }

    /// The tasks of the last list by number, in the order they were shown: "the second one".
    public var listed: [Int]
    /// The tasks that were spoken of last, by number: "it", "them".
    public var named: [Int]
    public var question: Question?
    /// How many changes of this conversation can be undone.
    public var changes: Int
    /// What was done last, such as `move`: "and the invoice to monday".
    public var lastVerb: String?
    /// What was said to do it: "the other one too".
    public var lastSentence: String?
    /// How often a sentence is said once more within itself.
    var depth = 0

    public init(
        listed: [Int] = [], named: [Int] = [], question: Question? = nil, changes: Int = 0, lastVerb: String? = nil,
        lastSentence: String? = nil
    ) {
        self.listed = listed
        self.named = named
        self.question = question
        self.changes = changes
        self.lastVerb = lastVerb
        self.lastSentence = lastSentence
    }

    /// The topic with other numbers for tasks: a task that was foreseen may get another one when it is made.
    public func renumbered(_ numbers: [Int: Int]) -> ChatTopic {
        var topic = self
        topic.listed = listed.map { numbers[$0] ?? $0 }
        topic.named = named.map { numbers[$0] ?? $0 }
        return topic
    }
}
