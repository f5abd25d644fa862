public import CivilTime

/// Which tasks to show, as people write it: `(#work | #home) & p1 & due before: friday & !recurring`.
public indirect enum FilterExpression: Hashable, Sendable {
    case all([FilterExpression])
    case any([FilterExpression])
    case not(FilterExpression)
    case tag(String)
    case untagged
    case priority(ParsedPriority)
    /// Due on a day from the first up to and without the second; nil for an open end.
    case due(from: LocalDate?, to: LocalDate?)
    case noDue
    case overdue
    case recurring
    case completed
    case reminders
    case search(String)
    /// Made on a day from the first up to and without the second.
    case created(from: LocalDate?, to: LocalDate?)

    /// Conditions of one expression.
    public static let conditionsMax = 50
    /// Brackets in brackets.
    public static let depthMax = 20

    /// Reads an expression: conditions joined by `&` and `|` (`&` binds closer), `!` before what must not be, and
    /// brackets.
    ///
    /// - Throws: ``FilterSyntaxError``: where it went wrong, and what was expected there.
    public init(_ text: String, in context: LanguageContext) throws(FilterSyntaxError) {
        var parser = FilterParser(text, context)
        self = try parser.parse()
    }
}

/// Where a filter expression goes wrong.
public struct FilterSyntaxError: Error, Hashable, Sendable {
    /// UTF-16 code units from the start of the text.
    public let offset: Int
    /// Ends the sentence "Expected …".
    public let expected: String
}
