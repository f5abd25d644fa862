/// What a line of quick add says, and where it says it.
public struct ParsedTask: Hashable, Sendable {
    /// What is left when everything understood is taken out; may be empty.
    public var title: String
    public var due: ParsedDue?
    public var recurrence: ParsedRecurrence?
    public var priority: ParsedPriority?
    /// In the order of the text, without repeats.
    public var tags: [String] = []
    public var reminders: [ParsedReminder] = []
    /// Everything understood, in the order of the text; spans do not overlap.
    public var spans: [ParsedSpan] = []
    public var warnings: [ParsedWarning] = []

    public init(title: String) {
        self.title = title
    }
}
