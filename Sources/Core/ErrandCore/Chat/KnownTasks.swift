import CivilTime
import Interpreter
import Recurrence
import TaskLanguage

/// Everything that talking about tasks takes: who the user is, and all tasks, the trash included.
struct KnownTasks: Query {
    struct Answer: Sendable {
        let settings: UserSettings
        let tasks: [TodoTask]
        let now: Instant
    }

    let requiredScope = Scope.readTasks
    private static let sliceSize = 500

    func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        var tasks: [TodoTask] = []
        var place: Int64 = 0
        while true {
            let slice = try context.transaction.tasks.all(in: context.space, after: place, limit: Self.sliceSize)
            tasks += slice
            guard slice.count == Self.sliceSize, let last = slice.last else { break }
            place = last.number
        }
        return Answer(settings: try context.user().settings, tasks: tasks, now: context.now)
    }
}

extension KnownTask {
    /// - Parameter settings: of the user, who has a day and a zone.
    init(_ task: TodoTask, for settings: UserSettings) {
        let status: Status =
            if task.isInTrash {
                .deleted
            } else if let done = task.completedAt {
                .completed(on: settings.today(at: done))
            } else {
                .pending
            }
        self.init(
            number: Int(task.number), title: task.title, description: task.description, status: status,
            due: task.due.map { ParsedDue(date: $0.date, time: $0.time, zone: $0.namedZone) },
            recurrence: task.series?.recurrence.map {
                ParsedRecurrence(rule: $0.rule, anchor: $0.anchor == .completion ? .completion : .schedule)
            },
            priority: ParsedPriority(rawValue: task.priority.name) ?? .medium, tags: task.tags.map(\.name),
            reminders: task.reminders.map { ParsedReminder($0.moment, in: settings.zone) },
            createdOn: settings.today(at: task.createdAt)
        )
    }
}

extension Due {
    /// The zone, where the due date has one of its own.
    fileprivate var namedZone: Zone? { if case .zoned(_, _, let zone) = self { zone } else { nil } }
}

extension ParsedReminder {
    fileprivate init(_ moment: Reminder.Moment, in zone: Zone) {
        switch moment {
        case .before(let span): self = .before(span)
        case .onDay(let days, let time): self = .onDay(daysBefore: days, time)
        case .at(let instant): self = .at(zone.localDateTime(at: instant))
        }
    }
}
