/// A rule to be looked at before a task has it, checked for shape.
public struct RecurrencePreviewForm: Hashable, Sendable {
    /// Nil for none: the first date of the rule is the first one.
    public let due: DueInput?
    public let recurrence: RecurrenceInput
    /// Within ``Limits/previewOccurrences``.
    public let count: Int
    /// How its words are meant and said; nil as the user's settings say.
    public let locale: SpokenLocale?
    /// Whether the rule was given as a text alone, without members.
    let isPlain: Bool

    /// Reads `{due?, recurrence, count?, locale?}`: due date and rule in every form that a task takes, the rule also as
    /// a text alone, a word such as `weekly`, or words such as "every other friday".
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        due = if case .set(let input) = reader.due() { input } else { nil }
        isPlain = reader.value("recurrence")?.string != nil
        let input = isPlain ? reader.plainRecurrence() : reader.recurrence()
        count = reader.integer("count", in: Limits.previewOccurrences) ?? Limits.previewOccurrencesDefault
        locale = reader.locale()
        if input == .clear || !(reader.contains("recurrence") || reader.contains("recurring")) {
            reader.report("recurrence", .required, "Give recurrence, or recurring.")
        }
        try reader.finish()
        guard case .set(let recurrence) = input else { throw .invalid(reader.problems) }
        self.recurrence = recurrence
    }
}

extension FieldReader {
    fileprivate mutating func plainRecurrence() -> Patch<RecurrenceInput> {
        if value("recurring") != nil { report("recurring", .excluded, "Cannot be given together with recurrence.") }
        guard let text = text("recurrence", .recurrenceWords) else { return .keep }
        return .set(RecurrenceInput(RecurrenceInput.words.contains(text) ? .word(text) : .text(text)))
    }
}
