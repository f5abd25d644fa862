public import CivilTime
import Recurrence

/// Recurrence rules in words, both ways.
public enum RecurrenceWords {
    /// Reads a text that says how something comes again, and nothing else: "every other friday at 9am".
    ///
    /// - Returns: the rule and its first date; nil when the text is not understood to its end.
    public static func parse(
        _ text: String, in context: LanguageContext
    ) -> (recurrence: ParsedRecurrence, due: ParsedDue?)? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        var piece = DuePiece()
        let hasEarlier = cursor.attempt({ $0.takeRecurrence() }) == nil && cursor.takeDue(into: &piece)
        if !hasEarlier { cursor.place = 0 }
        guard let match = cursor.takeRecurrence(), !match.isWeak, !match.hasUnreadTimes else { return nil }
        if !cursor.isAtEnd, hasEarlier || !cursor.takeDue(into: &piece) { return nil }
        guard cursor.isAtEnd else { return nil }
        return RecurrenceResolution(context: context).resolve(match, with: piece).map { ($0.recurrence, $0.due) }
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
