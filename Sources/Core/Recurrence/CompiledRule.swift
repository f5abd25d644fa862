import CivilTime

/// A rule and its start, with every part that the rule leaves out taken from the start (RFC 5545 §3.3.10), in
/// the form in which occurrences are computed. Times are wall seconds; see ``LocalDateTime/wallSeconds``.
struct CompiledRule: Sendable {
    /// Nothing happens after this year.
    static let lastYear = 2999

    let rule: RecurrenceRule
    let start: LocalDateTime
    let startSeconds: Int
    let startDay: Int
    /// Bit `month` for each allowed month; all of them when the rule does not say.
    let monthMask: Int
    let days: DayFilter
    /// Seconds after the beginning of the day, or of the hour for an hourly rule; sorted.
    let times: [Int]
    /// Bit `hour` for each hour that an hourly rule allows.
    let hourMask: Int
    /// Whether the interval steps over every hour or weekday that the rule allows, for ever.
    let isVain: Bool

    init(_ rule: RecurrenceRule, start: LocalDateTime) {
        var filled = rule
        let namesDays = !(rule.weekNumbers + rule.yearDays + rule.monthDays).isEmpty || !rule.days.isEmpty
        switch rule.frequency {
        case .hourly, .daily: break
        case .weekly:
            if rule.days.isEmpty { filled.days = [RecurrenceRule.Day(start.date.weekday)] }
        case .monthly:
            if !namesDays { filled.monthDays = [start.date.day] }
        case .yearly:
            if !rule.weekNumbers.isEmpty, rule.yearDays.isEmpty, rule.monthDays.isEmpty, rule.days.isEmpty {
                filled.days = [RecurrenceRule.Day(start.date.weekday)]
            } else if !namesDays {
                filled.monthDays = [start.date.day]
                if rule.months.isEmpty { filled.months = [start.date.month] }
            }
        }
        self.rule = filled
        self.start = start
        startSeconds = start.wallSeconds
        startDay = start.date.daysSinceEpoch
        monthMask = filled.months.isEmpty ? 0x1FFE : filled.months.reduce(0) { $0 | 1 << $1 }
        days = DayFilter(filled)
        times = CompiledRule.times(filled, start: start.time)
        hourMask = filled.hours.isEmpty ? 0xFF_FFFF : filled.hours.reduce(0) { $0 | 1 << $1 }
        isVain = CompiledRule.isVain(filled, start: start)
    }

    private static func isVain(_ rule: RecurrenceRule, start: LocalDateTime) -> Bool {
        func meets(_ wanted: [Int], from first: Int, of cycle: Int) -> Bool {
            wanted.isEmpty || wanted.contains { ($0 - first) % gcd(rule.interval, cycle) == 0 }
        }
        switch rule.frequency {
        case .hourly: return !meets(rule.hours, from: start.time.hour, of: 24)
        case .daily: return !meets(rule.days.map(\.weekday.rawValue), from: start.date.weekday.rawValue, of: 7)
        case .monthly: return !meets(rule.months, from: start.date.month, of: 12)
        case .weekly, .yearly: return false
        }
    }

    private static func times(_ rule: RecurrenceRule, start: LocalTime) -> [Int] {
        let hours = rule.frequency == .hourly ? [0] : rule.hours.isEmpty ? [start.hour] : rule.hours
        let minutes = rule.minutes.isEmpty ? [start.minute] : rule.minutes
        let seconds = rule.seconds.isEmpty ? [start.second] : rule.seconds
        var times: [Int] = []
        for hour in hours {
            for minute in minutes {
                for second in seconds { times.append(hour * 3600 + minute * 60 + second) }
            }
        }
        return times
    }

    /// Whether the month of that day is one of the rule's.
    func allowsMonth(_ month: Int) -> Bool { monthMask & 1 << month != 0 }
}

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

private func gcd(_ left: Int, _ right: Int) -> Int { right == 0 ? left : gcd(right, left % right) }

/// 1 January as days since the epoch.
func firstDay(of year: Int) -> Int {
    let before = year - 1
    return before * 365 + before / 4 - before / 100 + before / 400 - 719_162
}

/// Monday 0 to Sunday 6; 1970-01-01 was a Thursday.
func weekdayIndex(_ day: Int) -> Int {
    let index = (day + 3) % 7
    return index < 0 ? index + 7 : index
}
