import CivilTime
import Recurrence

/// Says a rule in the words of one language.
struct RecurrenceWriter {
    let phrases: Vocabulary.Phrases
    let recurrence: ParsedRecurrence

    private var rule: RecurrenceRule { recurrence.rule }

    func text() -> String? {
        guard rule.weekStart == .monday, rule.weekNumbers.isEmpty, rule.yearDays.isEmpty, rule.hours.isEmpty,
            rule.minutes.isEmpty, rule.seconds.isEmpty, let body = body(), let end = end()
        else { return nil }
        return marked(body) + end
    }

    /// `every!` counts from completion.
    private func marked(_ text: String) -> String {
        guard recurrence.anchor == .completion, let space = text.firstIndex(of: " ") else { return text }
        return text[..<space] + "!" + text[space...]
    }

    private func body() -> String? {
        switch rule.frequency {
        case .hourly: isPlain ? every(.hour) : nil
        case .daily: isPlain ? every(.day) : nil
        case .weekly: weekly()
        case .monthly: monthly()
        case .yearly: yearly()
        }
    }

    private var isPlain: Bool {
        rule.months.isEmpty && rule.monthDays.isEmpty && rule.days.isEmpty && rule.positions.isEmpty
    }

    private func every(_ unit: Vocabulary.Unit) -> String? {
        if rule.interval == 1 { return phrases.everyOne[unit] }
        return phrases.everyMany[unit].map { "\($0.every) \(rule.interval) \($0.plural)" }
    }

    private func weekly() -> String? {
        guard rule.months.isEmpty, rule.monthDays.isEmpty, rule.positions.isEmpty,
            rule.days.allSatisfy({ $0.ordinal == nil })
        else { return nil }
        if rule.days.isEmpty { return every(.week) }
        let names =
            rule.days.map(\.weekday) == RecurrenceRule.workdays
            ? phrases.workday : list(rule.days.compactMap { phrases.weekdayNames[$0.weekday] })
        if rule.interval == 1 { return "\(phrases.everyWeekday) \(names)" }
        let on = phrases.on.split(separator: " ").first.map(String.init) ?? phrases.on
        return every(.week).map { "\($0) \(on) \(names)" }
    }

    private func monthly() -> String? {
        guard rule.months.isEmpty, let base = every(.month) else { return nil }
        if isPlain { return base }
        if rule.days.isEmpty {
            let days: [Int]
            if rule.positions.isEmpty {
                // Alone, one of the last days in words stops at the end of shorter months, which this rule does not.
                days = rule.monthDays
                if days.count == 1, days[0] > 28 { return nil }
            } else {
                guard let last = rule.monthDays.last, last > 28, rule.positions == [-1],
                    rule.monthDays == Array(28...last)
                else { return nil }
                days = [last]
            }
            guard days.allSatisfy({ $0 > 0 || $0 == -1 }) else { return nil }
            let ordered = days.filter { $0 > 0 } + days.filter { $0 < 0 }
            return "\(base) \(phrases.on) " + list(ordered.map { $0 < 0 ? phrases.lastDay : phrases.ordinal($0) })
        }
        guard rule.monthDays.isEmpty else { return nil }
        if rule.days == RecurrenceRule.workdays.map({ RecurrenceRule.Day($0) }), rule.positions.count == 1,
            let place = place(rule.positions[0], in: 1...31)
        {
            return "\(base) \(phrases.on) \(place) \(phrases.workday)"
        }
        guard rule.positions.isEmpty else { return nil }
        let places = rule.days.compactMap { placed($0, in: 1...5) }
        return places.count == rule.days.count ? "\(base) \(phrases.on) \(list(places))" : nil
    }

    private func yearly() -> String? {
        guard rule.positions.isEmpty, let base = every(.year) else { return nil }
        if isPlain { return base }
        guard rule.months.count == 1 else { return nil }
        let month = phrases.monthNames[rule.months[0] - 1]
        if rule.days.isEmpty, rule.monthDays.count == 1,
            LocalDate(year: 2024, month: rule.months[0], day: rule.monthDays[0]) != nil
        {
            return "\(base) \(phrases.monthDay(month, rule.monthDays[0]))"
        }
        guard rule.days.count == 1, rule.monthDays.isEmpty, let place = placed(rule.days[0], in: 1...5)
        else { return nil }
        return "\(base) \(phrases.on) \(place) \(phrases.ofMonth) \(month)"
    }

    private func placed(_ day: RecurrenceRule.Day, in range: ClosedRange<Int>) -> String? {
        guard let ordinal = day.ordinal, let place = place(ordinal, in: range),
            let name = phrases.weekdayNames[day.weekday]
        else { return nil }
        return "\(place) \(name)"
    }

    private func place(_ ordinal: Int, in range: ClosedRange<Int>) -> String? {
        if ordinal == -1 { return phrases.last }
        return range.contains(ordinal) ? phrases.ordinal(ordinal) : nil
    }

    private func end() -> String? {
        switch rule.end {
        case .never: ""
        case .count(let count): " \(count) \(phrases.times)"
        case .until(.date(let date)): " \(phrases.until) \(date)"
        case .until: nil
        }
    }

    /// "a, b and c"
    private func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) \(phrases.and) \(last)"
    }
}
