import CivilTime

extension Due {
    public var json: JSONValue {
        switch self {
        case .date(let date):
            ["kind": "date", "date": .string(date.description)]
        case .floating(let date, let time):
            ["kind": "floating", "date": .string(date.description), "time": .string(time.description)]
        case .zoned(let date, let time, let zone):
            [
                "kind": "zoned", "date": .string(date.description), "time": .string(time.description),
                "time_zone": .string(zone.identifier),
            ]
        }
    }

    /// Reads what ``json`` wrote.
    init?(_ json: JSONValue) {
        var reader = FieldReader(json)
        guard let due = reader.dueMembers(), reader.problems.isEmpty else { return nil }
        self = due
    }
}

extension FieldReader {
    /// `{kind, date, time?, time_zone?}`
    mutating func dueMembers() -> Due? {
        let kind = parsed("kind", expected: "date, floating or zoned") { DueKind(rawValue: $0) }
        let date = parsed("date", expected: "a date (YYYY-MM-DD) of the years 1900 to 2999") { text in
            LocalDate(text).flatMap { Limits.dueYears.contains($0.year) ? $0 : nil }
        }
        let isZoned = kind == .zoned
        let isDate = kind == .date
        require("kind")
        require("date")
        let time: LocalTime? = isDate ? nil : parsed("time", expected: "a time (HH:MM)") { LocalTime($0) }
        if kind == .floating || isZoned { require("time") }
        let expectedZone = "an IANA time zone such as Europe/Paris"
        let zone: Zone? = isZoned ? parsed("time_zone", expected: expectedZone) { Zone(identifier: $0) } : nil
        if isZoned { require("time_zone") }
        reportUnknown()
        guard problems.isEmpty, let kind, let date else { return nil }
        switch (kind, time, zone) {
        case (.date, _, _): return .date(date)
        case (.floating, let time?, _): return .floating(date, time)
        case (.zoned, let time?, let zone?): return .zoned(date, time, zone)
        default: return nil
        }
    }
}

private enum DueKind: String {
    case date, floating, zoned
}
