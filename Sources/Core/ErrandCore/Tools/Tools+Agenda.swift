import CivilTime

/// What is to be done on which day.
extension Tool {
    static let agenda = Tool(
        "agenda", "Show the agenda",
        "What is overdue, and what is due on each day from `from` to `to`: today and the next 6 days unless they say "
            + "otherwise. Good for \"what is due today\" and for planning.",
        .reads,
        input: ToolSchema.object(["from": ToolSchema.text("Day, also in words"), "to": ToolSchema.text()]),
        output: ToolSchema.agenda
    ) { (reader) throws(ErrandError) in
        let from = reader.string("from")
        let to = reader.string("to")
        return .look { (context) throws(ErrandError) in
            let speech = try context.speech
            let first = try from.map { (text) throws(ErrandError) in try speech.day(text, at: "/from") }
            let start = first ?? speech.settings.today(at: speech.now)
            let last = try to.map { (text) throws(ErrandError) in try speech.day(text, at: "/to") }
            return try Agenda(from: start, to: last ?? start.adding(days: 6), speech.settings).result(in: context)
        }
    }
}

/// The days of a person with what is due on them.
package struct Agenda {
    private let from: LocalDate
    private let to: LocalDate
    private let settings: UserSettings

    init(from: LocalDate, to: LocalDate, _ settings: UserSettings) throws(ErrandError) {
        guard (2...9998).contains(from.year), from <= to,
            to.daysSinceEpoch - from.daysSinceEpoch < Limits.agendaDaysMax
        else {
            throw .invalid("/to", .outOfRange, "Must be from 1 to \(Limits.agendaDaysMax) days that begin with from.")
        }
        self.from = from
        self.to = to
        self.settings = settings
    }

    func result(in context: QueryContext) throws(ErrandError) -> ToolResult {
        var query = TaskQuery()
        query.status = .pending
        query.sort = .dueDate
        query.limit = Limits.pageSize.upperBound
        query.wantsCount = true
        query.due = .overdue
        let overdue = try ListTasks(query).answer(in: context)
        query.due = nil
        (query.dueFrom, query.dueTo) = (.date(from), .date(to))
        let due = try ListTasks(query).answer(in: context)
        let late = Set(overdue.tasks.map(\.id))
        var days: [(date: LocalDate, tasks: [TodoTask])] = []
        for task in due.tasks where !late.contains(task.id) {
            guard let date = day(of: task) else { continue }
            if days.last?.date == date { days[days.count - 1].tasks.append(task) } else { days.append((date, [task])) }
        }
        let isWhole = overdue.nextCursor == nil && due.nextCursor == nil
        return ToolResult(
            json: [
                "time_zone": .string(settings.zone.identifier), "from": .string(from.description),
                "to": .string(to.description), "overdue": .array(overdue.tasks.map(\.toolLine)),
                "days": .array(
                    days.map { day in
                        ["date": .string(day.date.description), "tasks": .array(day.tasks.map(\.toolLine))]
                    }
                ),
                "complete": .bool(isWhole),
            ],
            sentence: sentence(overdue.count ?? 0, days)
        )
    }

    /// The day on the user's own clocks.
    private func day(of task: TodoTask) -> LocalDate? {
        guard let due = task.due, due.followsUser else {
            return task.dueSpan.map { settings.zone.local(at: $0.start).date }
        }
        return due.date
    }

    private func sentence(_ overdue: Int, _ days: [(date: LocalDate, tasks: [TodoTask])]) -> String {
        var lines = ["\(Sentences.count(overdue, "task")) overdue."]
        for day in days {
            lines.append("\(day.date): \(day.tasks.map(\.label).joined(separator: "; ")).")
        }
        if days.isEmpty { lines.append("Nothing is due from \(from) to \(to).") }
        return lines.joined(separator: "\n")
    }
}
