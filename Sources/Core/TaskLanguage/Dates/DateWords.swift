/// Dates in words.
public enum DateWords {
    /// Reads a text that is a date, with or without a time, and nothing else: "next friday at 5pm".
    ///
    /// - Returns: nil when the text is not understood to its end.
    public static func parse(_ text: String, in context: LanguageContext) -> ParsedDue? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        var piece = DuePiece()
        guard cursor.takeDue(into: &piece), cursor.isAtEnd else { return nil }
        return piece.due(context)
    }
}
