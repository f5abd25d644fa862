public import ErrandCore

/// Lists as people read them.
public enum TaskTable {
    /// A line per task: number, state, priority, title, due, tags.
    public static func lines(_ tasks: [TaskView], due text: DueText, on screen: Screen) -> [String] {
        var table = Table(
            columns: [.number, .fixed, .fixed, .flexible(minimum: 20), .fixed, .flexible(minimum: 8)]
        )
        for task in tasks {
            table.append([
                Table.Cell(String(task.number), .faint),
                task.isCompleted ? Table.Cell("✓", .green) : Table.Cell("○"),
                mark(of: task),
                Table.Cell(task.title, task.isCompleted ? .faint : nil),
                due(of: task, text),
                Table.Cell(task.tags.map { "#\($0)" }.joined(separator: " "), .cyan),
            ])
        }
        return table.lines(on: screen)
    }

    /// Everything about one task.
    public static func details(_ task: TaskView, due text: DueText, on screen: Screen) -> [String] {
        var facts: [(String, String)] = [
            ("status", task.isCompleted ? "done" : "open"), ("priority", task.priority.name),
        ]
        if let due = task.due { facts.append(("due", text.long(due))) }
        if !task.tags.isEmpty { facts.append(("tags", task.tags.map { "#\($0)" }.joined(separator: " "))) }
        if let recurrence = task.recurrence { facts.append(("again", PlainText.line(recurrence))) }
        let moments = [
            ("reminder", task.reminderAt), ("created", task.createdAt), ("changed", task.updatedAt),
            ("completed", task.completedAt),
            ("in the trash since", task.deletedAt),
        ]
        facts += moments.compactMap { name, instant in instant.map { (name, text.short($0)) } }
        facts += [("id", task.id)]
        var table = Table(columns: [.fixed, .fixed])
        for (name, value) in facts { table.append([Table.Cell(name, .faint), Table.Cell(value)]) }
        let head = screen.styled("\(task.number)  \(PlainText.line(task.title))", .strong)
        let body = task.description.isEmpty ? [] : ["", PlainText.lines(task.description)]
        return [head] + table.lines(on: screen) + body
    }

    /// A line per tag: name, open tasks, all tasks.
    public static func tagLines(_ tags: [JSONValue], on screen: Screen) -> [String] {
        var table = Table(columns: [.flexible(minimum: 8), .number, .number])
        table.append([Table.Cell("tag", .faint), Table.Cell("open", .faint), Table.Cell("all", .faint)])
        for tag in tags {
            table.append([
                Table.Cell("#" + (tag["name"]?.string ?? ""), .cyan),
                Table.Cell(String(tag["pending"]?.integer ?? 0)),
                Table.Cell(String(tag["count"]?.integer ?? 0)),
            ])
        }
        return table.lines(on: screen)
    }

    private static func mark(of task: TaskView) -> Table.Cell {
        switch task.priority {
        case .urgent: Table.Cell("!!", .red)
        case .high: Table.Cell("!", .yellow)
        case .medium: Table.Cell("")
        case .low: Table.Cell("↓", .faint)
        }
    }

    private static func due(of task: TaskView, _ text: DueText) -> Table.Cell {
        guard let due = task.due else { return Table.Cell("") }
        return Table.Cell(text.short(due), style(of: task, due, text))
    }

    private static func style(of task: TaskView, _ due: Due, _ text: DueText) -> Style? {
        if task.isCompleted { return .faint }
        if text.isPast(due) { return .red }
        return text.isToday(due) ? .yellow : nil
    }
}
