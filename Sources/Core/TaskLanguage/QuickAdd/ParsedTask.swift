public import CivilTime
public import Recurrence

/// What a line of quick add says, and where it says it.
public struct ParsedTask: Hashable, Sendable {
    /// What is left when everything understood is taken out; may be empty.
    public var title: String
    public var due: ParsedDue?
    public var recurrence: ParsedRecurrence?
    public var priority: ParsedPriority?
    /// In the order of the text, without repeats.
    public var tags: [String] = []
    public var reminders: [ParsedReminder] = []
    /// Everything understood, in the order of the text; spans do not overlap.
    public var spans: [ParsedSpan] = []
    public var warnings: [ParsedWarning] = []

    public init(title: String) {
        self.title = title
    }
}

/// A due date as words give it.
public struct ParsedDue: Hashable, Sendable {
    public var date: LocalDate
    /// Nil for the whole day.
    public var time: LocalTime?
    /// Only where the words name one.
    public var zone: Zone?

    public init(date: LocalDate, time: LocalTime? = nil, zone: Zone? = nil) {
        self.date = date
        self.time = time
        self.zone = zone
    }
}

/// A recurrence as words give it.
public struct ParsedRecurrence: Hashable, Sendable {
    public enum Anchor: String, Hashable, Sendable {
        /// The next date follows from the rule.
        case schedule
        /// The next date is counted from the day of completion (`every!`, "after completion").
        case completion
    }

    public var rule: RecurrenceRule
    public var anchor: Anchor

    public init(rule: RecurrenceRule, anchor: Anchor = .schedule) {
        self.rule = rule
        self.anchor = anchor
    }
}

public enum ParsedPriority: String, Hashable, Sendable {
    case low, medium, high, urgent
}

public enum ParsedReminder: Hashable, Sendable {
    /// That long before the task is due; 0 for when it is due.
    case before(Duration)
    /// At that time on the user's clock.
    case at(LocalDateTime)
}

/// A piece of the text and what it was read as.
public struct ParsedSpan: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case due, recurrence, priority, tag, reminder
    }

    /// UTF-16 code units, as browsers count.
    public let range: Range<Int>
    public let kind: Kind
    public let text: String

    public init(range: Range<Int>, kind: Kind, text: String) {
        self.range = range
        self.kind = kind
        self.text = text
    }
}

/// Something that could have been meant but was not clear; it stays in the title unless said otherwise.
public struct ParsedWarning: Hashable, Sendable {
    /// Stable, for programs: `unclear_date`, `past_date` …
    public let code: String
    /// A sentence for a person.
    public let detail: String
    /// UTF-16 code units; nil where it is about the whole line.
    public let range: Range<Int>?

    static func pastDate(_ range: Range<Int>) -> ParsedWarning {
        ParsedWarning(code: "past_date", detail: "This day has passed.", range: range)
    }

    public init(code: String, detail: String, range: Range<Int>?) {
        self.code = code
        self.detail = detail
        self.range = range
    }
}
