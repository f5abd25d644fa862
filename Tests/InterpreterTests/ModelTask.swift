import CivilTime
import Interpreter
import Recurrence
import TaskLanguage

/// A task of the small model that conversations are held against: no successors, no clocks. What is skipped is due the
/// next time.
struct ModelTask: Equatable {
    var task: KnownTask
    var skips = 0

    init(_ task: KnownTask) { self.task = task }

    init(_ fields: Fields) throws {
        guard let number = fields.number("number"), let title = fields.text("title") else {
            throw CorpusError(key: "tasks/number, title")
        }
        var task = KnownTask(number: number, title: title)
        task.description = fields.text("description") ?? ""
        try Self.set(&task, fields)
        if let day = fields.text("completed") ?? fields.text("completed_on") ?? fields.text("completed_at") {
            guard let date = LocalDate(String(day.prefix(10))) else { throw CorpusError(key: "completed") }
            task.status = .completed(on: date)
        }
        if fields.flag("deleted") { task.status = .deleted }
        self.task = task
    }

    /// Sets what is there.
    static func set(_ task: inout KnownTask, _ fields: Fields) throws {
        if let title = fields.text("title") { task.title = title }
        if let text = fields.text("description") { task.description = text }
        if fields.isNull("due") { task.due = nil }
        if let due = fields.text("due") {
            let time = fields.has("time") ? nil : task.due?.time
            task.due = try Self.due(due)
            if task.due?.time == nil, let time, !due.contains("T") { task.due?.time = time }
        }
        if fields.isNull("rrule") { task.recurrence = nil }
        if let text = fields.text("time"), let due = task.due {
            task.due = ParsedDue(date: due.date, time: LocalTime(text), zone: due.zone)
        }
        if let rule = fields.text("rrule") {
            guard let parsed = try? RecurrenceRule(rule) else { throw CorpusError(key: "rrule") }
            task.recurrence = ParsedRecurrence(rule: parsed)
        }
        if let name = fields.text("priority") {
            guard let priority = ParsedPriority(rawValue: name) else { throw CorpusError(key: "priority") }
            task.priority = priority
        }
        if let tags = fields.texts("tags") { task.tags = tags }
        if let reminders = fields.texts("reminders") { task.reminders = try reminders.map(Self.reminder) }
    }

    private static func due(_ text: String) throws -> ParsedDue {
        let parts = text.split(separator: " ").map(String.init)
        let zone = parts.count > 1 ? Zone(identifier: parts[1]) : nil
        if let date = LocalDate(parts[0]) { return ParsedDue(date: date) }
        guard let local = LocalDateTime(parts[0]) else { throw CorpusError(key: "due") }
        return ParsedDue(date: local.date, time: local.time, zone: zone)
    }

    static func reminder(_ text: String) throws -> ParsedReminder {
        if text == "PT0S" { return .before(.zero) }
        if let span = CalendarSpan(text) { return .before(span) }
        guard let local = LocalDateTime(text) else { throw CorpusError(key: "reminders") }
        return .at(local)
    }

    /// As it is compared: titles without the case of their first letter, rules by what they mean.
    var compared: ModelTask {
        var copy = self
        copy.task.title = task.title.prefix(1).lowercased() + task.title.dropFirst()
        copy.task.description = task.description.prefix(1).lowercased() + task.description.dropFirst()
        copy.task.tags = task.tags.map { $0.lowercased() }.sorted()
        copy.task.reminders = task.reminders.sorted { "\($0)" < "\($1)" }
        if let rule = task.recurrence?.rule { copy.task.recurrence?.rule = Self.plain(rule, task.due?.date) }
        return copy
    }

    private static func plain(_ rule: RecurrenceRule, _ date: LocalDate?) -> RecurrenceRule {
        var rule = rule
        guard let date else { return rule }
        if rule.frequency == .weekly, rule.days.isEmpty { rule.days = [RecurrenceRule.Day(date.weekday)] }
        if rule.frequency == .monthly, rule.days.isEmpty, rule.monthDays.isEmpty { rule.monthDays = [date.day] }
        if rule.frequency == .yearly, rule.days.isEmpty, rule.monthDays.isEmpty, rule.months.isEmpty {
            rule.monthDays = [date.day]
            rule.months = [date.month]
        }
        return rule
    }
}

/// All tasks of the model, and what can be done to them.
struct Model: Equatable {
    var tasks: [Int: ModelTask]
    let today: LocalDate

    init(_ tasks: [ModelTask], today: LocalDate) {
        self.tasks = Dictionary(tasks.map { ($0.task.number, $0) }) { first, _ in first }
        self.today = today
    }

    var known: [KnownTask] { tasks.values.map(\.task).sorted { $0.number < $1.number } }
    var compared: [Int: ModelTask] { tasks.mapValues(\.compared) }
    var nextNumber: Int { (tasks.keys.max() ?? 0) + 1 }

    /// ``Action/undo`` is not the model's.
    mutating func apply(_ action: Action) {
        let today = today
        switch action {
        case .add(let new, _):
            let number = nextNumber
            let task = KnownTask(
                number: number, title: new.title, due: new.due, recurrence: new.recurrence,
                priority: new.priority ?? .medium, tags: new.tags, reminders: new.reminders
            )
            tasks[number] = ModelTask(task)
        case .complete(let numbers): each(numbers) { $0.task.status = .completed(on: today) }
        case .reopen(let numbers), .restore(let numbers): each(numbers) { $0.task.status = .pending }
        case .delete(let numbers): each(numbers) { $0.task.status = .deleted }
        case .skip(let numbers):
            each(numbers) { task in
                task.skips += 1
                task.task.due = task.task.dueAfterSkip ?? task.task.due
            }
        case .endSeries(let numbers): each(numbers) { $0.task.recurrence = nil }
        case .rename(let number, let title): each([number]) { $0.task.title = title }
        case .describe(let number, let text): each([number]) { $0.task.description = text }
        case .move(let number, let due): each([number]) { $0.task.due = due }
        case .repeats(let number, let rule, let due):
            each([number]) { task in
                task.task.recurrence = rule
                if let due { task.task.due = due }
            }
        case .prioritise(let numbers, let level): each(numbers) { $0.task.priority = level }
        case .tag(let numbers, let tags):
            each(numbers) { task in
                for tag in tags where !task.task.tags.contains(tag) { task.task.tags.append(tag) }
            }
        case .untag(let numbers, let tags):
            let lowered = tags.map { $0.lowercased() }
            each(numbers) { $0.task.tags.removeAll { lowered.contains($0.lowercased()) } }
        case .remind(let number, let reminders): each([number]) { $0.task.reminders = reminders }
        case .undo: break
        }
    }

    private mutating func each(_ numbers: [Int], _ change: (inout ModelTask) -> Void) {
        for number in numbers {
            guard var task = tasks[number] else { continue }
            change(&task)
            tasks[number] = task
        }
    }
}
