import CivilTime
import Recurrence

/// Reads the `data.json` of an export of Vikunja: projects, within each other or side by side, and their tasks.
struct VikunjaReader: TaskFileReader {
    private var walk: JSONTaskWalk
    private let zone: Zone
    private var keys = SeenKeys()
    /// Versions before 0.21 have lists within namespaces.
    private static let names = JSONOutline.Names(
        title: ["title"], tasks: ["tasks"], lists: ["lists", "child_projects"], mixed: [])

    init(_ text: [UInt8], _ options: ReaderOptions) throws(TaskFileError) {
        walk = try JSONTaskWalk(text, Self.names)
        zone = options.zone
    }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        guard let (node, line, lists) = try walk.task() else { return nil }
        guard case .object(let task) = node else {
            return ReadEntry(task: nil, notes: [ReadNote(.error, line: line, "This is no task, which is an object.")])
        }
        var builder = EntryBuilder(title: task.text("title"), line: line)
        readKey(of: task, into: &builder)
        builder.task.description = PlainHTML.text(task.text("description"))
        for name in lists + task["labels"].items.map({ $0.fields.text("title") }) { builder.addTag(name) }
        readPriority(of: task, into: &builder)
        builder.task.createdAt = date("created", of: task, into: &builder)?.instant(in: zone)
        builder.task.updatedAt = date("updated", of: task, into: &builder)?.instant(in: zone)
        builder.task.isCompleted = task["done"].isTrue
        let done = date("done_at", of: task, into: &builder)?.instant(in: zone)
        if builder.task.isCompleted { builder.task.completedAt = done }
        readDates(of: task, into: &builder)
        readRepeat(of: task, into: &builder)
        for reminder in task["reminders"].items { read(reminder, of: task, into: &builder) }
        readRelations(of: task, into: &builder)
        readRest(of: task, into: &builder)
        return builder.entry(titleField: "title")
    }

    /// Numbers begin at 1 on every server, so they name a task only together with when it was made.
    private mutating func readKey(of task: JSONFields, into builder: inout EntryBuilder) {
        let (id, created) = (task.text("id"), task.text("created"))
        guard !id.isEmpty, id != "0" else { return }
        let key = created.isEmpty ? id : "\(id) \(created)"
        builder.task.key = key
        if !keys.insert(key) { builder.warn("id", "Another task before has the same; both are taken in.") }
    }

    private func readPriority(of task: JSONFields, into builder: inout EntryBuilder) {
        let priority = task["priority"]
        switch priority.integer {
        case 0: break
        case 1: builder.task.priority = .low
        case 2: builder.task.priority = .medium
        case 3: builder.task.priority = .high
        case 4, 5: builder.task.priority = .urgent
        default:
            if !priority.isEmpty { builder.keep("priority", priority.words, because: "This is no number from 0 to 5.") }
        }
    }

    /// - Returns: nil for year 1, which stands for none.
    private func date(_ name: String, of task: JSONFields, into builder: inout EntryBuilder) -> DateText? {
        let text = task.text(name)
        if text.isEmpty || text.hasPrefix("0001-01-01") || text.hasPrefix("0000-") { return nil }
        if let date = DateText(text) { return date }
        builder.keep(name, text, because: "This date cannot be read.")
        return nil
    }

    private func readDates(of task: JSONFields, into builder: inout EntryBuilder) {
        for name in ["due_date", "end_date", "start_date"] {
            guard let due = date(name, of: task, into: &builder)?.due(onClockOf: zone) else { continue }
            if builder.task.due == nil {
                builder.task.due = due
                if name != "due_date" { builder.warn(name, "There is no due date; this date is taken.") }
            } else {
                builder.keep(name, due.words, because: "A task has one date here.")
            }
        }
    }

    /// Modes: 0 after so many seconds, 1 every month, 2 after so many seconds from when it is done.
    private func readRepeat(of task: JSONFields, into builder: inout EntryBuilder) {
        let (after, mode) = (task["repeat_after"].integer ?? 0, task["repeat_mode"].integer ?? 0)
        guard after > 0 || mode == 1, !builder.task.isCompleted else { return }
        let words = mode == 1 ? "every month" : "every \(after) seconds"
        guard let due = builder.task.due, var rule = mode == 1 ? RecurrenceRule(.monthly) : Self.rule(every: after)
        else {
            let detail = builder.task.due == nil ? "What repeats needs a date." : "No rule comes so often."
            builder.keep("repeat_after", words, because: detail)
            return
        }
        if mode == 1 { rule = rule.clamped(to: due.date) }
        builder.task.recurrence = PortableRecurrence(.rule(rule), countsFromCompletion: mode > 1)
    }

    private static func rule(every seconds: Int) -> RecurrenceRule? {
        let units: [(length: Int, frequency: RecurrenceRule.Frequency)] = [
            (604_800, .weekly), (86_400, .daily), (3_600, .hourly),
        ]
        for (length, frequency) in units where seconds.isMultiple(of: length) {
            let interval = seconds / length
            return interval <= RecurrenceRule.intervalMax ? RecurrenceRule(frequency, interval: interval) : nil
        }
        return nil
    }

    /// A moment, or seconds from a date of the task, less than nothing before it. Versions before 0.21 have moments
    /// alone.
    private func read(_ reminder: JSONNode, of task: JSONFields, into builder: inout EntryBuilder) {
        let fields = reminder.fields
        let (relation, period) = (fields.text("relative_to"), fields["relative_period"].integer ?? 0)
        if relation == "due_date", let due = builder.task.due, (-3_153_600_000...0).contains(period),
            DateText(task.text("due_date")) != nil
        {
            let span = CalendarSpan(days: -period / 86_400, seconds: -period % 86_400)
            if due.time != nil {
                builder.task.reminders.append(PortableReminder(.before(span)))
                return
            }
            if let reminder = CalendarAlarm.reminder(true, span, due: due) {
                builder.task.reminders.append(reminder)
                return
            }
        }
        let text = reminder.text ?? fields.text("reminder")
        if !text.hasPrefix("0001-"), let date = DateText(text) {
            builder.task.reminders.append(PortableReminder(.at(date.instant(in: zone))))
        } else if !reminder.isEmpty {
            builder.keep("reminder", reminder.words, because: "This reminder cannot be followed.")
        }
    }

    private func readRelations(of task: JSONFields, into builder: inout EntryBuilder) {
        // Parts of a task say themselves what they are part of, and copies do not matter any more.
        for (kind, tasks) in task["related_tasks"].fields.members where !["subtask", "copiedto"].contains(kind) {
            let titles = tasks.items.map { $0.fields.text("title") }.filter { !$0.isEmpty }.joined(separator: ", ")
            if titles.isEmpty { continue }
            if kind == "parenttask" {
                builder.keep("Part of", titles, because: "Tasks have no tasks within them here.")
            } else {
                builder.keep(kind, titles, because: "Tasks have nothing to do with each other here.")
            }
        }
    }

    private func readRest(of task: JSONFields, into builder: inout EntryBuilder) {
        let people = task["assignees"].items.map { Self.name(of: $0) }.filter { !$0.isEmpty }
        if !people.isEmpty {
            builder.keep("assignees", people.joined(separator: ", "), because: "Nobody is responsible for tasks here.")
        }
        if let done = task["percent_done"].number, done > 0, done < 1 {
            builder.keep("percent_done", "\(Int(done * 100)) %", because: "Tasks are done or not here.")
        }
        let files = task["attachments"].items.map { $0.fields["file"].fields.text("name") }.filter { !$0.isEmpty }
        if !files.isEmpty {
            builder.keep("attachments", files.joined(separator: ", "), because: "Tasks have no files here.")
        }
        let comments = task["comments"].items.filter { !$0.fields.text("comment").isEmpty }
        for comment in comments {
            let day = DateText(comment.fields.text("created"))?.due(onClockOf: zone).date.description
            let head = [Self.name(of: comment.fields["author"]), day ?? ""].filter { !$0.isEmpty }.joined(
                separator: ", ")
            let text = PlainHTML.text(comment.fields.text("comment"))
            builder.addParagraph(head.isEmpty ? text : "\(head): \(text)")
        }
        if !comments.isEmpty { builder.warn("comments", "Tasks have no comments here. They end the description.") }
    }

    private static func name(of person: JSONNode) -> String {
        let name = person.fields.text("name")
        return name.isEmpty ? person.fields.text("username") : name
    }
}
