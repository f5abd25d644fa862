public import CivilTime

/// How long to wait, or until when.
public enum SnoozeForm: Hashable, Sendable {
    /// Days are days on the user's clock.
    case length(CalendarSpan)
    case until(Instant)

    /// Reads `{for}` (ISO 8601 duration) or `{until}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        let length = reader.span("for", in: Limits.snooze)
        let until = reader.parsed("until", expected: "an RFC 3339 date-time with offset") { Instant($0) }
        if reader.contains("for"), reader.contains("until") {
            reader.report("until", .excluded, "Cannot be given together with for.")
        } else if !reader.contains("for"), !reader.contains("until") {
            reader.report("for", .required, "Give for, or until.")
        }
        try reader.finish()
        self = length.map { .length($0) } ?? .until(until ?? .earliest)
    }
}
