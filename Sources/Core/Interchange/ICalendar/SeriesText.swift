import CivilTime
import Recurrence

/// A series as iCalendar tells it: from the occurrence that is due on, which RFC 5545 §3.8.5.3 takes for the first.
struct SeriesText {
    private let recurrence: PortableRecurrence
    private let due: PortableDue
    private let zone: Zone

    /// - Parameter zone: that of the person, for due dates without one.
    init(_ recurrence: PortableRecurrence, due: PortableDue, zone: Zone) {
        self.recurrence = recurrence
        self.due = due
        self.zone = due.zone ?? zone
    }

    private var first: LocalDateTime { LocalDateTime(due.date, due.time ?? .midnight) }

    /// The rule with COUNT counted from the occurrence that is due, and UNTIL of the kind of value that the due date
    /// has: UTC where it has a zone (§3.3.10).
    func rule(_ rule: RecurrenceRule) -> RecurrenceRule {
        var told = rule
        switch rule.end {
        case .never: break
        case .count(let count): told.end = .count(max(count - passed(rule, count), 1))
        case .until(let until): told.end = .until(self.until(until))
        }
        return told
    }

    private func until(_ until: RecurrenceRule.Until) -> RecurrenceRule.Until {
        let end = LocalTime(hour: 23, minute: 59, second: 59) ?? .midnight
        if due.time == nil {
            switch until {
            case .date: return until
            case .local(let local): return .date(local.date)
            case .utc(let instant): return .date(zone.localDateTime(at: instant).date)
            }
        }
        switch until {
        case .date(let date):
            let local = LocalDateTime(date, end)
            return due.zone == nil ? .local(local) : .utc(zone.instant(of: local).withinYears)
        case .local(let local): return due.zone == nil ? until : .utc(zone.instant(of: local).withinYears)
        case .utc(let instant): return due.zone == nil ? .local(zone.localDateTime(at: instant)) : until
        }
    }

    /// Occurrences before the one that is due, those left out among them.
    private func passed(_ rule: RecurrenceRule, _ count: Int) -> Int {
        guard let start = recurrence.start, start < first else { return 0 }
        let set = RecurrenceSet(start: start, rule: rule, zone: zone)
        let range = zone.instant(of: start) - .days(2)..<zone.instant(of: first)
        return set.occurrences(in: range, limit: count).reduce(0) { passed, _ in passed + 1 }
    }

    /// Dates that are left out, as times of the occurrences of those days where the due date has a time.
    var excluded: [LocalDateTime] {
        let days = recurrence.excludedDays.map { LocalDateTime($0, .midnight) }
        guard let time = due.time else {
            return days + recurrence.excludedTimes.map { LocalDateTime($0.date, .midnight) }
        }
        var times: [LocalDateTime] = []
        for day in recurrence.excludedDays {
            let found = occurrences(on: day)
            times += found.isEmpty ? [LocalDateTime(day, time)] : found
        }
        return times + recurrence.excludedTimes
    }

    private func occurrences(on day: LocalDate) -> [LocalDateTime] {
        guard case .rule(let rule) = recurrence.source, !rule.hours.isEmpty || rule.frequency == .hourly,
            day.year < 9999
        else { return [] }
        let set = RecurrenceSet(start: recurrence.start ?? first, rule: rule, zone: zone)
        let begin = zone.instant(of: day, at: .midnight)
        return set.occurrences(in: begin..<zone.instant(of: day.adding(days: 1), at: .midnight), limit: 1_440)
            .map(\.local)
    }
}
