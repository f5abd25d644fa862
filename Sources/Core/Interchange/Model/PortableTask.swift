public import CivilTime
public import Recurrence

/// A task as a file of any program tells it, before it is held against Errand's own rules and limits.
///
/// Every reader makes these and every writer takes them, so that a format is only ever about its own text.
public struct PortableTask: Hashable, Sendable {
    /// What the program it comes from knows it by; nil where the file has no such thing.
    public var key: String?
    public var title: String
    /// Markdown; empty where there is none.
    public var description: String
    public var priority: PortablePriority?
    /// As they stand in the file, projects and lists among them; without "#".
    public var tags: [String]
    public var due: PortableDue?
    public var recurrence: PortableRecurrence?
    public var reminders: [PortableReminder]
    /// Whether it is done; `completedAt` where the file says when.
    public var isCompleted: Bool
    public var completedAt: Instant?
    public var createdAt: Instant?
    public var updatedAt: Instant?
    /// Whether it lies in the trash, which files of Errand and of Taskwarrior say.
    public var isInTrash: Bool
    /// The first line of the file that tells of it, from 1.
    public var line: Int

    public init(title: String, line: Int = 0) {
        self.title = title
        self.line = line
        key = nil
        description = ""
        priority = nil
        tags = []
        due = nil
        recurrence = nil
        reminders = []
        isCompleted = false
        completedAt = nil
        createdAt = nil
        updatedAt = nil
        isInTrash = false
    }
}

/// How much a task matters, in the four steps that Errand has.
public enum PortablePriority: Int, CaseIterable, Sendable {
    case low = 1
    case medium, high, urgent
}

/// When a task is due, as entered: the instant is derived late.
public struct PortableDue: Hashable, Sendable {
    public var date: LocalDate
    /// Nil for the whole day.
    public var time: LocalTime?
    /// Nil for a time on the clock of wherever its person is; only with a time.
    public var zone: Zone?

    public init(date: LocalDate, time: LocalTime? = nil, zone: Zone? = nil) {
        self.date = date
        self.time = time
        self.zone = zone
    }
}

/// How a task comes again.
public struct PortableRecurrence: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        case rule(RecurrenceRule)
        /// "every other friday": the words of the program it comes from, read by `TaskLanguage` when it is taken in.
        case words(String)
    }

    public var source: Source
    /// Whether the next date is counted from the day of completion.
    public var countsFromCompletion: Bool
    /// Occurrences that are left out (EXDATE): days, or moments on the clock of the due date.
    public var excludedDays: [LocalDate]
    public var excludedTimes: [LocalDateTime]
    /// What the occurrences are counted from (DTSTART), where it is not the due date.
    public var start: LocalDateTime?

    public init(_ source: Source, countsFromCompletion: Bool = false) {
        self.source = source
        self.countsFromCompletion = countsFromCompletion
        excludedDays = []
        excludedTimes = []
        start = nil
    }
}

/// When to remind of a task.
public struct PortableReminder: Hashable, Sendable {
    public enum Moment: Hashable, Sendable {
        /// That long before the task is due; zero for when it is due.
        case before(CalendarSpan)
        /// At that time so many days before the day the task is due.
        case onDay(daysBefore: Int, LocalTime)
        case at(Instant)
    }

    public var moment: Moment
    /// Again and again after the first time, until the task is done.
    public var repeatEvery: CalendarSpan?

    public init(_ moment: Moment, repeatEvery: CalendarSpan? = nil) {
        self.moment = moment
        self.repeatEvery = repeatEvery
    }
}
