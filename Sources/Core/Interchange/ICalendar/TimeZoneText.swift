import CivilTime
import Recurrence

/// A zone as a VTIMEZONE (RFC 5545 §3.6.5), so that programs that know no zones by name know when it is.
enum TimeZoneText {
    static func component(_ zone: Zone, year: Int) -> [UInt8] {
        let observances = ZoneObservances(zone, year: year)
        var text = ContentLineText()
        text.add("BEGIN", "VTIMEZONE")
        text.add("TZID", zone.identifier)
        // The offset that everything begins with.
        let start = LocalDateTime(wallSeconds: Int(observances.startSeconds))
        add(&text, observances.offset, observances.offset, isDaylight: false, start, rule: nil, dates: [])
        for group in groups(observances.changes) {
            let dates = group.changes.dropFirst().map(\.local)
            let first = group.changes[0]
            add(&text, first.from, first.to, isDaylight: group.isDaylight, first.local, rule: nil, dates: dates)
        }
        for change in observances.yearly {
            add(
                &text, change.first.from, change.first.to, isDaylight: change.first.to > change.first.from,
                change.first.local, rule: change.rule.description, dates: [])
        }
        text.add("END", "VTIMEZONE")
        return text.bytes
    }

    private struct Group {
        var isDaylight: Bool
        var changes: [ZoneObservances.Change]
    }

    /// Changes by the same offsets, in the order of the first of each.
    private static func groups(_ changes: [ZoneObservances.Change]) -> [Group] {
        var groups: [Group] = []
        var places: [[Int64]: Int] = [:]
        for (index, change) in changes.enumerated() {
            // Summer time ends within the year; what stays is a new standard.
            let next = index + 1 < changes.count ? changes[index + 1] : nil
            let isBrief = next.map { $0.instant - change.instant < 300 * 86_400 && $0.to < $0.from } ?? false
            let isDaylight = change.to > change.from && isBrief
            let key = [change.from, change.to, isDaylight ? 1 : 0]
            if let place = places[key] {
                groups[place].changes.append(change)
            } else {
                places[key] = groups.count
                groups.append(Group(isDaylight: isDaylight, changes: [change]))
            }
        }
        return groups
    }

    private static func add(
        _ text: inout ContentLineText, _ from: Int64, _ to: Int64, isDaylight: Bool, _ start: LocalDateTime,
        rule: String?, dates: [LocalDateTime]
    ) {
        let name = isDaylight ? "DAYLIGHT" : "STANDARD"
        text.add("BEGIN", name)
        text.add("DTSTART", ICalendarValue.text(start))
        text.add("TZOFFSETFROM", offset(from))
        text.add("TZOFFSETTO", offset(to))
        if let rule { text.add("RRULE", rule) }
        if !dates.isEmpty { text.add("RDATE", dates.map(ICalendarValue.text).joined(separator: ",")) }
        text.add("END", name)
    }

    /// `+0100`, with seconds where there are some (§3.3.14).
    private static func offset(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let size = abs(seconds)
        let text = (seconds < 0 ? "-" : "+") + two(size / 3600) + two(size / 60 % 60)
        return size % 60 == 0 ? text : text + two(size % 60)
    }
}

extension ZoneObservances {
    /// The beginning of the first year, on the clock of the zone.
    var startSeconds: Int64 { offset < 0 ? 0 : offset }
}
