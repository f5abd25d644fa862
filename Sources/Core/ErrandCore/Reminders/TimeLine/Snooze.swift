public import CivilTime

/// A firing that was put off, for as long as it has not come again.
public struct Snooze: Hashable, Sendable {
    public let id: ReminderID
    /// The reminder whose firing it was.
    public let reminderID: ReminderID
    /// When it comes again.
    public let at: Instant

    init(id: ReminderID, of reminder: ReminderID, at instant: Instant) {
        self.id = id
        reminderID = reminder
        at = instant
    }

    /// Nil for the row of a reminder itself, and for a snooze that has come again.
    init?(_ row: ReminderRow) {
        guard let reminder = row.snoozeOf, let next = row.nextAt else { return nil }
        self.init(id: row.id, of: reminder, at: next)
    }

    func row(of task: TodoTask, for member: UserID) -> ReminderRow {
        ReminderRow(
            id: id, taskID: task.id, memberID: member, snoozeOf: reminderID, base: at, nextAt: at,
            repeatEvery: nil, lastFiredAt: nil
        )
    }
}

extension Snooze {
    /// What changes of a task call its snoozes: they are no field of it, but are changed and taken back like one.
    static let field = "snoozes"

    public var json: JSONValue {
        [
            "id": .string(id.description), "reminder_id": .string(reminderID.description),
            "at": .string(at.description),
        ]
    }

    /// Reads what ``json`` wrote.
    init?(_ json: JSONValue) {
        guard let id = json["id"]?.string.flatMap({ ReminderID($0) }),
            let reminder = json["reminder_id"]?.string.flatMap({ ReminderID($0) }),
            let at = json["at"]?.string.flatMap({ Instant($0) })
        else { return nil }
        self.init(id: id, of: reminder, at: at)
    }
}

extension TaskChanges {
    /// What differs between the snoozes of a task before and after.
    static func between(_ before: [Snooze], and after: [Snooze]) -> TaskChanges {
        let (from, to) = (JSONValue.array(before.map(\.json)), JSONValue.array(after.map(\.json)))
        return TaskChanges(fields: from == to ? [] : [Field(name: Snooze.field, from: from, to: to)])
    }
}

extension [ReminderRow] {
    /// The snoozes among the rows of a task, the next one first.
    var snoozes: [Snooze] {
        compactMap { Snooze($0) }.sorted { ($0.at, $0.id.description) < ($1.at, $1.id.description) }
    }

    /// The rows with these snoozes in place of those that wait.
    func replacingSnoozes(by snoozes: [Snooze], of task: TodoTask, for member: UserID) -> [ReminderRow] {
        let others = filter { row in Snooze(row) == nil && !snoozes.contains { $0.id == row.id } }
        return others + snoozes.map { $0.row(of: task, for: member) }
    }
}
