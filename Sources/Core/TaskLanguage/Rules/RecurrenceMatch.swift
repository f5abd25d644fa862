import CivilTime
import Recurrence

/// A recurrence that was read, and what was said with it about its first date.
struct RecurrenceMatch {
    var rule: RecurrenceRule
    var anchor = ParsedRecurrence.Anchor.schedule
    /// "starting jan 5", "starting 6pm".
    var start: DuePiece?
    /// The time of day; further ones are in the rule.
    var time: TimeMatch?
    /// How long it goes on from its start: "for 3 weeks".
    var length: Amount?
    /// An adverb before other words ("biweekly call with Ben"): it only counts beside days that come again.
    var isWeak = false
    /// Several times of a day that no one rule has.
    var hasUnreadTimes = false
    /// Only a month was said, so its first day was taken.
    var assumesFirst = false

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

    /// Without these days of the week; nil where nothing would be left, or the rule does not go by days.
    func without(_ weekdays: [Weekday]) -> RecurrenceRule? {
        guard interval == 1, monthDays.isEmpty, positions.isEmpty, days.allSatisfy({ $0.ordinal == nil }) else {
            return nil
        }
        let before: [Weekday]
        switch frequency {
        case .daily where days.isEmpty: before = Weekday.allCases
        case .weekly where !days.isEmpty: before = days.map(\.weekday)
        default: return nil
        }
        let rest = before.filter { !weekdays.contains($0) }
        guard !rest.isEmpty, rest.count < before.count else { return nil }
        var rule = RecurrenceRule.weekly(on: rest)
        (rule.end, rule.hours, rule.minutes) = (end, hours, minutes)
        return rule
    }

    /// Without these months.
    func without(months excluded: [Int]) -> RecurrenceRule? {
        guard months.isEmpty, frequency != .yearly, frequency != .hourly else { return nil }
        var rule = self
        rule.months = (1...12).filter { !excluded.contains($0) }
        return rule.months.isEmpty ? nil : rule
    }

    static let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
}
