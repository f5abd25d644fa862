import CivilTime
import TaskLanguage

/// How answers are said in one language.
struct Wording: Sendable {
    /// What a title stands in: “{text}”.
    var quotes: String
    /// Joins the last of several.
    var and: String
    /// "Friday, 27 November 2026".
    var day: @Sendable (LocalDate) -> String
    /// Before a time: " at 17:00".
    var at: String
    var noDue: String
    /// "due {day}".
    var due: String
    var none: String
    var added: String
    var completed: String
    var reopened: String
    var deleted: String
    var restored: String
    var renamed: String
    var described: String
    var moved: String
    var dueCleared: String
    var repeats: String
    var prioritised: String
    var tagged: String
    var untagged: String
    var reminded: String
    var unreminded: String
    var skipped: String
    var seriesEnded: String
    var undone: String
    var which: String
    var whether: [Verb: String]
    var nearest: String
    var what: String
    var count: @Sendable (Int) -> String
    var list: @Sendable (Int) -> String
    var more: @Sendable (Int) -> String
    var isDone: String
    var isOpen: String
    var dropped: String
    var greeting: String
    var thanks: String
    var help: String
    var notUnderstood: String
    var nothingFits: String
    var nearestAre: String
    var noNumber: String
    var nothingToUndo: String
    var hasNoDue: String
    var hasNoTime: String
    var notRecurring: String
    var alreadyDone: String
    var notDone: String
    var notDeleted: String
    var unclearDate: String
    var unclearAnswer: String
    var noTask: String
    var tooMany: String
    var priorities: [ParsedPriority: String]
    var before: String
    var whenDue: String

    /// A task as answers name it: #3 “Pay rent”.
    func numbered(_ number: Int, _ title: String) -> String {
        "#\(number) \(quotes.replacing("{text}", with: title))"
    }
}
