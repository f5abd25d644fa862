import CivilTime
import Recurrence
import TaskLanguage

/// Says what was done or found: numbers, titles, absolute dates and the zone.
struct SentenceWriter {
    let talk: Talk
    private let say: Wording
    private static let shownMax = 25

    init(talk: Talk) {
        self.talk = talk
        say = TalkWords.of(talk.context.language).say
    }

    func text(of intent: Intent) -> String {
        switch intent {
        case .act(let actions): actions.map(text).joined(separator: "\n")
        case .ask(let question): text(of: question)
        case .tell(let telling): text(of: telling)
        case .decline(let refusal): text(of: refusal)
        }
    }

    // MARK: Tasks and dates

    private func name(_ number: Int) -> String {
        talk.finder.task(number).map { say.numbered(number, $0.title) } ?? "#\(number)"
    }

    private func names(_ numbers: [Int]) -> String { list(numbers.map(name)) }

    private func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) \(say.and) \(last)"
    }

    private func day(_ due: ParsedDue) -> String {
        guard let time = due.time else { return say.day(due.date) }
        let zone = (due.zone ?? talk.context.zone).map { " (\($0.identifier))" } ?? ""
        return "\(say.day(due.date)) \(say.at) \(time)\(zone)"
    }

    private func due(_ due: ParsedDue?) -> String { due.map { "\(say.due) \(day($0))" } ?? say.noDue }

    private func line(_ number: Int) -> String {
        guard let task = talk.finder.task(number) else { return name(number) }
        var parts = [task.isCompleted ? say.isDone : due(task.due)]
        if task.priority != .medium, let priority = say.priorities[task.priority] { parts.append(priority) }
        parts += task.tags.map { "#\($0)" }
        return "\(name(number)): \(parts.joined(separator: ", "))"
    }

    private func lines(_ numbers: [Int]) -> String {
        var lines = numbers.prefix(Self.shownMax).map(line)
        if numbers.count > Self.shownMax { lines.append(say.more(numbers.count - Self.shownMax)) }
        return lines.joined(separator: "\n")
    }

    private func fill(_ template: String, _ task: String = "", _ text: String = "") -> String {
        template.replacing("{task}", with: task).replacing("{text}", with: text)
    }

    // MARK: Changes

    private func text(_ action: Action) -> String {
        switch action {
        case .add(let task, let number): added(task, number)
        case .complete(let numbers): fill(say.completed, names(numbers))
        case .reopen(let numbers): fill(say.reopened, names(numbers))
        case .delete(let numbers): fill(say.deleted, names(numbers))
        case .restore(let numbers): fill(say.restored, names(numbers))
        case .rename(let number, let title): fill(say.renamed, say.numbered(number, title))
        case .describe(let number, _): fill(say.described, name(number))
        case .move(let number, nil): fill(say.dueCleared, name(number))
        case .move(let number, let due): fill(say.moved, "\(name(number)), \(self.due(due))")
        case .repeats(let number, let rule, let due): fill(say.repeats, name(number), repeats(rule, due))
        case .prioritise(let numbers, let level): fill(say.prioritised, names(numbers), say.priorities[level] ?? "")
        case .tag(let numbers, let tags): fill(say.tagged, names(numbers), list(tags.map { "#\($0)" }))
        case .untag(let numbers, let tags): fill(say.untagged, names(numbers), list(tags.map { "#\($0)" }))
        case .remind(let number, let reminders):
            reminders.isEmpty
                ? fill(say.unreminded, name(number)) : fill(say.reminded, name(number), list(reminders.map(moment)))
        case .skip(let numbers): fill(say.skipped, names(numbers))
        case .endSeries(let numbers): fill(say.seriesEnded, names(numbers))
        case .undo: say.undone
        }
    }

    private func added(_ task: NewTask, _ number: Int) -> String {
        var parts = [say.numbered(number, task.title)]
        if task.due != nil { parts.append(due(task.due)) }
        if let rule = task.recurrence { parts.append(repeats(rule, nil)) }
        if let priority = task.priority, let text = say.priorities[priority] { parts.append(text) }
        parts += task.tags.map { "#\($0)" }
        parts += task.reminders.map { fill(say.reminded, "", moment($0)).trimmedDot }
        return fill(say.added, parts.joined(separator: ", "))
    }

    private func repeats(_ rule: ParsedRecurrence, _ due: ParsedDue?) -> String {
        let text =
            RecurrenceWords.text(for: rule, time: due?.time, in: talk.context.language) ?? rule.rule.description
        return due.map { "\(text), \(day($0))" } ?? text
    }

    private func length(_ span: CalendarSpan) -> String { DurationWords.text(for: span, in: talk.context.language) }

    private func moment(_ reminder: ParsedReminder) -> String {
        switch reminder {
        case .before(let span):
            span.isZero ? say.whenDue : "\(length(span)) \(say.before)"
        case .onDay(0, let time): "\(say.at) \(time)"
        case .onDay(let days, let time): "\(length(CalendarSpan(days: days))) \(say.before) \(say.at) \(time)"
        case .at(let local): day(ParsedDue(date: local.date, time: local.time))
        }
    }

    // MARK: Questions and answers

    private func text(of question: Intent.Question) -> String {
        let asked =
            switch question.kind {
            case .which: say.which
            case .whether: say.whether[question.verb] ?? say.which
            case .nearest: say.nearest
            case .what: say.what
            }
        return question.tasks.isEmpty ? asked : "\(asked)\n\(lines(question.tasks))"
    }

    private func text(of telling: Telling) -> String {
        switch telling {
        case .tasks(let numbers): numbers.isEmpty ? say.none : "\(say.list(numbers.count))\n\(lines(numbers))"
        case .count(let count, _): say.count(count)
        case .due(let numbers): lines(numbers)
        case .status(let numbers):
            numbers.map { number in
                "\(name(number)) \(talk.finder.task(number)?.isCompleted ?? false ? say.isDone : say.isOpen)."
            }.joined(separator: "\n")
        case .details(let number): details(number)
        case .dropped: say.dropped
        case .greeting: say.greeting
        case .thanks: say.thanks
        case .help: say.help
        }
    }

    private func details(_ number: Int) -> String {
        guard let task = talk.finder.task(number) else { return name(number) }
        var parts = [line(number)]
        if let rule = task.recurrence { parts.append(repeats(rule, nil)) }
        parts += task.reminders.map(moment)
        if !task.description.isEmpty { parts.append(task.description) }
        return parts.joined(separator: "\n")
    }

    // MARK: What cannot be done

    private func text(of refusal: Refusal) -> String {
        switch refusal {
        case .notUnderstood: "\(say.notUnderstood) \(say.help)"
        case .nothingFits(let text, let nearest):
            nearest.isEmpty
                ? fill(say.nothingFits, "", text)
                : "\(fill(say.nothingFits, "", text)) \(say.nearestAre)\n\(lines(nearest))"
        case .noSuchNumber(let number): fill(say.noNumber, "", "\(number)")
        case .nothingToUndo: say.nothingToUndo
        case .noDue(let number): fill(say.hasNoDue, name(number))
        case .noTime(let number): fill(say.hasNoTime, name(number))
        case .notRecurring(let number): fill(say.notRecurring, name(number))
        case .alreadyDone(let numbers): fill(say.alreadyDone, names(numbers))
        case .notDone(let numbers): fill(say.notDone, names(numbers))
        case .notDeleted(let numbers): fill(say.notDeleted, names(numbers))
        case .unclearDate(let text): fill(say.unclearDate, "", text)
        case .unclearAnswer: say.unclearAnswer
        case .noTask: say.noTask
        case .tooMany(let count): fill(say.tooMany, "", "\(count)")
        }
    }
}

extension String {
    fileprivate var trimmedDot: String { String(drop { $0 == " " }).replacing(".", with: "") }
}
