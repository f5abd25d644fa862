import CivilTime
import Recurrence

/// A task, or what is to change of one, as a call writes it.
struct ToolTask: Sendable {
    /// Where it lies in the call.
    let place: String
    /// Members that operations read as they are.
    private var plain = JSONObject()
    private var due: JSONValue?
    private var recurrence: JSONValue?
    private var reminders: [String]?
    /// Every so often, where a call says it in numbers.
    private var rhythm: (frequency: RecurrenceRule.Frequency, interval: Int)?

    /// Reads what tools call a task's details, and those of `names` that operations read as they are.
    init(_ reader: inout FieldReader, at place: String, _ names: [String]) {
        self.place = place
        for name in names + ["description", "priority"] { plain[name] = reader.value(name) }
        if let tags = reader.value("tags") {
            plain["tags"] =
                tags.string.map { text in
                    .array(text.split(separator: ",").map { .string($0.trimmingPrefix(" ").description) })
                } ?? tags
        }
        due = reader.value("due_date")
        recurrence = reader.value("recurrence")
        if let recurrence, recurrence != .null, recurrence.string == nil {
            reader.report("recurrence", .wrongType, "Must be words, or an RRULE.")
        }
        reminders = reader.reminderTexts()
    }

    var isEmpty: Bool { plain.isEmpty && due == nil && recurrence == nil && reminders == nil }

    /// Reads `frequency` and `interval`, which may stand for `recurrence`.
    mutating func readRhythm(_ reader: inout FieldReader) {
        let frequency = reader.parsed("frequency", expected: "daily, weekly, monthly or yearly") {
            RecurrenceRule.Frequency(rawValue: $0.uppercased()).flatMap { $0 == .hourly ? nil : $0 }
        }
        let interval = reader.integer("interval", in: 1...999)
        if reader.contains("frequency"), recurrence != nil {
            reader.report("frequency", .excluded, "Cannot be given together with recurrence.")
        } else if !reader.contains("frequency"), recurrence == nil {
            reader.report("frequency", .required, "Give frequency, or recurrence.")
        } else if interval != nil, !reader.contains("frequency") {
            reader.report("interval", .excluded, "Needs a frequency to count.")
        }
        if let frequency { rhythm = (frequency, interval ?? 1) }
    }

    /// As an operation reads it.
    ///
    /// - Parameter wasDated: whether the task has a due date before the call.
    func body(_ speech: ToolSpeech, wasDated: Bool = false) throws(ErrandError) -> JSONValue {
        var body = plain
        if let due {
            let member = try speech.due(due, at: "\(place)/due_date")
            body[member.name] = member.value
        }
        if let recurrence { body["recurrence"] = recurrence.string.map { speech.recurrence($0) } ?? .null }
        if let rhythm {
            // As people mean it who say "every two months" on a 31st.
            let rule = RecurrenceRule(rhythm.frequency, interval: rhythm.interval)
            body["recurrence"] = ["rrule": .string(rule.clamped(to: speech.date(of: body)).description)]
        }
        if let reminders {
            let isDated = due.map { $0 != .null } ?? wasDated || (recurrence.map { $0 != .null } ?? (rhythm != nil))
            var items: [JSONValue] = []
            for (index, text) in reminders.enumerated() {
                let pointer = "\(place)/reminders/\(index)"
                items.append(.object(try speech.reminder(text, at: pointer, isDated: isDated)))
            }
            body["reminders"] = .array(items)
        }
        return .object(body)
    }
}

extension ToolSpeech {
    /// The day on which what is written is due; today where it is not.
    fileprivate func date(of body: JSONObject) -> LocalDate {
        let due = body["due"].flatMap(Due.init)
        let input = body["due_date"]?.string.flatMap { DueInput($0) }
        return due?.date ?? input?.resolved(in: settings.zone).date ?? settings.today(at: now)
    }
}

extension FieldReader {
    /// `reminders`, a list of texts or one.
    fileprivate mutating func reminderTexts() -> [String]? {
        guard let value = value("reminders") else { return nil }
        if let text = value.string { return [text] }
        let texts = value.array?.compactMap(\.string)
        if let texts, texts.count == value.array?.count, texts.count <= Limits.remindersPerTaskMax { return texts }
        report("reminders", .wrongType, "Must be a list of at most \(Limits.remindersPerTaskMax) texts.")
        return nil
    }

    /// What `read` finds in each of `tasks`, or in the call itself where it has none.
    mutating func items<Item>(_ read: (inout FieldReader, _ place: String) -> Item?) -> [Item] {
        guard let tasks = value("tasks") else { return read(&self, "").map { [$0] } ?? [] }
        guard let items = tasks.array else {
            report("tasks", .wrongType, "Must be a list of objects.")
            return []
        }
        guard checkCount(items.count, of: "tasks") else { return [] }
        return items.enumerated().compactMap { index, item in
            let place = "\(path("tasks"))/\(index)"
            var reader = FieldReader(item, at: place)
            let read = read(&reader, place)
            reader.reportUnknown()
            report(contentsOf: reader.problems)
            return read
        }
    }
}

extension ToolWork {
    /// Changes one task after the other.
    ///
    /// - Parameters:
    ///   - status: what became of them, in a word.
    ///   - change: gives the task and the sentence about it.
    static func each<Item: Sendable>(
        _ items: [Item], _ status: String, at place: @escaping @Sendable (Item) -> String,
        _ change: @escaping @Sendable (Item, CommandContext) throws(ErrandError) -> (task: TodoTask, sentence: String)
    ) -> ToolWork {
        .change { (context, trace) throws(ErrandError) in
            var (tasks, sentences): ([TodoTask], [String]) = ([], [])
            for item in items {
                trace.current = place(item)
                let (task, sentence) = try change(item, context)
                tasks.append(task)
                sentences.append(sentence)
            }
            return .written(tasks, status, sentences)
        }
    }

    /// Changes the tasks that a call names by one row of the catalogue.
    static func each(
        _ targets: [ToolTarget], _ status: String, by entry: CatalogueEntry<TodoTask>, _ body: JSONValue = .null
    ) -> ToolWork {
        each(targets, status, at: \.place) { (target, context) throws(ErrandError) in
            let task = try entry.execute(target.input(body), in: context)
            return (task, entry.sentence(task))
        }
    }
}

extension ToolResult {
    static func written(_ tasks: [TodoTask], _ status: String, _ sentences: [String]) -> ToolResult {
        var json: JSONObject = ["status": .string(status)]
        if tasks.count == 1, let task = tasks.first {
            json.append("task_id", .integer(task.number))
            json.append("title", .string(task.title))
        }
        json.append("tasks", .array(tasks.map(\.toolJSON)))
        return ToolResult(json: json, sentence: sentences.joined(separator: " "))
    }
}

extension Tool {
    private static let addNames: JSONObject = [
        "due": "due_date", "deadline": "due_date", "repeat": "recurrence", "name": "title", "notes": "description",
    ]
    static let writeRenames = Dictionary(
        addNames.members.map { ($0.name, $0.value.string ?? "") } + [("id", "task_id"), ("ids", "task_ids")]
    ) { first, _ in first }

    static let addTask = Tool(
        "add_task", "Add tasks",
        "Adds a task, or up to 25 with `tasks` when several things are said at once. The title says what to do; put "
            + "when, how often and tags into their own arguments, dates in the user's own words.",
        .adds,
        input: ToolSchema.object(
            ["title": ToolSchema.text()], ToolSchema.details,
            [
                "tasks": [
                    "type": "array", "maxItems": 25, "items": ["type": "object"],
                    "description": "Each with these same arguments",
                ],
                "idempotency_key": ToolSchema.onceKey,
            ]
        ),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let tasks = reader.items { reader, place in
            reader.require("title")
            return ToolTask(&reader, at: place, ["id", "title"])
        }
        return adding(tasks, Catalogue.createTask)
    }

    static let createRecurring = Tool(
        "create_recurring", "Add a recurring task",
        "Adds a task that comes again: when it is completed, the next one appears. Give `recurrence` in words, or "
            + "`frequency` with `interval`.",
        .adds,
        input: ToolSchema.object(
            [
                "title": ToolSchema.text(), "frequency": ToolSchema.choice(["daily", "weekly", "monthly", "yearly"]),
                "interval": ToolSchema.number(),
            ], ToolSchema.details, ["idempotency_key": ToolSchema.onceKey], required: ["title"]
        ),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        reader.require("title")
        var task = ToolTask(&reader, at: "", ["id", "title"])
        task.readRhythm(&reader)
        return adding([task], Catalogue.createRecurringTask)
    }

    private static func adding(_ tasks: [ToolTask], _ entry: CatalogueEntry<CreateTask.Outcome>) -> ToolWork {
        .each(tasks, "created", at: \.place) { (task, context) throws(ErrandError) in
            let input = OperationInput(body: try task.body(try context.speech))
            let outcome = try entry.execute(input, at: task.place, in: context)
            return (outcome.task, entry.sentence(outcome))
        }
    }
}
