public import CivilTime
import Recurrence

/// Recurrence rules in words, both ways.
public enum RecurrenceWords {
    /// Reads a text that says how something comes again, and nothing else: "every other friday at 9am".
    ///
    /// - Parameters:
    ///   - start: where the series starts if the words do not say; nil for today.
    ///   - anchor: what it is counted from, whatever the words say; nil for what they say.
    /// - Returns: the rule and its first date; nil when the text is not understood to its end.
    public static func parse(
        _ text: String, from start: LocalDate? = nil, anchor: ParsedRecurrence.Anchor? = nil,
        in context: LanguageContext
    ) -> (recurrence: ParsedRecurrence, due: ParsedDue?)? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        let date = cursor.attempt { $0.takeDate(allowsDoubtful: true) }
        guard var match = cursor.takeRecurrence() else { return nil }
        match.anchor = anchor ?? match.anchor
        let later = cursor.isAtEnd ? nil : cursor.takeDate(allowsDoubtful: true)
        guard cursor.isAtEnd, !(date != nil && later != nil) else { return nil }
        let resolution = RecurrenceResolution(context: context)
        return resolution.resolve(match, date: (date ?? later)?.date ?? start, time: (date ?? later)?.time, zone: nil)
            .map { ($0.recurrence, $0.due) }
    }

    /// Says a rule in words that ``parse(_:in:)`` reads back as the same rule.
    ///
    /// - Parameter time: the time of day of its occurrences, to be said too.
    /// - Returns: nil for rules that these words cannot say.
    public static func text(
        for recurrence: ParsedRecurrence, time: LocalTime?, in language: Language
    ) -> String? {
        let writer = RecurrenceWriter(phrases: Vocabulary.of(language).phrases, recurrence: recurrence)
        guard let text = writer.text() else { return nil }
        return time.map { "\(text) \(language == .english ? "at" : "um") \($0)" } ?? text
    }
}
