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

private func gcd(_ left: Int, _ right: Int) -> Int { right == 0 ? left : gcd(right, left % right) }
