import CivilTime

/// The parts of a rule that say which days count.
struct DayFilter: Sendable {
    private let monthDays: [Int]
    private let yearDays: [Int]
    private let weekNumbers: [Int]
    private let weekStart: Weekday
    /// Bit `weekday` for each weekday without an ordinal.
    private let weekdayMask: Int
    private let ordinals: [RecurrenceRule.Day]
    /// Whether an ordinal counts within the month rather than the year.
    private let countsInMonth: Bool

    init(_ rule: RecurrenceRule) {
        monthDays = rule.monthDays
        yearDays = rule.yearDays
        weekNumbers = rule.weekNumbers
        weekStart = rule.weekStart
        weekdayMask = rule.days.reduce(0) { $1.ordinal == nil ? $0 | 1 << $1.weekday.rawValue : $0 }
        ordinals = rule.days.filter { $0.ordinal != nil }
        countsInMonth = rule.frequency == .monthly || !rule.months.isEmpty
    }

    /// Whether the rule names no days at all.
    var allowsAll: Bool {
        monthDays.isEmpty && yearDays.isEmpty && weekNumbers.isEmpty && weekdayMask == 0 && ordinals.isEmpty
    }

    /// - Parameter day: `date` as days since the epoch.
    func allows(_ date: LocalDate, day: Int) -> Bool {
        if !monthDays.isEmpty {
            let fromEnd = date.day - LocalDate.days(inMonth: date.month, of: date.year) - 1
            guard monthDays.contains(where: { $0 == date.day || $0 == fromEnd }) else { return false }
        }
        if !yearDays.isEmpty {
            let number = dayOfYear(day, in: date.year)
            let fromEnd = number - yearLength(date.year) - 1
            guard yearDays.contains(where: { $0 == number || $0 == fromEnd }) else { return false }
        }
        if !weekNumbers.isEmpty {
            let (number, count) = week(of: day)
            guard weekNumbers.contains(where: { $0 == number || $0 == number - count - 1 }) else { return false }
        }
        guard weekdayMask != 0 || !ordinals.isEmpty else { return true }
        let weekday = weekdayIndex(day)
        return weekdayMask & 1 << weekday != 0
            || ordinals.contains { $0.weekday.rawValue == weekday && isOrdinal($0.ordinal ?? 1, date, day) }
    }

    private func isOrdinal(_ ordinal: Int, _ date: LocalDate, _ day: Int) -> Bool {
        let (position, length) =
            countsInMonth
            ? (date.day, LocalDate.days(inMonth: date.month, of: date.year))
            : (dayOfYear(day, in: date.year), yearLength(date.year))
        return ordinal > 0 ? (position - 1) / 7 + 1 == ordinal : (length - position) / 7 + 1 == -ordinal
    }

    /// The number of the week `day` lies in, and how many weeks that week's year has. Week 1 is the first
    /// with at least four days in the year (ISO 8601, with the rule's first day of the week).
    private func week(of day: Int) -> (number: Int, count: Int) {
        func weekOfFourthDay(_ day: Int) -> (year: Int, number: Int) {
            let fourth = day - (weekdayIndex(day) - weekStart.rawValue + 7) % 7 + 3
            let year = LocalDate(daysSinceEpoch: fourth).year
            return (year, (dayOfYear(fourth, in: year) - 1) / 7 + 1)
        }
        let (year, number) = weekOfFourthDay(day)
        let newYear = firstDay(of: year + 1)
        let last = weekOfFourthDay(newYear - 1)
        return (number, last.year == year ? last.number : weekOfFourthDay(newYear - 8).number)
    }

    private func yearLength(_ year: Int) -> Int { LocalDate.isLeap(year) ? 366 : 365 }

    private func dayOfYear(_ day: Int, in year: Int) -> Int { day - firstDay(of: year) + 1 }
}
