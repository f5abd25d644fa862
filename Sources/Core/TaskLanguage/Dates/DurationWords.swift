public import CivilTime

/// Durations in words.
public enum DurationWords {
    /// Reads "30m", "1 hour", "2h 30m", "1.5 hours", "half an hour", "2 days"; nil when the text is anything else.
    /// Days and weeks are days of the calendar, hours are hours.
    public static func parse(_ text: String, in context: LanguageContext) -> CalendarSpan? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        guard let duration = cursor.takeDuration(), cursor.isAtEnd else { return nil }
        return duration
    }

    /// "2 days", "90 minutes", "1 day 2 hours": days and time each in the largest unit that says it without a rest,
    /// to the minute.
    public static func text(for span: CalendarSpan, in language: Language) -> String {
        let phrases = Vocabulary.of(language).phrases
        let isWeeks = span.days % 7 == 0
        let days = phrases.count(isWeeks ? span.days / 7 : span.days, isWeeks ? .week : .day)
        if span.days > 0, span.seconds == 0 { return days }
        let isHours = span.seconds > 0 && span.seconds % 3600 == 0
        let time = phrases.count(span.seconds / (isHours ? 3600 : 60), isHours ? .hour : .minute)
        return span.days > 0 ? "\(days) \(time)" : time
    }
}
