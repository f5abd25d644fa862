import CivilTime
import Recurrence

/// Reads tasks of Microsoft To Do as Microsoft Graph gives them (`todoTask`): an answer with `value`, lists with their
/// `tasks`, or a bare array of either, which is what scripts and programs that save them write.
struct MicrosoftToDoReader: TaskFileReader {
    private var walk: JSONTaskWalk
    private let zone: Zone
    private var keys = SeenKeys()
    private static let names = JSONOutline.Names(
        title: ["displayName"], tasks: ["tasks"], lists: ["lists"], mixed: ["value"])

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
        let key = task.text("id")
        if !key.isEmpty {
            builder.task.key = key
            if !keys.insert(key) { builder.warn("id", "Another task before has the same; both are taken in.") }
        }
        for name in lists + task["categories"].items.map(\.words) { builder.addTag(name) }
        readBody(of: task, into: &builder)
        switch task.text("importance").lowered {
        case "", "normal": break
        case "high": builder.task.priority = .high
        case "low": builder.task.priority = .low
        case let other: builder.keep("importance", other, because: "This is none of high, normal and low.")
        }
        readStatus(of: task, into: &builder)
        readDue(of: task, into: &builder)
        readReminder(of: task, into: &builder)
        readRecurrence(of: task, into: &builder)
        readRest(of: task, into: &builder)
        return builder.entry(titleField: "title")
    }

    private func readBody(of task: JSONFields, into builder: inout EntryBuilder) {
        let body = task["body"]
        let text = body.text ?? body.fields.text("content")
        let isHTML = body.fields.text("contentType").lowered == "html"
        builder.task.description = (isHTML ? PlainHTML.text(text) : text).trimmed
        let items = task["checklistItems"].items.map { item in
            "- [\(item.fields["isChecked"].isTrue ? "x" : " ")] \(item.fields.text("displayName"))"
        }
        if !items.isEmpty { builder.addParagraph(items.joined(separator: "\n")) }
    }

    private func readStatus(of task: JSONFields, into builder: inout EntryBuilder) {
        builder.task.createdAt = instant("createdDateTime", of: task, into: &builder)
        builder.task.updatedAt = instant("lastModifiedDateTime", of: task, into: &builder)
        let done = moment("completedDateTime", of: task, into: &builder)
        let status = task.text("status")
        switch status.lowered {
        case "", "notstarted", "inprogress": break
        case "completed":
            builder.task.isCompleted = true
            builder.task.completedAt = done?.instant
        case "waitingonothers", "deferred":
            builder.keep("status", status, because: "Tasks are done or not here.")
        default: builder.keep("status", status, because: "This status is not known; the task is taken as open.")
        }
    }

    private func instant(_ name: String, of task: JSONFields, into builder: inout EntryBuilder) -> Instant? {
        let text = task.text(name)
        if text.isEmpty { return nil }
        if let date = DateText(text) { return date.instant(in: .utc) }
        builder.warn(name, "This moment cannot be read; it is left out.")
        return nil
    }

    /// A date and a time with the name of a zone (`dateTimeTimeZone`), as they are written and as a moment.
    private func moment(
        _ name: String, of task: JSONFields, into builder: inout EntryBuilder
    ) -> (local: LocalDateTime, instant: Instant)? {
        let value = task[name]
        if value.isEmpty { return nil }
        let text = value.text ?? value.fields.text("dateTime")
        guard let date = DateText(text) else {
            builder.keep(name, value.words, because: "This date cannot be read.")
            return nil
        }
        let name = value.fields.text("timeZone")
        let own = name.isEmpty ? .utc : ZoneNames.zone(name)
        if own == nil { builder.warn("timeZone", "The zone \(name) is not known; the clock of its person is taken.") }
        let instant = date.instant(in: own ?? zone)
        switch date {
        case .date(let date): return (LocalDateTime(date, .midnight), instant)
        case .local(let local): return (local, instant)
        case .instant:
            let local = (own ?? zone).localDateTime(at: instant)
            return ((1...9999).contains(local.date.year) ? local : Zone.utc.localDateTime(at: instant), instant)
        }
    }

    /// Tasks are due on a day there: the midnight at its beginning, in its own zone or on the clock of its person.
    private func readDue(of task: JSONFields, into builder: inout EntryBuilder) {
        for name in ["dueDateTime", "startDateTime"] {
            guard let (local, instant) = moment(name, of: task, into: &builder) else { continue }
            let there = local.time == .midnight ? local.date : zone.localDateTime(at: instant).date
            let day = (1...9999).contains(there.year) ? there : local.date
            if builder.task.due == nil {
                builder.task.due = PortableDue(date: day)
                if name != "dueDateTime" { builder.warn(name, "There is no due date; this date is taken.") }
            } else if builder.task.due?.date != day {
                builder.keep(name, day.description, because: "A task has one date here.")
            }
        }
    }

    private func readReminder(of task: JSONFields, into builder: inout EntryBuilder) {
        guard let (_, instant) = moment("reminderDateTime", of: task, into: &builder) else { return }
        // What was switched off keeps its time there.
        if case .bool(false) = task["isReminderOn"] { return }
        builder.task.reminders.append(PortableReminder(.at(instant)))
    }

    private func readRecurrence(of task: JSONFields, into builder: inout EntryBuilder) {
        let recurrence = task["recurrence"]
        guard !recurrence.isEmpty, !builder.task.isCompleted else { return }
        guard builder.task.due != nil else {
            builder.keep("recurrence", recurrence.words, because: "What repeats needs a date.")
            return
        }
        guard let text = MicrosoftRecurrence.rule(recurrence.fields) else {
            builder.keep("recurrence", recurrence.words, because: "This rule cannot be followed.")
            return
        }
        builder.setRule(text, field: "recurrence")
    }

    private func readRest(of task: JSONFields, into builder: inout EntryBuilder) {
        for resource in task["linkedResources"].items {
            let parts = ["displayName", "webUrl"].map { resource.fields.text($0) }.filter { !$0.isEmpty }
            if !parts.isEmpty { builder.addLine(parts.joined(separator: ": ")) }
        }
        let files = task["attachments"].items.map { $0.fields.text("name") }.filter { !$0.isEmpty }
        if !files.isEmpty {
            builder.keep("attachments", files.joined(separator: ", "), because: "Tasks have no files here.")
        } else if task["hasAttachments"].isTrue {
            builder.warn("hasAttachments", "Tasks have no files here; those it has are left out.")
        }
    }
}
