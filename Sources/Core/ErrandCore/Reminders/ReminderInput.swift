public import CivilTime

/// A reminder as a request gives it.
public struct ReminderInput: Hashable, Sendable {
    public let moment: Reminder.Moment
    public let repeatEvery: CalendarSpan?

    public init(_ moment: Reminder.Moment, repeatEvery: CalendarSpan? = nil) {
        self.moment = moment
        self.repeatEvery = repeatEvery
    }
}

extension ReminderInput {
    /// Reads `{reminders: […]}`.
    public static func list(
        _ json: JSONValue, at pointer: String = ""
    ) throws(ErrandError) -> [ReminderInput] {
        var reader = FieldReader(json, at: pointer)
        reader.require("reminders")
        let inputs = reader.reminders() ?? []
        try reader.finish()
        return inputs
    }
}

extension FieldReader {
    /// A list of reminders, repeats left out.
    mutating func reminders() -> [ReminderInput]? {
        guard let value = value("reminders") else { return nil }
        guard let items = value.array else {
            report("reminders", .wrongType, "Must be a list of reminders.")
            return nil
        }
        guard items.count <= Limits.remindersPerTaskMax else {
            report("reminders", .tooMany, "Must have at most \(Limits.remindersPerTaskMax) reminders.")
            return nil
        }
        var inputs: [ReminderInput] = []
        for (index, item) in items.enumerated() {
            var reader = FieldReader(item, at: "\(path("reminders"))/\(index)")
            let input = reader.reminderMembers()
            report(contentsOf: reader.problems)
            if let input, !inputs.contains(input) { inputs.append(input) }
        }
        return inputs
    }

    /// `{before}`, `{time, days_before?}` or `{at}`, and what belongs to each.
    mutating func reminderMembers() -> ReminderInput? {
        // What was read may be sent back; which reminder is meant follows from what it says.
        _ = parsed("id", expected: "a UUID") { ReminderID($0) }
        let kind = parsed("kind", expected: "relative, clock or absolute") { Reminder.Moment.Kind(rawValue: $0) }
        let before = span("before", in: Limits.reminderLead)
        let time = parsed("time", expected: "a time (HH:MM)") { LocalTime($0) }
        let days = integer("days_before", in: Limits.reminderDaysBefore)
        let at = parsed("at", expected: "an RFC 3339 date-time with offset", ReminderInput.instant)
        let every = value("repeat_every") == .null ? nil : span("repeat_every", in: Limits.reminderRepeat)
        checkMoment(kind)
        reportUnknown()
        guard problems.isEmpty else { return nil }
        if let before { return ReminderInput(.before(before), repeatEvery: every) }
        if let time { return ReminderInput(.onDay(daysBefore: days ?? 0, time), repeatEvery: every) }
        return at.map { ReminderInput(.at($0), repeatEvery: every) }
    }

    /// Just one of the members that say when, and the one that goes with the kind.
    private mutating func checkMoment(_ kind: Reminder.Moment.Kind?) {
        let given = Reminder.Moment.Kind.allCases.filter { contains($0.member) }
        if let first = given.first {
            for other in given.dropFirst() {
                report(other.member, .excluded, "Cannot be given together with \(first.member).")
            }
        } else {
            report(kind == .clock ? "time" : "before", .required, "Give before, time, or at.")
        }
        for other in given where kind != nil && other != kind {
            report(other.member, .excluded, "Belongs to kind \(other.rawValue).")
        }
        if contains("days_before"), !contains("time") { report("time", .required, "Goes with days_before.") }
    }

    /// An ISO 8601 duration within `range`, where a day is as long as usual.
    mutating func span(_ name: String, in range: ClosedRange<Duration>) -> CalendarSpan? {
        let expected =
            "an ISO 8601 duration from \(range.lowerBound.inDays) to \(range.upperBound.inDays), such as PT30M"
        return parsed(name, expected: expected) {
            CalendarSpan($0).flatMap { range.contains($0.usualLength) ? $0 : nil }
        }
    }
}

extension Reminder.Moment.Kind {
    /// The member that says when.
    fileprivate var member: String {
        switch self {
        case .relative: "before"
        case .clock: "time"
        case .absolute: "at"
        }
    }
}

extension Duration {
    /// The same length, whole days as days.
    fileprivate var inDays: CalendarSpan {
        let seconds = Int(components.seconds)
        return CalendarSpan(days: seconds / 86_400, seconds: seconds % 86_400)
    }
}

extension ReminderInput {
    fileprivate static func instant(_ text: String) -> Instant? {
        guard let instant = Instant(text), let year = Int(text.prefix(4)), (1901...2998).contains(year)
        else { return nil }
        return instant
    }
}
