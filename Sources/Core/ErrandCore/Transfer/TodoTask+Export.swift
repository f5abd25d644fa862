import CivilTime
import Interchange

extension TodoTask {
    /// The task as Errand's own export has it: as every door shows it, and what its series goes on with beside it.
    public var exportJSON: JSONValue {
        var json = JSONObject()
        write(to: &json)
        if let series { json.append("series", series.storedJSON) }
        return .object(json)
    }
}

extension ImportPlanner {
    /// What becomes of the next task of Errand's own export. It keeps its id, so that it is found where it is already.
    mutating func plan(_ json: JSONValue, line: Int) -> Entry {
        var reader = FieldReader(json)
        let task = reader.importedTask(line: line, basis)
        if reader.problems.isEmpty { return Entry(task: task, notes: []) }
        let notes = reader.problems.map { problem in
            let field: String? = if case .body(let pointer) = problem.place { pointer } else { nil }
            return ReadNote(.error, line: line, field: field, problem.detail)
        }
        return Entry(task: nil, notes: notes)
    }
}

extension FieldReader {
    /// A task of an export. What it says beside that is passed over: it follows from the rest, or from elsewhere.
    fileprivate mutating func importedTask(line: Int, _ basis: ImportBasis) -> ImportedTask? {
        for name in ["id", "title"] { require(name) }
        let id = parsed("id", expected: "a UUID") { TaskID($0) }
        let title = title()
        guard let id, let title else { return nil }
        var task = ImportedTask(id: id, title: title, line: line, now: basis.now)
        task.description = text("description", .description) ?? ""
        task.priority = priority() ?? .standard
        task.tags = tags() ?? []
        if let due = present("due") {
            var reader = FieldReader(due, at: path("due"))
            task.due = reader.dueMembers()
            report(contentsOf: reader.problems)
        }
        task.reminders = (reminders() ?? []).enumerated().map { index, input in
            let own = ReminderID(.derived(from: id.value, index))
            return Reminder(id: own, moment: input.moment, repeatEvery: input.repeatEvery)
        }
        if task.due == nil, task.reminders.contains(where: \.countsFromDue) {
            report("reminders", .invalidValue, "Counts from the due date, and the task has none.")
        }
        if present("position") != nil { task.position = parsed("position", expected: "a place") { PositionKey($0) } }
        task.version = Int64(integer("version", in: 1...FieldReader.countMax) ?? 1)
        task.createdAt = instant("created_at", basis) ?? basis.now
        task.updatedAt = instant("updated_at", basis) ?? task.createdAt
        task.completedAt = instant("completed_at", basis)
        task.deletedAt = instant("deleted_at", basis)
        task.series = series(of: task, basis)
        return task
    }

    /// Of versions and occurrences: far more than there can be, and far from what a number holds.
    private static let countMax = 1_000_000_000

    private mutating func present(_ name: String) -> JSONValue? {
        value(name).flatMap { $0 == .null ? nil : $0 }
    }

    /// Not later than now: what lies in the future has not happened yet.
    private mutating func instant(_ name: String, _ basis: ImportBasis) -> Instant? {
        if present(name) == nil { return nil }
        return parsed(name, expected: "an RFC 3339 date-time with offset") { Instant($0) }.map { min($0, basis.now) }
    }

    private mutating func series(of task: ImportedTask, _ basis: ImportBasis) -> TaskSeries? {
        guard let json = present("series") else { return seriesAsShown(of: task, basis) }
        guard let series = TaskSeries(json) else {
            report("series", .invalidValue, "Is damaged.")
            return nil
        }
        var template = FieldReader(json["template"] ?? .null, at: path("series") + "/template")
        _ = (template.title(), template.text("description", .description), template.priority())
        _ = (template.tags(), template.reminders())
        report(contentsOf: template.problems)
        let dates = [series.original] + (series.recurrence.map { [$0.start] } ?? [])
        if !(1...FieldReader.countMax).contains(series.index)
            || !dates.allSatisfy({ Limits.dueYears.contains($0.date.year) })
            || series.recurrence?.exceptions.count ?? 0 > Limits.exceptionsPerSeriesMax
        {
            report("series", .outOfRange, "Is out of range.")
        }
        return series
    }

    /// The series as far as the members that every door shows tell of it, as exports had it that were made before
    /// there was more: it goes on from this task, with the task itself for a template.
    private mutating func seriesAsShown(of task: ImportedTask, _ basis: ImportBasis) -> TaskSeries? {
        guard let shown = present("recurrence") else { return nil }
        var rules: JSONObject = [:]
        for name in ["rrule", "anchor", "catch_up", "exdates"] { rules[name] = shown[name] }
        var reader = FieldReader(["recurrence": .object(rules)])
        guard case .set(let input) = reader.recurrence(), reader.problems.isEmpty else {
            report("recurrence", .invalidValue, "Is damaged.")
            return nil
        }
        do {
            let start = try input.start(due: task.due, basis.settings, at: basis.now)
            let id = value("series_id")?.string.flatMap { SeriesID($0) }
            return TaskSeries(
                id: id ?? SeriesID(.derived(from: task.id.value, 0)),
                predecessorID: value("recurring_parent_id")?.string.flatMap { TaskID($0) }, original: start.due.local,
                recurrence: start.recurrence, template: TaskTemplate(task.task(0, in: basis.space)), clock: start.clock
            )
        } catch {
            report("recurrence", .invalidValue, "Never happens from the due date on.")
            return nil
        }
    }
}

extension Reminder {
    fileprivate var countsFromDue: Bool {
        if case .at = moment { false } else { true }
    }
}
