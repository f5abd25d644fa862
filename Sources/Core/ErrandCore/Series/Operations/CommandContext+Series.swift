import CivilTime
import Recurrence
import TaskLanguage

extension CommandContext {
    /// Makes `task` the first of a series, or gives its series another rule from here on.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` when the words are not understood, or the rule never happens, or it
    ///   asks for times of day where the task is due on a date.
    func start(_ input: RecurrenceInput, of task: TodoTask) throws(ErrandError) -> TodoTask {
        var task = task
        let settings = try user().settings
        let today = LocalDateTime(settings.today(at: now), .midnight)
        let (rule, anchor, spoken) = try rule(of: input, due: task.due?.local.date, today: today.date)
        if task.due == nil, let spoken { task.due = spoken }
        let clock = task.due.map(DueClock.init) ?? (rule.hasTimes ? .floating : .date)
        if clock == .date, rule.hasTimes {
            throw .invalid("/recurrence/rrule", .invalidValue, "Names times of day, but the task is due on a date.")
        }
        let earlier = task.series?.recurrence
        let recurrence = TaskRecurrence(
            rule: rule, anchor: input.anchor ?? anchor, catchUp: input.catchUp ?? earlier?.catchUp ?? .skip,
            exceptions: input.exceptions ?? earlier?.exceptions ?? [], start: task.due?.local ?? today
        )
        let set = recurrence.occurrences(in: clock.zone(home: settings.zone))
        // A date is due all day; a time that has passed today is not.
        let isTimed = clock != .date && task.due == nil
        let past = isTimed ? set.zone.localDateTime(at: now) : LocalDateTime(today.date.adding(days: -1), .endOfDay)
        guard let first = set.next(afterLocal: past) ?? firstEver(set),
            Limits.dueYears.contains(first.local.date.year)
        else {
            throw .invalid("/recurrence", .invalidValue, "Never happens from the due date on.")
        }
        if task.due == nil { task.due = clock.due(at: first.local) }
        var series =
            task.series.flatMap { $0.recurrence == nil ? nil : $0 }
            ?? TaskSeries(
                id: newID(), original: first.local, recurrence: recurrence, template: TaskTemplate(task), clock: clock
            )
        series.recurrence = recurrence
        series.clock = clock
        series.original = task.due?.local ?? first.local
        series.template = TaskTemplate(task)
        task.series = series
        return task
    }

    /// A rule whose only dates lie in the past can still be asked for: nothing follows then.
    private func firstEver(_ set: RecurrenceSet) -> Occurrence? {
        set.canFire ? set.next(after: set.zone.instant(of: set.start) - .days(2)) : nil
    }

    private func rule(
        of input: RecurrenceInput, due: LocalDate?, today: LocalDate
    ) throws(ErrandError) -> (RecurrenceRule, TaskRecurrence.Anchor, Due?) {
        switch input.source {
        case .rule(let rule): return (rule, .schedule, nil)
        case .word(let word):
            return (RecurrenceRule(word: word, from: due ?? today) ?? RecurrenceRule(.daily), .schedule, nil)
        case .text(let text):
            let language = try user().settings.language(at: now)
            let counts = input.anchor.map { $0 == .completion ? ParsedRecurrence.Anchor.completion : .schedule }
            // Words that end before the due date are understood, and never happen from it on.
            guard
                let spoken = RecurrenceWords.parse(text, from: due, anchor: counts, in: language)
                    ?? RecurrenceWords.parse(text, anchor: counts, in: language)
            else {
                let detail = "Is not understood. Say it like \"every other friday\" or \"every month on the 1st\"."
                throw .invalid("/recurrence/text", .invalidValue, detail)
            }
            let anchor: TaskRecurrence.Anchor = spoken.recurrence.anchor == .completion ? .completion : .schedule
            return (spoken.recurrence.rule, anchor, spoken.due?.due)
        }
    }

    /// Puts the successor that a completion brought into the trash, if nobody has touched it.
    func takeBackSuccessor(of task: TodoTask) throws(ErrandError) {
        guard let series = task.series else { return }
        for successor in try transaction.tasks.inSeries(series.id, in: space, limit: Limits.openPerSeriesMax)
        where successor.series?.predecessorID == task.id && successor.version == 1 && !successor.isInTrash {
            var back = successor
            back.deletedAt = now
            _ = try save(back, replacing: successor, as: .deleted)
        }
    }
}

extension RecurrenceRule {
    /// Whether the rule names times of day.
    fileprivate var hasTimes: Bool {
        frequency == .hourly || !(hours.isEmpty && minutes.isEmpty && seconds.isEmpty)
    }
}

extension LocalTime {
    fileprivate static let endOfDay = LocalTime(hour: 23, minute: 59, second: 59) ?? .midnight
}

extension ParsedDue {
    /// Without a zone in the words the time is the user's own, wherever they are.
    var due: Due {
        switch (time, zone) {
        case (nil, _): .date(date)
        case (let time?, nil): .floating(date, time)
        case (let time?, let zone?): .zoned(date, time, zone)
        }
    }
}
