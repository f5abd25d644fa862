public import CivilTime
import Recurrence

/// What makes a task one of a series, and all that its successors are made from.
///
/// There is no series apart from its tasks: the open one carries the rule and the template on. So whatever changes
/// a series changes a task, with its version, event and undo.
public struct TaskSeries: Hashable, Sendable {
    public let id: SeriesID
    /// The task whose completion brought this one; nil for the first.
    public var predecessorID: TaskID?
    /// When the rule has this one due, whatever it was moved to; midnight where the series has dates only.
    public var original: LocalDateTime
    /// 1 for the first; occurrences that were passed over count.
    public var index: Int
    /// Nil once the series has ended.
    public var recurrence: TaskRecurrence?
    public var template: TaskTemplate
    public var clock: DueClock

    public init(
        id: SeriesID, predecessorID: TaskID? = nil, original: LocalDateTime, index: Int = 1,
        recurrence: TaskRecurrence?,
        template: TaskTemplate, clock: DueClock
    ) {
        self.id = id
        self.predecessorID = predecessorID
        self.original = original
        self.index = index
        self.recurrence = recurrence
        self.template = template
        self.clock = clock
    }

    /// The id of the occurrence that the rule has due at `original`: made twice, it is one task.
    func occurrenceID(_ original: LocalDateTime) -> TaskID {
        TaskID(.derived(from: id.value, original.wallSeconds))
    }
}

/// What every new occurrence begins with.
public struct TaskTemplate: Hashable, Sendable {
    public var title: String
    public var description: String
    public var priority: Priority
    public var tags: [Tag]
    public var reminders: [Reminder]

    init(_ task: TodoTask) {
        self.init(
            title: task.title, description: task.description, priority: task.priority, tags: task.tags,
            reminders: task.reminders
        )
    }

    public init(title: String, description: String, priority: Priority, tags: [Tag], reminders: [Reminder]) {
        self.title = title
        self.description = description
        self.priority = priority
        self.tags = tags
        self.reminders = reminders
    }
}

/// Which clock the due dates of a series are read from.
public enum DueClock: Hashable, Sendable {
    /// Dates without a time.
    case date
    /// The user's own, wherever they are.
    case floating
    case zoned(Zone)

    public init(_ due: Due) {
        switch due {
        case .date: self = .date
        case .floating: self = .floating
        case .zoned(_, _, let zone): self = .zoned(zone)
        }
    }

    /// The zone whose clock it is, for a user who lives in `home`.
    func zone(home: Zone) -> Zone {
        if case .zoned(let zone) = self { zone } else { home }
    }

    func due(at local: LocalDateTime) -> Due {
        switch self {
        case .date: .date(local.date)
        case .floating: .floating(local.date, local.time)
        case .zoned(let zone): .zoned(local.date, local.time, zone)
        }
    }
}

extension Due {
    /// On the clock of the due date; midnight where it has no time.
    public var local: LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(date, .midnight)
        case .floating(let date, let time), .zoned(let date, let time, _): LocalDateTime(date, time)
        }
    }
}
