import CivilTime
import TaskLanguage

/// When to be reminded of tasks.
struct Reminding {
    let clause: ClauseReader
    let verb: Verb
    let filling: Filling

    func outcome(on tasks: [KnownTask]) -> Outcome? {
        if verb == .unremind { return .act(tasks.map { .remind($0.number, []) }, verb) }
        var actions: [Action] = []
        for task in tasks {
            guard let moment = moment(for: task) else { return nil }
            if case .before = moment, task.due == nil { return .decline(.noDue(task.number)) }
            let kept = task.reminders.contains(moment) ? task.reminders : task.reminders + [moment]
            actions.append(.remind(task.number, kept))
        }
        return .act(actions, verb)
    }

    private func text(_ slot: Pattern.Slot) -> String? { filling[slot].map { clause.sentence.text($0) } }

    private func moment(for task: KnownTask) -> ParsedReminder? {
        if let shift = text(.shift).flatMap({ clause.reader.shift($0) }) {
            if verb == .remindBefore { return shift.months == 0 ? .before(shift.span) : nil }
            return .at(later(shift))
        }
        guard let words = text(.when) else { return verb == .remindAt ? .before(.zero) : nil }
        guard let said = clause.reader.due(words) else { return nil }
        // Of a task that comes again, a time alone is one of each of its days.
        if verb == .remindAt, said.date == nil, let time = said.time, task.recurrence != nil, task.due != nil {
            return .onDay(daysBefore: 0, time)
        }
        let morning = clause.context.dayParts.morning
        return .at(LocalDateTime(said.due.date, said.due.time ?? morning))
    }

    /// So much later than now.
    private func later(_ shift: DateShift) -> LocalDateTime {
        let now = clause.context.now
        let date = shift.apply(to: now.date, earlier: false)
        let start = LocalDateTime(date, now.time)
        guard let zone = clause.context.zone else {
            return LocalDateTime(wallSeconds: start.wallSeconds + shift.span.seconds)
        }
        return zone.localDateTime(at: zone.instant(of: start) + .seconds(shift.span.seconds))
    }
}
