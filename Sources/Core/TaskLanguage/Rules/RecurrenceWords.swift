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
        var piece = DuePiece()
        let hasEarlier = cursor.attempt({ $0.takeRecurrence() }) == nil && cursor.takeDue(into: &piece)
        if !hasEarlier { cursor.place = 0 }
        guard var match = cursor.takeRecurrence(), !match.isWeak, !match.hasUnreadTimes else { return nil }
        match.anchor = anchor ?? match.anchor
        if !cursor.isAtEnd, hasEarlier || !cursor.takeDue(into: &piece) { return nil }
        guard cursor.isAtEnd else { return nil }
        if piece.date == nil, let start { piece.date = DateMatch(start) }
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
