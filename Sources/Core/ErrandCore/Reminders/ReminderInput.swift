import CivilTime

/// A reminder as a request gives it.
public struct ReminderInput: Hashable, Sendable {
    public let moment: Reminder.Moment
    public let repeatEvery: Duration?

    public init(_ moment: Reminder.Moment, repeatEvery: Duration? = nil) {
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

    /// `{before}` or `{at}`, and what belongs to either.
    mutating func reminderMembers() -> ReminderInput? {
        // What was read may be sent back; which reminder is meant follows from what it says.
        _ = parsed("id", expected: "a UUID") { ReminderID($0) }
        let kind = parsed("kind", expected: "relative or absolute") {
            ["relative", "absolute"].contains($0) ? $0 : nil
        }
        let before = duration("before", in: Limits.reminderLead)
        let at = parsed("at", expected: "an RFC 3339 date-time with offset", ReminderInput.instant)
        let every = value("repeat_every") == .null ? nil : duration("repeat_every", in: Limits.reminderRepeat)
        if contains("before"), contains("at") { report("at", .excluded, "Cannot be given together with before.") }
        if !contains("before"), !contains("at") { report("before", .required, "Give before, or at.") }
        if kind == "absolute", contains("before") { report("before", .excluded, "Belongs to kind relative.") }
        if kind == "relative", contains("at") { report("at", .excluded, "Belongs to kind absolute.") }
        reportUnknown()
        guard problems.isEmpty else { return nil }
        if let before { return ReminderInput(.before(before), repeatEvery: every) }
        return at.map { ReminderInput(.at($0), repeatEvery: every) }
    }

    /// An ISO 8601 duration within `range`.
    mutating func duration(_ name: String, in range: ClosedRange<Duration>) -> Duration? {
        let (low, high) = (ISODuration(range.lowerBound), ISODuration(range.upperBound))
        return parsed(name, expected: "an ISO 8601 duration from \(low) to \(high), such as PT30M") {
            ISODuration($0).flatMap { range.contains($0.duration) ? $0.duration : nil }
        }
    }
}

extension ReminderInput {
    fileprivate static func instant(_ text: String) -> Instant? {
        guard let instant = Instant(text), let year = Int(text.prefix(4)), (1901...2998).contains(year)
        else { return nil }
        return instant
    }
}
