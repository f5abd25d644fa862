public import CivilTime

/// What a text says of a due date: a day, a time, or both. Which of the two was said matters where a date that is
/// there already is changed.
public struct SaidDue: Hashable, Sendable {
    /// Nil where only a time was said.
    public var date: LocalDate?
    /// Nil where only a day was said.
    public var time: LocalTime?
    /// Only where the words name one.
    public var zone: Zone?
    /// The day and the time together, as ``DateWords/parse(_:in:)`` reads them.
    public var due: ParsedDue
}

extension DateWords {
    /// Reads what ``parse(_:in:)`` reads, and tells apart what was said.
    ///
    /// - Returns: nil when the text is not understood to its end.
    public static func said(_ text: String, in context: LanguageContext) -> SaidDue? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        var piece = DuePiece()
        guard cursor.takeDue(into: &piece), cursor.isAtEnd, let due = piece.due(context) else { return nil }
        return SaidDue(date: piece.date == nil ? nil : due.date, time: due.time, zone: due.zone, due: due)
    }
}
