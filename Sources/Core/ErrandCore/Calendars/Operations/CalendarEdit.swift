import CivilTime
import Interchange
import Recurrence

/// What a calendar program changed of a task: the difference between what it was shown and what it wrote.
struct CalendarEdit {
    private let wanted: ImportedTask
    private let parts: Set<CalendarPart>
    private let object: CalendarObject

    /// - Parameter seen: the task as the program was shown it last.
    init(_ wanted: ImportedTask, seen: ImportedTask, _ object: CalendarObject) {
        self.wanted = wanted
        self.object = object
        parts = wanted.parts(differingFrom: seen)
    }

    /// Writes what changed; completing or reopening is a step of its own.
    func apply(to before: TodoTask, in context: CommandContext) throws(ErrandError) -> TodoTask {
        var task = before
        if before.isInTrash {
            task.deletedAt = nil
            task = try context.save(task, replacing: before, as: .restored)
        }
        var edited = task
        if parts.contains(.title) { edited.title = wanted.title }
        if parts.contains(.description) { edited.description = wanted.description }
        if parts.contains(.priority) { edited.priority = wanted.priority }
        if parts.contains(.tags) { edited.tags = wanted.tags }
        if parts.contains(.reminders) {
            let inputs = wanted.reminders.map { ReminderInput($0.moment, repeatEvery: $0.repeatEvery) }
            edited.setReminders(inputs, context)
        }
        edited.changeTemplate(since: task)
        if parts.contains(.dates) { try setDates(of: &edited, in: context) }
        try edited.checkReminders()
        task = try context.save(edited, replacing: task, as: .updated)
        return try completeOccurrence(of: try setStatus(of: task, in: context), in: context)
    }

    private func setStatus(of task: TodoTask, in context: CommandContext) throws(ErrandError) -> TodoTask {
        guard parts.contains(.status) else { return task }
        var changed = task
        switch (task.completedAt, wanted.completedAt) {
        case (nil, let moment?):
            changed.completedAt = min(moment, context.now)
            return try context.save(changed, replacing: task, as: .completed)
        case (.some, nil):
            changed.completedAt = nil
            return try context.save(changed, replacing: task, as: .reopened)
        case (.some, let moment?):
            changed.completedAt = min(moment, context.now)
            return try context.save(changed, replacing: task, as: .updated)
        case (nil, nil): return task
        }
    }

    /// Where the program completed the occurrence that is due by a component of its own (RECURRENCE-ID), the task is
    /// completed, and the next one follows.
    func completeOccurrence(of task: TodoTask, in context: CommandContext) throws(ErrandError) -> TodoTask {
        guard let series = task.series, series.recurrence != nil, !task.isCompleted else { return task }
        let isDone = object.completedOccurrences.contains { occurrence in
            let local = LocalDateTime(occurrence.date, occurrence.time ?? .midnight)
            if series.clock == .date || occurrence.time == nil { return local.date == series.original.date }
            guard let zone = occurrence.zone, case .zoned(let own) = series.clock, zone != own else {
                return local == series.original
            }
            return own.localDateTime(at: zone.instant(of: local)) == series.original
        }
        guard isDone else { return task }
        var done = task
        done.completedAt = context.now
        return try context.save(done, replacing: task, as: .completed)
    }

    // MARK: Dates

    private func setDates(of task: inout TodoTask, in context: CommandContext) throws(ErrandError) {
        let settings = try context.user().settings
        let before = task
        task.due = wanted.due
        guard let new = wanted.series, let recurrence = new.recurrence else {
            task.series?.recurrence = nil
            return
        }
        if let series = before.series, let old = series.recurrence, old.rule.isSame(as: recurrence.rule),
            old.anchor == recurrence.anchor, let passed = series.steps(to: new.original, settings)
        {
            // The program went on to a later date of the rule, as most do to complete an occurrence.
            task.series?.original = new.original
            task.series?.index = series.index + passed
            task.series?.recurrence?.exceptions = recurrence.exceptions
            return
        }
        var series = before.series.flatMap { $0.recurrence == nil ? nil : $0 } ?? new
        series.recurrence = recurrence
        series.recurrence?.catchUp = before.series?.recurrence?.catchUp ?? recurrence.catchUp
        series.clock = new.clock
        series.original = new.original
        series.template = TaskTemplate(task)
        task.series = series
    }
}

extension RecurrenceRule {
    /// Whether both say the same apart from how often: programs count down.
    fileprivate func isSame(as other: RecurrenceRule) -> Bool {
        var (left, right) = (self, other)
        if case .count = left.end, case .count = right.end { (left.end, right.end) = (.never, .never) }
        return left == right
    }
}

extension TaskSeries {
    /// How many dates of the rule lie between this occurrence and a later one, that one counted.
    ///
    /// - Returns: nil where it is no later date of the rule, or too far off to be what a program went on to.
    fileprivate func steps(to other: LocalDateTime, _ settings: UserSettings) -> Int? {
        guard let recurrence, original < other else { return nil }
        let set = occurrences(of: recurrence, in: clock.zone(home: settings.zone))
        var place = original
        for passed in 1...Self.stepsMax {
            guard let next = set.next(afterLocal: place), next.local <= other else { return nil }
            if next.local == other { return passed }
            place = next.local
        }
        return nil
    }

    private static let stepsMax = 400
}
