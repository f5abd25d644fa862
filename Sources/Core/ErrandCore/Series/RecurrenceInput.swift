public import Recurrence

/// How a task is to come again, as a request gives it.
public struct RecurrenceInput: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        case rule(RecurrenceRule)
        /// `daily`, `weekly`, `monthly` or `yearly`.
        case word(String)
        /// "every other friday", in the user's language.
        case text(String)
    }

    /// What ``Source/word(_:)`` can be.
    static let words: Set = ["daily", "weekly", "monthly", "yearly"]

    public var source: Source
    public var anchor: TaskRecurrence.Anchor?
    public var catchUp: TaskRecurrence.CatchUp?
    public var exceptions: [TaskRecurrence.Exception]?

    public init(
        _ source: Source, anchor: TaskRecurrence.Anchor? = nil, catchUp: TaskRecurrence.CatchUp? = nil,
        exceptions: [TaskRecurrence.Exception]? = nil
    ) {
        self.source = source
        self.anchor = anchor
        self.catchUp = catchUp
        self.exceptions = exceptions
    }
}

extension FieldReader {
    /// `recurrence`, or `recurring` in its place: absent, `null`, or how the task comes again.
    mutating func recurrence() -> Patch<RecurrenceInput> {
        let recurrence = value("recurrence")
        let word = value("recurring")
        if recurrence != nil, word != nil {
            report("recurring", .excluded, "Cannot be given together with recurrence.")
            return .keep
        }
        switch (recurrence, word) {
        case (nil, nil): return .keep
        case (.null?, _), (_, .null?): return .clear
        case (let recurrence?, _):
            var reader = FieldReader(recurrence, at: path("recurrence"))
            let input = reader.recurrenceMembers()
            report(contentsOf: reader.problems)
            return input.map { .set($0) } ?? .keep
        default:
            let word = parsed("recurring", expected: "daily, weekly, monthly or yearly") {
                RecurrenceInput.words.contains($0) ? $0 : nil
            }
            return word.map { .set(RecurrenceInput(.word($0))) } ?? .keep
        }
    }

    private mutating func recurrenceMembers() -> RecurrenceInput? {
        let rule = rule()
        let text = value("text") == .null ? nil : text("text", .recurrenceWords)
        let anchor = parsed("anchor", expected: "schedule or completion") { TaskRecurrence.Anchor(rawValue: $0) }
        let catchUp = parsed("catch_up", expected: "skip or all") { TaskRecurrence.CatchUp(rawValue: $0) }
        let exceptions = exceptions()
        reportUnknown()
        guard problems.isEmpty else { return nil }
        guard let source = rule.map(RecurrenceInput.Source.rule) ?? text.map(RecurrenceInput.Source.text) else {
            report("rrule", .required, "Give rrule, or text.")
            return nil
        }
        return RecurrenceInput(source, anchor: anchor, catchUp: catchUp, exceptions: exceptions)
    }

    private mutating func rule() -> RecurrenceRule? {
        guard let text = string("rrule") else { return nil }
        do {
            return try RecurrenceRule(text)
        } catch {
            report("rrule", .invalidValue, "\(error.part): \(error.detail)")
            return nil
        }
    }

    private mutating func exceptions() -> [TaskRecurrence.Exception]? {
        guard let value = value("exdates") else { return nil }
        guard let items = value.array else {
            report("exdates", .wrongType, "Must be a list of dates.")
            return nil
        }
        guard items.count <= Limits.exceptionsPerSeriesMax else {
            report("exdates", .tooMany, "Must have at most \(Limits.exceptionsPerSeriesMax) dates.")
            return nil
        }
        var exceptions: [TaskRecurrence.Exception] = []
        for (index, item) in items.enumerated() {
            if let exception = item.string.flatMap({ TaskRecurrence.Exception($0) }) {
                exceptions.append(exception)
            } else {
                report(item: index, of: "exdates", .invalidValue, "Must be YYYY-MM-DD or YYYY-MM-DDTHH:MM.")
            }
        }
        return exceptions
    }
}
