public import TaskLanguage

/// What a sentence asks for.
public enum Intent: Hashable, Sendable {
    /// One after the other.
    case act([Action])
    /// Nothing is done before the user has answered.
    case ask(Question)
    /// Something that is only to be told.
    case tell(Telling)
    /// Nothing can be done, and why.
    case decline(Refusal)

    /// Asked of the user.
    public struct Question: Hashable, Sendable {
        public var kind: ChatTopic.Question.Kind
        /// By number, in the order they are shown.
        public var tasks: [Int]
        /// What is to be done, such as `delete`.
        public var verb: Verb
    }
}

/// One change, in the terms of the tools (product §7). Tasks go by number.
public enum Action: Hashable, Sendable {
    /// `number` is foreseen: it may become another one.
    case add(NewTask, number: Int)
    case complete([Int])
    case reopen([Int])
    case delete([Int])
    case restore([Int])
    case rename(Int, title: String)
    /// The whole text afterwards.
    case describe(Int, text: String)
    /// Nil for no due date any more.
    case move(Int, due: ParsedDue?)
    /// A rule, and the first date where the task has none that fits.
    case repeats(Int, ParsedRecurrence, due: ParsedDue?)
    case prioritise([Int], ParsedPriority)
    case tag([Int], [String])
    case untag([Int], [String])
    /// The whole list afterwards.
    case remind(Int, [ParsedReminder])
    case skip([Int])
    case endSeries([Int])
    /// The last change of the conversation.
    case undo

    /// The tasks it changes.
    public var numbers: [Int] {
        switch self {
        case .add(_, let number): [number]
        case .complete(let numbers), .reopen(let numbers), .delete(let numbers), .restore(let numbers),
            .skip(let numbers), .endSeries(let numbers), .prioritise(let numbers, _), .tag(let numbers, _),
            .untag(let numbers, _):
            numbers
        case .rename(let number, _), .describe(let number, _), .move(let number, _), .repeats(let number, _, _),
            .remind(let number, _):
            [number]
        case .undo: []
        }
    }
}

/// A task to be made.
public struct NewTask: Hashable, Sendable {
    public var title: String
    public var due: ParsedDue?
    public var recurrence: ParsedRecurrence?
    public var priority: ParsedPriority?
    public var tags: [String]
    public var reminders: [ParsedReminder]

    public init(
        title: String, due: ParsedDue? = nil, recurrence: ParsedRecurrence? = nil, priority: ParsedPriority? = nil,
        tags: [String] = [], reminders: [ParsedReminder] = []
    ) {
        self.title = title
        self.due = due
        self.recurrence = recurrence
        self.priority = priority
        self.tags = tags
        self.reminders = reminders
    }
}

/// Something to be told; nothing changes.
public enum Telling: Hashable, Sendable {
    /// These tasks, in this order.
    case tasks([Int])
    case count(Int, [Int])
    /// When it is due.
    case due([Int])
    /// Whether it is done.
    case status([Int])
    case details(Int)
    /// A question was dropped: nothing was done.
    case dropped
    case greeting
    case thanks
    case help
}

/// Why nothing is done.
public enum Refusal: Hashable, Sendable {
    case notUnderstood
    /// No task fits these words; these come nearest.
    case nothingFits(String, nearest: [Int])
    case noSuchNumber(Int)
    case nothingToUndo
    /// Has no due date to count from.
    case noDue(Int)
    /// Is due on a day without a time.
    case noTime(Int)
    case notRecurring(Int)
    case alreadyDone([Int])
    case notDone([Int])
    case notDeleted([Int])
    /// These words are no date that can be read.
    case unclearDate(String)
    case unclearAnswer
    /// Which task is meant was not said.
    case noTask
    case tooMany(Int)
}

/// What a sentence wants done or told.
public enum Verb: String, CaseIterable, Hashable, Sendable {
    case undo, help, greet, thank
    case count, finished, when, status, details, list, agenda, find
    case complete, reopen, delete, restore, rename, describe, note, moveTo, later, earlier, clearDue, prioritise
    case tag, untag, remindBefore, remindAt, unremind, snooze, skip, endSeries, repeats, add, correct, countListed
    case alsoWhen, deed, again, remark, listAgain, unfinished, retag, instead
}

extension Verb {
    /// Whether something is changed by it.
    var changes: Bool {
        switch self {
        case .undo, .help, .greet, .thank, .count, .finished, .when, .status, .details, .list, .agenda, .find,
            .countListed,
            .alsoWhen, .remark, .listAgain, .unfinished, .again:
            false
        default: true
        }
    }
}

/// What an answer to a sentence is, and what the conversation is about after it.
public struct Reply: Hashable, Sendable {
    public var intent: Intent
    public var topic: ChatTopic
    /// What to say, in the user's language: numbers, titles, absolute dates and the zone.
    public var text: String
    /// Whether the sentence was taken as an answer to the question that the topic had.
    public var isAnswer = false
}
