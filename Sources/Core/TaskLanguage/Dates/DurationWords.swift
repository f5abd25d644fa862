/// Durations in words.
public enum DurationWords {
    /// Reads "30m", "1 hour", "2h 30m", "1.5 hours", "half an hour"; nil when the text is anything else.
    public static func parse(_ text: String, in context: LanguageContext) -> Duration? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        guard let duration = cursor.takeDuration(), cursor.isAtEnd else { return nil }
        return duration
    }

    /// "2 days", "90 minutes": the largest unit that says it without a rest, to the minute.
    public static func text(for duration: Duration, in language: Language) -> String {
        let seconds = duration.components.seconds
        let phrases = Vocabulary.of(language).phrases
        for unit in [Vocabulary.Unit.week, .day, .hour] {
            if let length = unit.seconds, seconds != 0, seconds % length == 0 {
                return phrases.count(Int(seconds / length), unit)
            }
        }
        return phrases.count(Int(seconds / 60), .minute)
    }
}
