public import CivilTime

/// One end of a range of time as a person gives it: an instant, or a day that counts whole.
public enum TimeBound: Hashable, Sendable {
    case instant(Instant)
    case date(LocalDate)

    /// Where a range begins that has this as its first end: a day from its midnight on.
    public func start(in zone: Zone) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .date(let date): zone.instant(of: date, at: .midnight)
        }
    }

    /// What a range stays before that has this as its last end: a day belongs to it to the end.
    public func end(in zone: Zone) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .date(let date): zone.instant(of: date.adding(days: 1), at: .midnight)
        }
    }
}

extension FieldReader {
    /// One end of a range: an RFC 3339 date-time with its offset, or a date `YYYY-MM-DD`.
    ///
    /// - Parameter years: which instants are accepted, and dates up to a year beyond; nil for all of them but dates
    ///   at the ends of the calendar, where a day has no neighbour.
    public mutating func timeBound(_ name: String, years: ClosedRange<Int>? = nil) -> TimeBound? {
        let limits = years.map { " of the years \($0.lowerBound) to \($0.upperBound)" } ?? ""
        return parsed(name, expected: "an RFC 3339 date-time or a date\(limits)") { text in
            if let date = LocalDate(text) {
                let dates = years.map { $0.lowerBound - 1...$0.upperBound + 1 } ?? 2...9998
                return dates.contains(date.year) ? .date(date) : nil
            }
            if let years, !years.contains(Int(text.prefix(4)) ?? 0) { return nil }
            return Instant(text).map { .instant($0) }
        }
    }
}
