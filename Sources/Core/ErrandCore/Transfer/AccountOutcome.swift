import Interchange

/// What came of what an export has beside its tasks, or would come of it.
struct AccountOutcome: Sendable {
    /// Saved filters that are added.
    var filters = 0
    /// Whether settings are taken over.
    var hasSettings = false
    var notes: [ReadNote] = []

    /// Tells that something is left out. It has no line of its own in the file: the first stands for it.
    mutating func warn(_ field: String, _ error: ErrandError) {
        let detail = error.fields.first?.detail ?? "Cannot be taken in."
        notes.append(ReadNote(.warning, line: 1, field: field, detail))
    }
}
