public import CivilTime

/// When to remind of a task.
public struct Reminder: Hashable, Sendable {
    public enum Moment: Hashable, Sendable {
        /// That long before the task is due; 0 for when it is due. Of a task due on a date it counts from the
        /// user's ``UserSettings/allDayReminderTime``. Days are days of the calendar, hours are real ones.
        case before(CalendarSpan)
        /// At that time so many days before the day the task is due (``Limits/reminderDaysBefore``), on the clock of
        /// the due date: its own zone, or the user's. Comes again with every occurrence.
        case onDay(daysBefore: Int, LocalTime)
        case at(Instant)
    }

    public let id: ReminderID
    public let moment: Moment
    /// Again and again after the first time, until the task is done. Days are days on the user's clock.
    public let repeatEvery: CalendarSpan?

    public init(id: ReminderID, moment: Moment, repeatEvery: CalendarSpan? = nil) {
        self.id = id
        self.moment = moment
        self.repeatEvery = repeatEvery
    }

    func withID(_ id: ReminderID) -> Reminder { Reminder(id: id, moment: moment, repeatEvery: repeatEvery) }

    /// Whether both remind alike.
    func isSame(as other: Reminder) -> Bool { moment == other.moment && repeatEvery == other.repeatEvery }
}

extension Reminder.Moment {
    /// What doors call it.
    enum Kind: String, CaseIterable {
        case relative, clock, absolute
    }

    var kind: Kind {
        switch self {
        case .before: .relative
        case .onDay: .clock
        case .at: .absolute
        }
    }

    /// What says when, under the names that every door uses.
    var members: JSONObject {
        switch self {
        case .before(let span): ["before": .string(span.description)]
        case .onDay(let days, let time): ["time": .string(time.description), "days_before": JSONValue(days)]
        case .at(let instant): ["at": .string(instant.description)]
        }
    }
}

extension Reminder {
    public var json: JSONValue {
        var object: JSONObject = ["id": .string(id.description), "kind": .string(moment.kind.rawValue)]
        for member in moment.members.members { object.append(member.name, member.value) }
        object.append("repeat_every", JSONValue(text: repeatEvery?.description))
        return .object(object)
    }

    /// Reads what ``json`` wrote.
    public init?(_ json: JSONValue) {
        guard let id = json["id"]?.string.flatMap({ ReminderID($0) }) else { return nil }
        let moment: Moment
        if let before = json["before"]?.string.flatMap({ CalendarSpan($0) }) {
            moment = .before(before)
        } else if let time = json["time"]?.string.flatMap({ LocalTime($0) }) {
            moment = .onDay(daysBefore: Int(json["days_before"]?.integer ?? 0), time)
        } else if let at = json["at"]?.string.flatMap({ Instant($0) }) {
            moment = .at(at)
        } else {
            return nil
        }
        self.init(
            id: id, moment: moment, repeatEvery: json["repeat_every"]?.string.flatMap { CalendarSpan($0) }
        )
    }
}
