import CivilTime

/// A VALARM (RFC 5545 §3.6.6): what reminds of a to-do or an event.
enum CalendarAlarm {
    enum Trigger {
        case moment(Instant)
        /// From what the due date shows on the clock, or the midnight that begins its day.
        case offset(isNegative: Bool, CalendarSpan)

        var text: String {
            switch self {
            case .moment(let instant): ICalendarValue.text(instant)
            case .offset(let isNegative, let span):
                (isNegative && !span.isZero ? "-" : "") + ICalendarValue.text(span)
            }
        }
    }

    /// - Parameter allDay: what reminders are counted from where the task is due on a day.
    /// - Returns: nil for one that needs a due date where there is none.
    static func trigger(_ reminder: PortableReminder, due: PortableDue?, allDay: LocalTime) -> Trigger? {
        switch reminder.moment {
        case .at(let instant): return .moment(instant)
        case .before(let span):
            guard let due else { return nil }
            if due.time != nil { return .offset(isNegative: true, span) }
            return offset(seconds: allDay.secondOfDay - span.seconds, daysBefore: span.days)
        case .onDay(let days, let time):
            guard let due else { return nil }
            return offset(seconds: time.secondOfDay - (due.time ?? .midnight).secondOfDay, daysBefore: days)
        }
    }

    private static func offset(seconds: Int, daysBefore: Int) -> Trigger {
        if daysBefore == 0 || seconds <= 0 {
            let span = CalendarSpan(days: daysBefore, seconds: abs(seconds))
            return .offset(isNegative: seconds < 0 || daysBefore > 0, span)
        }
        // A trigger has one sign: a day before at a later time is less than a day before.
        let total = daysBefore * 86_400 - seconds
        let span = CalendarSpan(days: abs(total) / 86_400, seconds: abs(total) % 86_400)
        return .offset(isNegative: total > 0, span)
    }

    /// The reminder of a trigger that is so far from the due date.
    ///
    /// - Returns: nil for days after the task is due.
    static func reminder(_ isNegative: Bool, _ span: CalendarSpan, due: PortableDue) -> PortableReminder? {
        if due.time != nil, isNegative || span.isZero { return PortableReminder(.before(span)) }
        guard abs(span.days) < 100_000, span.seconds < 100_000 * 86_400 else { return nil }
        let length = span.days * 86_400 + span.seconds
        let due = LocalDateTime(due.date, due.time ?? .midnight)
        let seconds = due.wallSeconds + (isNegative ? -length : length)
        guard (LocalDateTime.earliestSeconds...LocalDateTime.latestSeconds).contains(seconds) else { return nil }
        let local = LocalDateTime(wallSeconds: seconds)
        let daysBefore = due.date.daysSinceEpoch - local.date.daysSinceEpoch
        return daysBefore >= 0 ? PortableReminder(.onDay(daysBefore: daysBefore, local.time)) : nil
    }
}

extension LocalDateTime {
    /// Of year 1 and of year 9999.
    static let earliestSeconds = -62_135_596_800
    static let latestSeconds = 253_402_300_799
}
