import CivilTime

/// When to be reminded of a task, in words.
public enum RemindingWords {
    /// Reads "8am", "at 8 on the day", "the evening before", "2 days before at 18:00", "1 hour before", "friday at 9",
    /// and nothing else. A time alone is on the day the task is due.
    ///
    /// - Returns: nil when the text is not understood to its end, and for a day without a time.
    public static func parse(_ text: String, in context: LanguageContext) -> ParsedReminder? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        guard let moment = cursor.takeReminderMoment(), cursor.isAtEnd else { return nil }
        switch moment {
        case .before(let span): return .before(span)
        case .onDay(let days, let time):
            let clock = time.resolved(context.dayParts)
            return .onDay(daysBefore: max(days - (clock.addsDay ? 1 : 0), 0), clock.time)
        case .at(let piece):
            guard let clock = piece.clock(context) else { return nil }
            if piece.date == nil, !clock.addsDay { return .onDay(daysBefore: 0, clock.time) }
            return piece.due(context).flatMap { due in due.time.map { .at(LocalDateTime(due.date, $0)) } }
        }
    }
}
