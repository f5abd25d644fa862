import CivilTime

/// A `patternedRecurrence` of Microsoft Graph as a rule of iCalendar (RFC 5545 §3.3.10).
enum MicrosoftRecurrence {
    /// - Returns: nil for what has no rule; whether the values of the others are right, their parser says.
    static func rule(_ recurrence: JSONFields) -> String? {
        let pattern = recurrence["pattern"].fields
        guard var parts = parts(of: pattern) else { return nil }
        let interval = pattern["interval"].integer ?? 1
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        if let first = days[pattern.text("firstDayOfWeek").lowered], parts.contains("FREQ=WEEKLY") {
            parts.append("WKST=\(first)")
        }
        let range = recurrence["range"].fields
        switch range.text("type").lowered {
        case "", "noend": break
        case "enddate":
            guard case .date(let date) = DateText(range.text("endDate")) else { return nil }
            parts.append("UNTIL=\(ICalendarValue.text(date))")
        case "numbered":
            guard let count = range["numberOfOccurrences"].integer else { return nil }
            parts.append("COUNT=\(count)")
        default: return nil
        }
        return parts.joined(separator: ";")
    }

    private static func parts(of pattern: JSONFields) -> [String]? {
        let names = pattern["daysOfWeek"].items.compactMap { days[$0.words.lowered] }
        let byDay = names.isEmpty ? nil : "BYDAY=\(names.joined(separator: ","))"
        let day = pattern["dayOfMonth"].integer.map { "BYMONTHDAY=\($0)" }
        let month = pattern["month"].integer.map { "BYMONTH=\($0)" }
        let position = positions[pattern.text("index").lowered].map { "BYSETPOS=\($0)" } ?? "BYSETPOS=1"
        switch pattern.text("type").lowered {
        case "daily": return ["FREQ=DAILY"]
        case "weekly": return ["FREQ=WEEKLY"] + (byDay.map { [$0] } ?? [])
        case "absolutemonthly": return day.map { ["FREQ=MONTHLY", $0] }
        case "relativemonthly": return byDay.map { ["FREQ=MONTHLY", $0, position] }
        case "absoluteyearly":
            guard let month, let day else { return nil }
            return ["FREQ=YEARLY", month, day]
        case "relativeyearly":
            guard let month, let byDay else { return nil }
            return ["FREQ=YEARLY", month, byDay, position]
        default: return nil
        }
    }

    private static let days = [
        "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA",
        "sunday": "SU",
    ]
    private static let positions = ["first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1]
}
