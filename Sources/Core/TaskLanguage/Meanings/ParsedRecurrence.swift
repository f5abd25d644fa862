public import Recurrence

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
