import CivilTime
import Interpreter
import Recurrence
import TaskLanguage

/// A call of a tool that a sentence asks for.
struct ChatCall: Hashable, Sendable {
    let tool: String
    let arguments: JSONObject

    init(_ tool: String, _ arguments: JSONObject) {
        self.tool = tool
        self.arguments = arguments
    }
}

/// Puts what was understood into the words of tools.
struct ChatCalls {
    let settings: UserSettings
    /// Where the user speaks from; times without a zone are meant there.
    let zone: Zone
    /// As they are before the calls.
    let known: [Int: KnownTask]

    func calls(for action: Action) -> [ChatCall] {
        switch action {
        case .add(let task, _): [ChatCall("add_task", added(task))]
        case .complete(let numbers): each(numbers, "complete_task")
        case .reopen(let numbers): each(numbers, "reopen_task")
        case .delete(let numbers): each(numbers, "delete_task", numbers.count > 1 ? ["confirm": true] : [:])
        case .restore(let numbers): each(numbers, "restore_task")
        case .skip(let numbers): numbers.map { ChatCall("skip_occurrence", ["task_id": JSONValue($0)]) }
        case .endSeries(let numbers): numbers.map { ChatCall("end_series", ["task_id": JSONValue($0)]) }
        case .rename(let number, let title):
            [ChatCall("update_task", ["task_id": JSONValue(number), "title": .string(title)])]
        case .describe(let number, let text):
            [ChatCall("update_task", ["task_id": JSONValue(number), "description": .string(text)])]
        case .move(let number, let due): [moved(number, due)]
        case .repeats(let number, let rule, let due): [repeated(number, rule, due)]
        case .prioritise(let numbers, let level): each(numbers, "set_priority", ["priority": .string(level.rawValue)])
        case .tag(let numbers, let tags): each(numbers, "add_tag", ["tags": JSONValue(strings: tags)])
        case .untag(let numbers, let tags): each(numbers, "remove_tag", ["tags": JSONValue(strings: tags)])
        case .remind(let number, let reminders): reminded(number, reminders)
        case .undo: []
        }
    }

    /// As many calls as it takes for so many tasks.
    private func each(_ numbers: [Int], _ tool: String, _ more: JSONObject = [:]) -> [ChatCall] {
        stride(from: 0, to: numbers.count, by: Limits.toolItemsMax).map { start in
            let part = numbers[start..<min(start + Limits.toolItemsMax, numbers.count)]
            var arguments: JSONObject =
                part.count == 1
                ? ["task_id": JSONValue(part[start])] : ["task_ids": .array(part.map { JSONValue($0) })]
            for member in more.members { arguments.append(member.name, member.value) }
            return ChatCall(tool, arguments)
        }
    }

    // MARK: Fields

    private func added(_ task: NewTask) -> JSONObject {
        var arguments: JSONObject = ["title": .string(task.title)]
        if let due = task.due { arguments.append("due_date", json(due)) }
        if let rule = task.recurrence { arguments.append("recurrence", json(rule)) }
        if let level = task.priority { arguments.append("priority", .string(level.rawValue)) }
        if !task.tags.isEmpty { arguments.append("tags", JSONValue(strings: task.tags)) }
        let reminders = task.reminders.compactMap { text($0, due: task.due) }
        if !reminders.isEmpty { arguments.append("reminders", JSONValue(strings: reminders)) }
        return arguments
    }

    /// A series keeps its rule, whatever moves.
    private func moved(_ number: Int, _ due: ParsedDue?) -> ChatCall {
        guard let due else { return ChatCall("set_due_date", ["task_id": JSONValue(number), "due_date": .null]) }
        let isSeries = known[number]?.recurrence != nil
        return ChatCall(
            isSeries ? "reschedule_task" : "set_due_date", ["task_id": JSONValue(number), "due_date": json(due)])
    }

    private func repeated(_ number: Int, _ rule: ParsedRecurrence, _ due: ParsedDue?) -> ChatCall {
        var arguments: JSONObject = ["task_id": JSONValue(number), "recurrence": json(rule)]
        if let due, due != known[number]?.due { arguments.append("due_date", json(due)) }
        return ChatCall("update_task", arguments)
    }

    /// One more reminder, or none at all.
    private func reminded(_ number: Int, _ reminders: [ParsedReminder]) -> [ChatCall] {
        if reminders.isEmpty {
            return [ChatCall("update_task", ["task_id": JSONValue(number), "reminders": []])]
        }
        let present = known[number]?.reminders ?? []
        return reminders.filter { !present.contains($0) }.compactMap { reminder in
            guard let text = text(reminder, due: known[number]?.due) else { return nil }
            let isBefore = if case .before = reminder { true } else { false }
            return ChatCall(
                "set_reminder", ["task_id": JSONValue(number), isBefore ? "before" : "at": .string(text)])
        }
    }

    private func json(_ due: ParsedDue) -> JSONValue {
        guard let time = due.time else { return .string(due.date.description) }
        if let zone = due.zone ?? (zone == settings.zone ? nil : zone) {
            return Due.zoned(due.date, time, zone).json
        }
        return .string(LocalDateTime(due.date, time).description)
    }

    /// Words where words say it: they mean the last day of shorter months, which a bare rule does not.
    private func json(_ recurrence: ParsedRecurrence) -> JSONValue {
        .string(
            RecurrenceWords.text(for: recurrence, time: nil, in: settings.spokenLanguage) ?? recurrence.rule.description
        )
    }

    private func text(_ reminder: ParsedReminder, due: ParsedDue?) -> String? {
        switch reminder {
        case .before(let span): span.isZero ? "PT0S" : span.description
        case .at(let local): zone.instant(of: local).description
        // A time of the day it is due comes again with a task that does.
        case .onDay(let days, let time):
            due.map { _ in days == 0 ? time.description : "\(CalendarSpan(days: days)) \(time)" }
        }
    }
}
