public import CivilTime

/// When to remind of a task.
public struct Reminder: Hashable, Sendable {
    public enum Moment: Hashable, Sendable {
        /// That long before the task is due; 0 for when it is due. Of a task due on a date it counts from the
        /// user's ``UserSettings/allDayReminderTime``.
        case before(Duration)
        case at(Instant)
    }

    public let id: ReminderID
    public let moment: Moment
    /// Again and again after the first time, until the task is done.
    public let repeatEvery: Duration?

    public init(id: ReminderID, moment: Moment, repeatEvery: Duration? = nil) {
        self.id = id
        self.moment = moment
        self.repeatEvery = repeatEvery
    }

    func withID(_ id: ReminderID) -> Reminder { Reminder(id: id, moment: moment, repeatEvery: repeatEvery) }

    /// Whether both remind alike.
    func isSame(as other: Reminder) -> Bool { moment == other.moment && repeatEvery == other.repeatEvery }
}

extension Reminder {
    public var json: JSONValue {
        var object: JSONObject = ["id": .string(id.description)]
        switch moment {
        case .before(let duration):
            object.append("kind", "relative")
            object.append("before", .string(ISODuration(duration).description))
        case .at(let instant):
            object.append("kind", "absolute")
            object.append("at", .string(instant.description))
        }
        object.append("repeat_every", JSONValue(text: repeatEvery.map { ISODuration($0).description }))
        return .object(object)
    }

    /// Reads what ``json`` wrote.
    public init?(_ json: JSONValue) {
        guard let id = json["id"]?.string.flatMap({ ReminderID($0) }) else { return nil }
        let moment: Moment
        if let before = json["before"]?.string.flatMap({ ISODuration($0) }) {
            moment = .before(before.duration)
        } else if let at = json["at"]?.string.flatMap({ Instant($0) }) {
            moment = .at(at)
        } else {
            return nil
        }
        self.init(
            id: id, moment: moment, repeatEvery: json["repeat_every"]?.string.flatMap { ISODuration($0)?.duration }
        )
    }
}
