import CivilTime
import Interpreter
import TaskLanguage

/// What has to come of a turn.
struct Expectation {
    enum Shows {
        case tasks(Set<Int>)
        case count(Int)
        case due(number: Int?, date: LocalDate, time: LocalTime?)
    }

    let changes: [Fields]
    /// Nil where nothing may be asked; an empty set where it does not matter which tasks are named.
    let asks: Set<Int>?
    let shows: Shows?
    let refuses: Bool?

    init(_ fields: Fields) throws {
        changes = fields.has("changes") ? try fields.list("changes") : []
        if fields.text("asks") != nil {
            asks = Set(fields.numbers("candidates") ?? [])
        } else if let numbers = fields.numbers("asks") {
            asks = Set(numbers)
        } else if !fields.has("asks") || fields.isNull("asks") {
            asks = nil
        } else {
            let asked = try fields.object("asks")
            asks = Set(asked.numbers("numbers") ?? asked.numbers("tasks") ?? asked.numbers("candidates") ?? [])
        }
        shows = try Expectation.shows(fields)
        refuses = fields.has("refuses") ? fields.flag("refuses") : nil
    }

    private static func shows(_ fields: Fields) throws -> Shows? {
        guard fields.has("shows"), !fields.isNull("shows") else { return nil }
        if let numbers = fields.numbers("shows") { return .tasks(Set(numbers)) }
        let shown = try fields.object("shows")
        if let count = shown.number("count") { return .count(count) }
        guard let text = shown.text("date"), let date = LocalDate(text) else { throw CorpusError(key: "shows") }
        return .due(number: shown.number("number"), date: date, time: shown.text("time").flatMap { LocalTime($0) })
    }

    /// The model after the changes, given the one before the last change of the conversation.
    func apply(to model: Model, before: Model?) throws -> Model {
        var model = model
        for change in changes {
            guard let name = change.text("op") ?? change.text("do") ?? change.text("change") else {
                throw CorpusError(key: "changes/op")
            }
            let numbers = change.numbers("numbers") ?? change.number("number").map { [$0] } ?? []
            switch name {
            case "add":
                let number = model.nextNumber
                var task = KnownTask(number: number, title: change.text("title") ?? "")
                try ModelTask.set(&task, change.has("task") ? try change.object("task") : change)
                model.tasks[number] = ModelTask(task)
            case "complete": model.apply(.complete(numbers))
            case "reopen": model.apply(.reopen(numbers))
            case "delete": model.apply(.delete(numbers))
            case "restore": model.apply(.restore(numbers))
            case "skip": model.apply(.skip(numbers))
            case "end", "end_series": model.apply(.endSeries(numbers))
            case "undo": model = before ?? model
            case "remind":
                let reminders = try (change.texts("reminders") ?? []).map(ModelTask.reminder)
                for number in numbers { model.apply(.remind(number, reminders)) }
            case "update":
                let set = try change.object("set")
                for number in numbers {
                    guard var task = model.tasks[number] else { throw CorpusError(key: "update/number") }
                    try ModelTask.set(&task.task, set)
                    model.tasks[number] = task
                }
            case "tag":
                model.apply(.tag(numbers, change.texts("add") ?? []))
                model.apply(.untag(numbers, change.texts("remove") ?? []))
            default: throw CorpusError(key: "op \(name)")
            }
        }
        return model
    }
}
