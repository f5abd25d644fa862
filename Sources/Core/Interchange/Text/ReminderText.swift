import CivilTime

/// A reminder in a cell of a table: `PT30M` that long before, `09:00` at that time of the day, `P1D@09:00` so many
/// days before at that time, `2026-01-31T08:00:00Z` at that moment. `/PT10M` behind any of them repeats it.
enum ReminderText {
    static func text(_ reminder: PortableReminder) -> String {
        let moment =
            switch reminder.moment {
            case .before(let span): span.description
            case .onDay(0, let time): time.description
            case .onDay(let days, let time): "P\(days)D@\(time)"
            case .at(let instant): instant.description
            }
        return reminder.repeatEvery.map { "\(moment)/\($0)" } ?? moment
    }

    static func reminder(_ text: String) -> PortableReminder? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let first = parts.first, let moment = moment(first) else { return nil }
        guard parts.count == 2 else { return PortableReminder(moment) }
        return CalendarSpan(parts[1]).map { PortableReminder(moment, repeatEvery: $0) }
    }

    private static func moment(_ text: String) -> PortableReminder.Moment? {
        if let span = CalendarSpan(text) { return .before(span) }
        if let time = LocalTime(text) { return .onDay(daysBefore: 0, time) }
        if let instant = Instant(text) { return .at(instant) }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let days = CalendarSpan(parts[0]), days.seconds == 0, let time = LocalTime(parts[1])
        else { return nil }
        return .onDay(daysBefore: days.days, time)
    }
}
