import CivilTime
import Recurrence

/// Reads what `task export` of Taskwarrior writes.
struct TaskwarriorReader: TaskFileReader {
    private var walk: TaskwarriorWalk
    private let series: TaskwarriorSeries
    private let zone: Zone
    private var keys = SeenKeys()
    /// Occurrences that a template may have made.
    private static let madeMax = 9_999
    /// What follows from other members, and what `TaskwarriorSeries` reads.
    private static let passedOver: Set<String> = [
        "id", "uuid", "status", "description", "entry", "modified", "end", "tags", "project", "priority", "due",
        "scheduled", "recur", "until", "parent", "mask", "imask", "rtype", "template", "last", "urgency", "annotations",
        "depends",
    ]

    init(_ text: [UInt8], _ options: ReaderOptions) throws(TaskFileError) {
        walk = try TaskwarriorWalk(text)
        series = try TaskwarriorSeries(walk)
        zone = options.zone
    }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        while let (node, mark) = try walk.next() {
            guard case .object(let task) = node else {
                let note = ReadNote(.error, line: Int(mark.line), "This is no task, which is an object.")
                return ReadEntry(task: nil, notes: [note])
            }
            // Whatever it says is said by the tasks made from it.
            let isTemplate = task.text("status").lowered == "recurring"
            if isTemplate, series.hasOpenTask(of: task.text("uuid")) { continue }
            if !isTemplate, !task["mask"].isEmpty {
                return Self.leftOut("This series has ended; its tasks are read, and it is left out.", Int(mark.line))
            }
            return entry(task, at: mark)
        }
        return nil
    }

    private static func leftOut(_ detail: String, _ line: Int) -> ReadEntry {
        ReadEntry(task: nil, notes: [ReadNote(.warning, line: line, field: "recur", detail)])
    }

    private mutating func entry(_ task: JSONFields, at mark: JSONScanner.Mark) -> ReadEntry {
        var builder = EntryBuilder(title: task.text("description"), line: Int(mark.line))
        let key = task.text("uuid")
        if !key.isEmpty {
            builder.task.key = key
            if !keys.insert(key) { builder.warn("uuid", "Another task before has the same; both are taken in.") }
        }
        readNames(of: task, into: &builder)
        readNotes(of: task, into: &builder)
        readStatus(of: task, into: &builder)
        readDue(of: task, into: &builder)
        if let ended = readRecurrence(of: task, at: mark, into: &builder) { return ended }
        readRest(of: task, into: &builder)
        return builder.entry(titleField: "description")
    }

    private func readNames(of task: JSONFields, into builder: inout EntryBuilder) {
        builder.addTag(task.text("project"))
        let tags = task["tags"]
        // Old versions have them in one text.
        let names = tags.items.isEmpty ? (tags.text ?? "").split(separator: ",").map(String.init) : []
        for tag in names + tags.items.map(\.words) { builder.addTag(tag) }
        let priority = task.text("priority")
        switch priority.lowered {
        case "": break
        case "h": builder.task.priority = .high
        case "m": builder.task.priority = .medium
        case "l": builder.task.priority = .low
        default: builder.keep("priority", priority, because: "This is none of H, M and L.")
        }
    }

    /// Annotations, each with the day it was made on.
    private func readNotes(of task: JSONFields, into builder: inout EntryBuilder) {
        for annotation in task["annotations"].items {
            let text = annotation.fields.text("description")
            guard !text.isEmpty else {
                if !annotation.isEmpty { builder.keep("annotation", annotation.words, because: "It has no text.") }
                continue
            }
            let day = DateText(annotation.fields.text("entry")).map { $0.due(onClockOf: zone).date }
            builder.addLine(day.map { "\($0): \(text)" } ?? text)
        }
    }

    private func readStatus(of task: JSONFields, into builder: inout EntryBuilder) {
        builder.task.createdAt = instant("entry", of: task, into: &builder)
        builder.task.updatedAt = instant("modified", of: task, into: &builder)
        let end = instant("end", of: task, into: &builder)
        let status = task.text("status")
        switch status.lowered {
        case "", "pending", "waiting", "recurring": break
        case "completed":
            builder.task.isCompleted = true
            builder.task.completedAt = end
        case "deleted":
            builder.task.isInTrash = true
            builder.task.updatedAt = end ?? builder.task.updatedAt
        default: builder.keep("status", status, because: "This status is not known; the task is taken as open.")
        }
    }

    private func instant(_ name: String, of task: JSONFields, into builder: inout EntryBuilder) -> Instant? {
        let text = task.text(name)
        if text.isEmpty { return nil }
        if let date = DateText(text) { return date.instant(in: zone) }
        builder.warn(name, "This moment cannot be read; it is left out.")
        return nil
    }

    private func readDue(of task: JSONFields, into builder: inout EntryBuilder) {
        for name in ["due", "scheduled"] {
            let text = task.text(name)
            if text.isEmpty { continue }
            guard let date = DateText(text) else {
                builder.keep(name, text, because: "This date cannot be read.")
                continue
            }
            let due = date.due(onClockOf: zone)
            if builder.task.due == nil {
                builder.task.due = due
                if name != "due" { builder.warn(name, "It has no due date; the date it is scheduled for is taken.") }
            } else {
                builder.keep(name, due.words, because: "A task has one date here.")
            }
        }
    }

    /// - Returns: what is said of a template all of whose tasks are made.
    private func readRecurrence(
        of task: JSONFields, at mark: JSONScanner.Mark, into builder: inout EntryBuilder
    ) -> ReadEntry? {
        let (recur, parent) = (task.text("recur"), task.text("parent"))
        let isOpen = !builder.task.isCompleted && !builder.task.isInTrash
        guard !recur.isEmpty, isOpen, parent.isEmpty || series.goesOn(from: mark, of: parent) else { return nil }
        var recurrence = PortableRecurrence(.words(recur), countsFromCompletion: task.text("rtype") == "chained")
        defer { builder.task.recurrence = recurrence }
        guard var rule = TaskwarriorRecurrence.rule(recur), let due = builder.task.due else { return nil }
        let isTemplate = task.text("status").lowered == "recurring"
        if !recurrence.countsFromCompletion { rule = rule.clamped(to: due.date) }
        let until = isTemplate ? task.text("until") : series.templates[parent]?.until ?? ""
        if let until = DateText(until) {
            rule.end = .until(due.time == nil ? .date(until.due(onClockOf: zone).date) : .utc(until.instant(in: zone)))
        }
        recurrence.source = .rule(rule)
        let made = task.text("mask").utf8.count
        guard isTemplate, made > 0 else { return nil }
        guard made <= Self.madeMax, let next = occurrence(made, of: rule, from: due) else {
            let detail = "All tasks of this series were made, and none of them is open; it is left out."
            return Self.leftOut(detail, builder.task.line)
        }
        recurrence.start = due.local
        builder.task.due = PortableDue(date: next.date, time: due.time == nil ? nil : next.time, zone: due.zone)
        return nil
    }

    /// When the task is due that is made after so many others.
    private func occurrence(_ count: Int, of rule: RecurrenceRule, from due: PortableDue) -> LocalDateTime? {
        let zone = due.zone ?? .utc
        let set = RecurrenceSet(start: due.local, rule: rule, zone: zone)
        let begin = zone.instant(of: due.local)
        guard begin < .latest else { return nil }
        let all = Array(set.occurrences(in: begin..<Instant.latest, limit: count + 1))
        return all.count > count ? all.last?.local : nil
    }

    /// What no field can hold: other attributes, among them those that people define (UDA).
    private func readRest(of task: JSONFields, into builder: inout EntryBuilder) {
        let until = task.text("until")
        if !until.isEmpty, builder.task.recurrence == nil {
            let words = DateText(until)?.due(onClockOf: zone).words ?? until
            builder.keep("until", words, because: "Tasks do not go by themselves here.")
        }
        let before = TaskwarriorSeries.dependencies(of: task).map { series.titles[$0] ?? $0 }
        if !before.isEmpty {
            builder.keep("depends", before.joined(separator: ", "), because: "Tasks do not wait for others here.")
        }
        for (name, value) in task.members where !Self.passedOver.contains(name) && !value.isEmpty {
            let isDate = name == "wait" || name == "start"
            // A task that was waited for is there.
            if name == "wait", task.text("status").lowered != "waiting" { continue }
            let date = isDate ? value.text.flatMap { DateText($0) }?.due(onClockOf: zone) : nil
            let detail = isDate ? "Tasks have no such date here." : "There is no such field here."
            builder.keep(name, date?.words ?? value.words, because: detail)
        }
    }
}

extension PortableDue {
    /// For a person to read.
    var words: String { time.map { "\(date) \($0)" } ?? "\(date)" }
}
