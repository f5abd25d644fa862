import CivilTime

extension RecurrenceRule {
    /// The rule with its lists sorted and without repeats.
    ///
    /// - Throws: ``RecurrenceRuleError`` for values out of range and for combinations that RFC 5545 §3.3.10
    ///   forbids.
    public func validated() throws(RecurrenceRuleError) -> RecurrenceRule {
        var rule = self
        rule.months = try RecurrenceRule.sorted(months, part: "BYMONTH", 1...12, signed: false)
        rule.weekNumbers = try RecurrenceRule.sorted(weekNumbers, part: "BYWEEKNO", 1...53, signed: true)
        rule.yearDays = try RecurrenceRule.sorted(yearDays, part: "BYYEARDAY", 1...366, signed: true)
        rule.monthDays = try RecurrenceRule.sorted(monthDays, part: "BYMONTHDAY", 1...31, signed: true)
        rule.hours = try RecurrenceRule.sorted(hours, part: "BYHOUR", 0...23, signed: false)
        rule.minutes = try RecurrenceRule.sorted(minutes, part: "BYMINUTE", 0...59, signed: false)
        rule.seconds = try RecurrenceRule.sorted(seconds, part: "BYSECOND", 0...59, signed: false)
        rule.positions = try RecurrenceRule.sorted(positions, part: "BYSETPOS", 1...366, signed: true)
        rule.days = try sortedDays()
        try checkNumbers()
        try rule.checkCombinations()
        return rule
    }

    private static func sorted(
        _ values: [Int], part: String, _ range: ClosedRange<Int>, signed: Bool
    ) throws(RecurrenceRuleError) -> [Int] {
        for value in values where !range.contains(signed ? abs(value) : value) {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            let below = signed ? ", or the same below zero" : ""
            throw RecurrenceRuleError(part: part, detail: "Numbers must be \(bounds)\(below).")
        }
        return Set(values).sorted()
    }

    private func sortedDays() throws(RecurrenceRuleError) -> [Day] {
        for day in days where !(1...53).contains(abs(day.ordinal ?? 1)) {
            throw RecurrenceRuleError(part: "BYDAY", detail: "Ordinals must be 1 to 53, or the same below zero.")
        }
        return Set(days).sorted { ($0.ordinal ?? 0, $0.weekday.rawValue) < ($1.ordinal ?? 0, $1.weekday.rawValue) }
    }

    private func checkNumbers() throws(RecurrenceRuleError) {
        guard (1...RecurrenceRule.intervalMax).contains(interval) else {
            throw RecurrenceRuleError(part: "INTERVAL", detail: "Must be 1 to \(RecurrenceRule.intervalMax).")
        }
        if case .count(let count) = end, !(1...RecurrenceRule.countMax).contains(count) {
            throw RecurrenceRuleError(part: "COUNT", detail: "Must be 1 to \(RecurrenceRule.countMax).")
        }
    }

    private func checkCombinations() throws(RecurrenceRuleError) {
        func refuse(_ part: String, _ detail: String) throws(RecurrenceRuleError) {
            throw RecurrenceRuleError(part: part, detail: detail)
        }
        if !weekNumbers.isEmpty, frequency != .yearly {
            try refuse("BYWEEKNO", "Is for yearly rules only.")
        }
        if !yearDays.isEmpty, [.daily, .weekly, .monthly].contains(frequency) {
            try refuse("BYYEARDAY", "Is not for daily, weekly or monthly rules.")
        }
        if !monthDays.isEmpty, frequency == .weekly {
            try refuse("BYMONTHDAY", "Is not for weekly rules.")
        }
        if days.contains(where: { $0.ordinal != nil }) {
            if frequency != .monthly, frequency != .yearly {
                try refuse("BYDAY", "Ordinals are for monthly and yearly rules only.")
            }
            if !weekNumbers.isEmpty {
                try refuse("BYDAY", "Ordinals cannot be combined with BYWEEKNO.")
            }
        }
        let times = max(hours.count, 1) * max(minutes.count, 1) * max(seconds.count, 1)
        if times > RecurrenceRule.timesPerDayMax {
            try refuse("BYHOUR", "More than \(RecurrenceRule.timesPerDayMax) times a day.")
        }
        if !positions.isEmpty, !hasOtherByPart {
            try refuse("BYSETPOS", "Needs another BY part to choose from.")
        }
    }

    private var hasOtherByPart: Bool {
        !(months.isEmpty && weekNumbers.isEmpty && yearDays.isEmpty && monthDays.isEmpty && days.isEmpty
            && hours.isEmpty && minutes.isEmpty && seconds.isEmpty)
    }
}
