import CivilTime
import Recurrence

/// How often a task of Taskwarrior comes again (`recur`): names such as `weekly`, numbers with a unit such as `3days`,
/// and durations of ISO 8601 such as `P1M`.
enum TaskwarriorRecurrence {
    /// - Returns: nil for what is none of them, and for what comes more often than hourly.
    static func rule(_ text: String) -> RecurrenceRule? {
        let word = text.trimmed.lowered
        guard !word.isEmpty, word.utf8.count <= 40 else { return nil }
        if word == "weekdays" {
            var rule = RecurrenceRule(.weekly)
            rule.days = [.monday, .tuesday, .wednesday, .thursday, .friday].map { RecurrenceRule.Day($0) }
            return rule
        }
        if let (count, unit) = names[word] { return rule(count, unit) }
        if word.hasPrefix("p") { return iso(word.uppercased()) }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), let unit = unit(String(word.dropFirst(digits.count)).trimmed) else { return nil }
        return rule(count, unit)
    }

    private enum Unit {
        case hour, day, week, month, year
    }

    private static let names: [String: (Int, Unit)] = [
        "hourly": (1, .hour), "daily": (1, .day), "day": (1, .day), "weekly": (1, .week), "sennight": (1, .week),
        "biweekly": (2, .week), "fortnight": (2, .week), "monthly": (1, .month), "bimonthly": (2, .month),
        "quarterly": (3, .month), "semiannual": (6, .month), "annual": (1, .year), "yearly": (1, .year),
        "biannual": (2, .year), "biyearly": (2, .year),
    ]

    private static func unit(_ name: String) -> Unit? {
        switch name {
        case "h", "hr", "hrs", "hour", "hours": .hour
        case "d", "day", "days": .day
        case "w", "wk", "wks", "week", "weeks": .week
        case "mo", "mos", "mth", "mths", "mnth", "mnths", "month", "months": .month
        case "y", "yr", "yrs", "year", "years": .year
        default: nil
        }
    }

    private static func rule(_ count: Int, _ unit: Unit) -> RecurrenceRule? {
        guard (1...RecurrenceRule.intervalMax).contains(count) else { return nil }
        return switch unit {
        case .hour: RecurrenceRule(.hourly, interval: count)
        case .day: RecurrenceRule(.daily, interval: count)
        case .week: RecurrenceRule(.weekly, interval: count)
        case .month: RecurrenceRule(.monthly, interval: count)
        case .year: RecurrenceRule(.yearly, interval: count)
        }
    }

    /// Years and months together, or days, or hours: no rule has more than one of these.
    private static func iso(_ text: String) -> RecurrenceRule? {
        if let span = CalendarSpan(text) {
            if span.seconds == 0 { return rule(span.days, .day) }
            return span.days == 0 && span.seconds.isMultiple(of: 3600) ? rule(span.seconds / 3600, .hour) : nil
        }
        var rest = text.dropFirst().utf8[...]
        var months = 0
        for (letter, length) in [(UInt8(ascii: "Y"), 12), (UInt8(ascii: "M"), 1)] {
            let digits = rest.prefix(while: \.isDigit)
            guard (1...4).contains(digits.count), rest[digits.endIndex...].first == letter,
                let number = Int(Substring(digits))
            else { continue }
            months += number * length
            rest = rest[digits.endIndex...].dropFirst()
        }
        guard rest.isEmpty else { return nil }
        return months.isMultiple(of: 12) ? rule(months / 12, .year) : rule(months, .month)
    }
}
