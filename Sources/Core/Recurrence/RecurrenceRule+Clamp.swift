public import CivilTime

extension RecurrenceRule {
    /// The rule as people mean it who say "every month" or "every year" on `date`: from the 29th on, the last day of
    /// shorter months, and the day itself again in longer ones; from 29 February, the 28th of other years.
    ///
    /// Rules that name days or months themselves stay as they are. Whoever writes an RRULE means what RFC 5545 says,
    /// so this is for words alone.
    public func clamped(to date: LocalDate) -> RecurrenceRule {
        guard isPlain else { return self }
        var rule = self
        if frequency == .monthly, date.day > 28 {
            rule.monthDays = Array(28...date.day)
        } else if frequency == .yearly, date.month == 2, date.day == 29 {
            (rule.months, rule.monthDays) = ([2], [28, 29])
        } else {
            return self
        }
        // The last of these days, at each of its times.
        let times = max(hours.count, 1) * max(minutes.count, 1) * max(seconds.count, 1)
        rule.positions = (1...times).reversed().map { -$0 }
        return rule
    }

    /// Whether it names no days, so that they are those of its start.
    public var isPlain: Bool {
        months.isEmpty && weekNumbers.isEmpty && yearDays.isEmpty && monthDays.isEmpty && days.isEmpty
            && positions.isEmpty
    }
}
