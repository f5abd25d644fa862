import CivilTime
import Recurrence

/// A recurrence that was read, and what was said with it about its first date.
struct RecurrenceMatch {
    var rule: RecurrenceRule
    var anchor = ParsedRecurrence.Anchor.schedule
    /// "starting jan 5".
    var start: DateMatch?
    /// The time of day; further ones are in the rule.
    var time: TimeMatch?
    /// How long it goes on from its start: "for 3 weeks".
    var length: Amount?

    init(_ rule: RecurrenceRule) {
        self.rule = rule
    }
}

extension RecurrenceRule {
    /// Monthly on that day, or the last one of shorter months: what people mean by "on the 31st".
    static func monthly(on days: [Int], interval: Int = 1) -> RecurrenceRule {
        var rule = RecurrenceRule(.monthly, interval: interval)
        rule.monthDays = days.sorted()
        if days.count == 1, let day = days.first, day > 28 {
            (rule.monthDays, rule.positions) = (Array(28...day), [-1])
        }
        return rule
    }

    static func weekly(on days: [Weekday], interval: Int = 1) -> RecurrenceRule {
        var rule = RecurrenceRule(.weekly, interval: interval)
        rule.days = Set(days).sorted { $0.rawValue < $1.rawValue }.map { Day($0) }
        return rule
    }

    static let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
}
