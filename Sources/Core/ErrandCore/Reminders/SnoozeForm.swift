public import CivilTime

/// How long to wait, or until when.
public enum SnoozeForm: Hashable, Sendable {
    /// Days are days on the user's clock.
    case length(CalendarSpan)
    case until(Instant)
    /// As people say it: "this evening", "tomorrow", "friday at 8". A day alone is its morning.
    case words(String)

    /// Reads `{for}` (ISO 8601 duration), `{until}` or `{text}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        let length = reader.span("for", in: Limits.snooze)
        let until = reader.parsed("until", expected: "an RFC 3339 date-time with offset") { Instant($0) }
        let text = reader.text("text", .recurrenceWords)
        let given = ["for", "until", "text"].filter { reader.contains($0) }
        for other in given.dropFirst() {
            reader.report(other, .excluded, "Cannot be given together with \(given[0]).")
        }
        if given.isEmpty { reader.report("for", .required, "Give for, until or text.") }
        try reader.finish()
        self = length.map { .length($0) } ?? text.map { .words($0) } ?? .until(until ?? .earliest)
    }
}
