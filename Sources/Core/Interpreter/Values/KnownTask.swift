public import CivilTime
import Recurrence
public import TaskLanguage

/// A task of the user, as far as talking about it takes.
public struct KnownTask: Hashable, Sendable {
    public enum Status: Hashable, Sendable {
        case pending
        /// On that day of the user's.
        case completed(on: LocalDate)
        /// In the trash, from where it can be restored.
        case deleted
    }

    /// What people call it by; each task of a user has its own.
    public let number: Int
    public var title: String
    public var description: String
    public var status: Status
    public var due: ParsedDue?
    public var recurrence: ParsedRecurrence?
    public var priority: ParsedPriority
    public var tags: [String]
    public var reminders: [ParsedReminder]
    /// The day of the user's on which it was made, where that is known.
    public var createdOn: LocalDate?

    public init(
        number: Int, title: String, description: String = "", status: Status = .pending, due: ParsedDue? = nil,
        recurrence: ParsedRecurrence? = nil, priority: ParsedPriority = .medium, tags: [String] = [],
        reminders: [ParsedReminder] = [], createdOn: LocalDate? = nil
    ) {
        self.number = number
        self.title = title
        self.description = description
        self.status = status
        self.due = due
        self.recurrence = recurrence
        self.priority = priority
        self.tags = tags
        self.reminders = reminders
        self.createdOn = createdOn
    }

    /// When it is due once this time of it is left out; nil where it does not come again.
    public var dueAfterSkip: ParsedDue? {
        guard let due, let recurrence else { return nil }
        let start = LocalDateTime(due.date, due.time ?? .midnight)
        let next = RecurrenceSet(start: start, rule: recurrence.rule, zone: .utc).next(afterLocal: start)
        return next.map { ParsedDue(date: $0.local.date, time: due.time, zone: due.zone) }
    }

    var isPending: Bool { status == .pending }
    var isDeleted: Bool { status == .deleted }
    var isCompleted: Bool { if case .completed = status { true } else { false } }
}
