import CivilTime
import Recurrence
import TaskLanguage

/// A task that a call names, and where it does.
struct ToolTarget: Sendable {
    /// As ``OperationInput/subject``.
    let subject: String
    let versions: [Int64]?
    let place: String

    /// The input of an operation about it.
    func input(_ body: JSONValue = .null) -> OperationInput {
        OperationInput(subject: subject, versions: versions, body: body)
    }
}

extension FieldReader {
    /// The task that `task_id` names.
    mutating func target() -> [ToolTarget] {
        require("task_id")
        return one()
    }

    /// The tasks that `task_id` or `task_ids` name.
    mutating func targets() -> [ToolTarget] {
        guard let ids = value("task_ids") else { return target() }
        if contains("task_id") { report("task_id", .excluded, "Cannot be given together with task_ids.") }
        _ = value("task_id")
        guard let items = ids.array else {
            report("task_ids", .wrongType, "Must be a list of numbers or ids of tasks.")
            return []
        }
        guard checkCount(items.count, of: "task_ids") else { return [] }
        var targets: [ToolTarget] = []
        for (index, item) in items.enumerated() {
            guard let subject = FieldReader.subject(item) else {
                report(item: index, of: "task_ids", .invalidValue, "Must be the number or id of a task.")
                continue
            }
            if targets.contains(where: { $0.subject == subject }) { continue }
            targets.append(ToolTarget(subject: subject, versions: nil, place: "\(path("task_ids"))/\(index)"))
        }
        return targets
    }

    private mutating func one() -> [ToolTarget] {
        let version = integer("if_version")
        guard let id = value("task_id") else { return [] }
        guard let subject = FieldReader.subject(id) else {
            report("task_id", .invalidValue, "Must be the number or id of a task.")
            return []
        }
        return [ToolTarget(subject: subject, versions: version.map { [$0] }, place: path("task_id"))]
    }

    /// Whether a list is neither empty nor too long; reports it otherwise.
    mutating func checkCount(_ count: Int, of name: String) -> Bool {
        if (1...Limits.toolItemsMax).contains(count) { return true }
        report(
            name, count == 0 ? .tooShort : .tooMany, "Must have 1 to \(Limits.toolItemsMax) entries, has \(count).")
        return false
    }

    /// A number, `12`, `#12` or a UUID.
    private static func subject(_ id: JSONValue) -> String? {
        switch id {
        case .integer(let number): number > 0 ? String(number) : nil
        case .string(let text): TaskReference(text.hasPrefix("#") ? String(text.dropFirst()) : text)?.description
        default: nil
        }
    }
}

/// What words of a user mean now.
struct ToolSpeech {
    let settings: UserSettings
    let now: Instant

    var language: LanguageContext { settings.language(at: now) }

    /// A due date as a member that operations read.
    ///
    /// - Parameter value: a date, a date-time, words, an object as REST has it, or `null` for none.
    func due(_ value: JSONValue, at pointer: String) throws(ErrandError) -> (name: String, value: JSONValue) {
        guard let text = value.string else { return ("due", value) }
        if DueInput(text) != nil { return ("due_date", value) }
        if let local = LocalDateTime(text) { return ("due", Due.floating(local.date, local.time).json) }
        if let spoken = DateWords.parse(text, in: language) { return ("due", spoken.due.json) }
        throw .invalid(
            pointer, .invalidValue,
            "Is not understood as a date. Give RFC 3339, YYYY-MM-DD, or words such as \"next friday at 5pm\"."
        )
    }

    /// The day that a text means.
    func day(_ text: String, at pointer: String) throws(ErrandError) -> LocalDate {
        if let date = LocalDate(text) { return date }
        if let instant = Instant(text) { return settings.zone.local(at: instant).date }
        if let spoken = DateWords.parse(text, in: language) { return spoken.date }
        throw .invalid(pointer, .invalidValue, "Is not understood as a date. Give YYYY-MM-DD, or words.")
    }

    /// One end of a range as lists read it: an instant, or a day that counts whole.
    func bound(_ text: String, at pointer: String) throws(ErrandError) -> JSONValue {
        if Instant(text) != nil { return .string(text) }
        return .string(try day(text, at: pointer).description)
    }

    /// How a task comes again: an RRULE, or words.
    func recurrence(_ text: String) -> JSONValue {
        let rule = text.uppercased().hasPrefix("RRULE:") ? String(text.dropFirst("RRULE:".count)) : text
        return rule.uppercased().contains("FREQ=") ? ["rrule": .string(rule)] : ["text": .string(text)]
    }

    /// When to remind, as operations read it: a duration before the task is due, a time of the day it is due or of a
    /// day before, an instant, or any of them in words.
    ///
    /// - Parameter isDated: whether the task has a due date. Without one, a time alone is the next time it is so late.
    func reminder(_ text: String, at pointer: String, isDated: Bool) throws(ErrandError) -> JSONObject {
        if CalendarSpan(text) != nil { return ["before": .string(text)] }
        if let length = DurationWords.parse(text, in: language) { return ["before": .string(length.description)] }
        return try occasion(text, at: pointer, isDated: isDated)
    }

    /// When to remind but for a bare duration: `HH:MM` of the day the task is due, `P1D HH:MM` of a day before, an
    /// instant, or words.
    func occasion(_ text: String, at pointer: String, isDated: Bool) throws(ErrandError) -> JSONObject {
        if isDated, let clock = clock(text) { return clock }
        return ["at": try moment(text, at: pointer)]
    }

    /// A time of the day that the task is due, or of one so many days before; nil for any other moment.
    private func clock(_ text: String) -> JSONObject? {
        let parts = text.split(separator: " ").map(String.init)
        let said: ParsedReminder?
        if let time = parts.last.flatMap({ LocalTime($0) }), parts.count <= 2 {
            let span = parts.count == 2 ? CalendarSpan(parts[0]) : CalendarSpan(days: 0)
            said = span.flatMap { $0.seconds == 0 ? .onDay(daysBefore: $0.days, time) : nil }
        } else {
            said = RemindingWords.parse(text, in: language)
        }
        switch said {
        case .before(let span)?: return ["before": .string(span.description)]
        case .onDay(let days, let time)?: return Reminder.Moment.onDay(daysBefore: days, time).members
        case .at?, nil: return nil
        }
    }

    /// A moment: an instant, or words with a time.
    func moment(_ text: String, at pointer: String) throws(ErrandError) -> JSONValue {
        if Instant(text) != nil { return .string(text) }
        let local =
            LocalDateTime(text).map { Due.floating($0.date, $0.time) } ?? DateWords.parse(text, in: language)?.due
        guard let local, case .date = local else {
            guard let local else {
                throw .invalid(
                    pointer, .invalidValue,
                    "Is not understood. Give an ISO 8601 duration such as PT1H, a date-time, or words with a time."
                )
            }
            return .string(local.span(for: settings).start.description)
        }
        throw .invalid(pointer, .invalidValue, "Says a day, but no time.")
    }
}

extension CommandContext {
    var speech: ToolSpeech {
        get throws(ErrandError) { ToolSpeech(settings: try user().settings, now: now) }
    }
}

extension QueryContext {
    var speech: ToolSpeech {
        get throws(ErrandError) { ToolSpeech(settings: try user().settings, now: now) }
    }
}

extension CatalogueEntry {
    /// Does it as a part of a call, in the transaction of that one.
    ///
    /// - Parameter pointer: where in the call what is written was said; errors name places below it.
    func execute(
        _ input: OperationInput, at pointer: String = "", in context: CommandContext
    ) throws(ErrandError) -> Outcome {
        do {
            guard case .command(let command) = try read(input) else {
                preconditionFailure("\(name) changes nothing in a transaction.")
            }
            return try command.execute(in: context)
        } catch .invalid(let problems) {
            throw .invalid(problems.map { $0.lying(at: pointer) })
        } catch {
            throw error
        }
    }

    /// Asks it as a part of a call.
    func answer(_ input: OperationInput, in context: QueryContext) throws(ErrandError) -> Outcome {
        guard case .query(let query) = try read(input) else { preconditionFailure("\(name) is no query.") }
        return try query.answer(in: context)
    }
}

extension FieldProblem {
    /// The problem where it lies in the call. Operations know fields by parts that tools have no names for: what is
    /// wrong with the words of a rule is wrong with `recurrence`.
    fileprivate func lying(at pointer: String) -> FieldProblem {
        guard case .body(let inner) = place else { return self }
        var parts = inner.split(separator: "/").map(String.init)
        if let first = parts.first, ["recurrence", "due"].contains(first) {
            parts = [first == "due" ? "due_date" : first]
        }
        let path = parts.map { "/\($0)" }.joined()
        return FieldProblem(place: .body(pointer + path), code: code, detail: detail)
    }
}
