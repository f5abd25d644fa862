/// Where to move a task: `due`, `due_date`, or words such as "next friday at 5pm".
public enum RescheduleForm: Hashable, Sendable {
    case due(DueInput)
    case text(String)

    /// Reads `{due}`, `{due_date}` or `{text}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        let text = reader.text("text", .recurrenceWords)
        let due = reader.due()
        if reader.contains("text"), reader.contains("due") || reader.contains("due_date") {
            reader.report("text", .excluded, "Cannot be given together with due.")
        }
        if due == .clear { reader.report("due", .invalidValue, "Must be a due date.") }
        if text == nil, case .keep = due, reader.problems.isEmpty {
            reader.report("due", .required, "Give due, due_date or text.")
        }
        try reader.finish()
        if case .set(let input) = due { self = .due(input) } else { self = .text(text ?? "") }
    }
}
