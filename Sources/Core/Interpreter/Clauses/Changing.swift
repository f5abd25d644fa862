import CivilTime
import Recurrence
import TaskLanguage

/// What a clause changes of the tasks it is about.
struct Changing {
    let clause: ClauseReader
    let pattern: Pattern
    let filling: Filling

    private var verb: Verb { pattern.verb }
    private var context: LanguageContext { clause.context }

    private func text(_ slot: Pattern.Slot) -> String? { filling[slot].map { clause.sentence.text($0) } }

    /// Whether it can be done at all, whichever tasks are meant.
    var isReadable: Bool {
        switch verb {
        case .tag, .untag: areTags
        case .rename: mayRename
        default: true
        }
    }

    func outcome(on tasks: [KnownTask], _ isSelection: Bool) -> Outcome? {
        let numbers = tasks.map(\.number)
        switch verb {
        case .complete: return completed(tasks, isSelection)
        case .delete: return deleted(tasks, isSelection)
        case .reopen:
            let done = tasks.filter(\.isCompleted).map(\.number)
            return done.isEmpty ? .decline(.notDone(numbers)) : act([.reopen(done)])
        case .restore:
            let deleted = tasks.filter(\.isDeleted).map(\.number)
            return deleted.isEmpty ? .decline(.notDeleted(numbers)) : act([.restore(deleted)])
        case .skip, .endSeries: return ended(tasks)
        case .prioritise: return priority.map { act([.prioritise(numbers, $0)]) }
        case .tag:
            return areTags ? filling[.tags].flatMap { clause.tagNames($0) }.map { act([.tag(numbers, $0)]) } : nil
        case .untag: return untagged(tasks)
        case .retag:
            guard let old = filling[.tags].flatMap({ clause.tagNames($0) }),
                let new = filling[.text].flatMap({ clause.tagNames($0) })
            else { return nil }
            return act([.untag(numbers, old), .tag(numbers, new)])
        case .rename: return renamed(tasks)
        case .describe, .note: return described(tasks)
        case .moveTo, .correct: return moved(tasks)
        case .later, .earlier: return shifted(tasks)
        case .clearDue: return act(numbers.map { .move($0, due: nil) })
        case .repeats: return repeated(tasks)
        case .remindBefore, .remindAt, .unremind, .snooze:
            let isCorrection = pattern.source.hasPrefix("make") && verb == .remindBefore
            return Reminding(clause: clause, verb: verb, filling: filling, isCorrection: isCorrection).outcome(
                on: tasks)
        default: return nil
        }
    }

    private func act(_ actions: [Action]) -> Outcome { .act(actions, verb) }

    // MARK: Done and gone

    private func completed(_ tasks: [KnownTask], _ isSelection: Bool) -> Outcome? {
        let open = tasks.filter(\.isPending).map(\.number)
        if open.isEmpty { return .decline(.alreadyDone(tasks.map(\.number))) }
        if isSelection, open.count > 1, !clause.isConfirmed { return .ask(.whether, open, .complete) }
        return .act([.complete(open)], .complete)
    }

    private func deleted(_ tasks: [KnownTask], _ isSelection: Bool) -> Outcome? {
        let there = tasks.filter { !$0.isDeleted }.map(\.number)
        if there.isEmpty { return .decline(.nothingFits(text(.task) ?? "", nearest: [])) }
        if there.count > 1, !clause.isConfirmed { return .ask(.whether, there, .delete) }
        return .act([.delete(there)], .delete)
    }

    /// Where a day is said that is not that of the next occurrence, nothing is skipped: it is told when that one is.
    private func ended(_ tasks: [KnownTask]) -> Outcome? {
        let series = tasks.filter { $0.recurrence != nil && $0.isPending }
        if series.isEmpty { return tasks.first.map { .decline(.notRecurring($0.number)) } }
        if verb == .skip, let days = filling[.range].flatMap({ clause.days($0) }) {
            let others = series.filter { task in task.due.map { !days.contains($0.date) } ?? true }
            if !others.isEmpty { return .tell(.due(others.map(\.number))) }
        }
        let numbers = series.map(\.number)
        return act([verb == .skip ? .skip(numbers) : .endSeries(numbers)])
    }

    // MARK: Fields

    private var priority: ParsedPriority? { text(.priority).flatMap { clause.reader.priority($0) } }

    /// Where no word such as "tag" says so, a sign has to.
    private var areTags: Bool {
        guard let range = filling[.tags] else { return false }
        let says = !pattern.literals.isDisjoint(with: clause.words.tagWords)
        return says || clause.sentence.words[range.lowerBound].text.hasPrefix("#")
    }

    private func untagged(_ tasks: [KnownTask]) -> Outcome? {
        guard areTags, let names = filling[.tags].flatMap({ clause.tagNames($0) }) else { return nil }
        let lowered = Set(names.map { $0.lowercased() })
        let tagged = tasks.filter { $0.tags.contains { lowered.contains($0.lowercased()) } }
        guard !tagged.isEmpty else { return .decline(.nothingFits("#\(names[0])", nearest: tasks.map(\.number))) }
        return act([.untag(tagged.map(\.number), names)])
    }

    /// "call 9 X": titles only where it is clear that a name is given.
    private var mayRename: Bool {
        guard pattern.source.hasPrefix("call {task"), let range = filling[.task] else { return true }
        return range.allSatisfy { Int(clause.sentence.words[$0].text.drop { $0 == "#" }) != nil }
    }

    private func renamed(_ tasks: [KnownTask]) -> Outcome? {
        let quoted = filling[.title].flatMap { clause.sentence.words[$0.lowerBound].quoted }
        guard mayRename, let title = quoted ?? text(.title).map({ unquoted($0) }), !title.isEmpty, tasks.count == 1
        else { return nil }
        let isDate =
            pattern.source.hasPrefix("{change|edit|update} <task> {to|into}") && clause.reader.due(title) != nil
        return isDate ? nil : act([.rename(tasks[0].number, title: title)])
    }

    private func unquoted(_ text: String) -> String {
        let marks: Set<Character> = ["\"", "“", "”", "„"]
        guard text.count > 2, let first = text.first, let last = text.last, marks.contains(first), marks.contains(last)
        else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    private func described(_ tasks: [KnownTask]) -> Outcome? {
        guard let text = text(.text).map({ unquoted($0) }), tasks.count == 1, let task = tasks.first else { return nil }
        let isAddition = verb == .note && !task.description.isEmpty
        return act([.describe(task.number, text: isAddition ? "\(task.description)\n\(text)" : text)])
    }

    // MARK: Dates

    private func moved(_ tasks: [KnownTask]) -> Outcome? {
        guard let said = text(.when).flatMap({ clause.reader.due($0) }) else { return nil }
        return act(
            tasks.map { task in
                let date = said.date ?? task.due?.date ?? said.due.date
                let time = said.time ?? task.due?.time
                let zone = said.zone ?? (said.time == nil ? task.due?.zone : nil)
                return .move(task.number, due: ParsedDue(date: date, time: time, zone: zone))
            }
        )
    }

    private func shifted(_ tasks: [KnownTask]) -> Outcome? {
        guard let shift = text(.shift).flatMap({ clause.reader.shift($0) }) else { return nil }
        var actions: [Action] = []
        for task in tasks {
            guard let due = task.due else {
                if tasks.count == 1 { return .decline(.noDue(task.number)) }
                continue
            }
            guard let moved = Changing.shifted(due, shift, earlier: verb == .earlier, context) else {
                return .decline(.noTime(task.number))
            }
            actions.append(.move(task.number, due: moved))
        }
        return actions.isEmpty ? tasks.first.map { .decline(.noDue($0.number)) } : act(actions)
    }

    /// Days on the calendar, hours in real time.
    static func shifted(_ due: ParsedDue, _ shift: DateShift, earlier: Bool, _ context: LanguageContext) -> ParsedDue? {
        let date = shift.apply(to: due.date, earlier: earlier)
        guard shift.movesTime else { return ParsedDue(date: date, time: due.time, zone: due.zone) }
        guard let time = due.time else { return nil }
        let seconds = shift.span.seconds * (earlier ? -1 : 1)
        let local: LocalDateTime
        if let zone = due.zone ?? context.zone {
            local = zone.localDateTime(at: zone.instant(of: LocalDateTime(date, time)) + .seconds(seconds))
        } else {
            local = LocalDateTime(wallSeconds: LocalDateTime(date, time).wallSeconds + seconds)
        }
        return ParsedDue(date: local.date, time: local.time, zone: due.zone)
    }

    private func repeated(_ tasks: [KnownTask]) -> Outcome? {
        guard let said = text(.rule).flatMap({ clause.reader.rule($0) }) else { return nil }
        // "every 2 days instead of 3"
        if let other = text(.text), clause.reader.rule(other) == nil, Int(other) == nil { return nil }
        return act(
            tasks.map { task in
                .repeats(task.number, said.recurrence, due: first(of: said.recurrence.rule, task.due, said.due))
            }
        )
    }

    /// The date that the task has, where the rule knows it; otherwise the first one of the rule.
    private func first(of rule: RecurrenceRule, _ present: ParsedDue?, _ said: ParsedDue?) -> ParsedDue? {
        guard let present else { return said }
        let time = said?.time ?? present.time
        let start = LocalDateTime(present.date, time ?? .midnight)
        let set = RecurrenceSet(start: start, rule: rule, zone: .utc)
        let before = LocalDateTime(wallSeconds: start.wallSeconds - 1)
        guard let next = set.next(afterLocal: before) else { return said }
        return ParsedDue(date: next.local.date, time: time, zone: said?.zone ?? present.zone)
    }
}
