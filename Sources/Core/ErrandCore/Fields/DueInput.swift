public import CivilTime

/// A due date as a request gives it: in full, or as an instant that takes the user's zone.
public enum DueInput: Hashable, Sendable {
    case due(Due)
    case instant(Instant)

    /// A year inside ``Limits/dueYears``, so that the date lies there in every zone.
    private static let instantYears = Limits.dueYears.lowerBound + 1...Limits.dueYears.upperBound - 1

    /// Reads an RFC 3339 date-time, cut to whole seconds, or a date.
    init?(_ text: String) {
        if let date = LocalDate(text), Limits.dueYears.contains(date.year) {
            self = .due(.date(date))
        } else if let instant = Instant(text), let year = Int(text.prefix(4)), DueInput.instantYears.contains(year) {
            self = .instant(instant)
        } else {
            return nil
        }
    }

    /// The due date for a user who lives in `zone`: an instant keeps the date and time it has there.
    func resolved(in zone: Zone) -> Due {
        switch self {
        case .due(let due): return due
        case .instant(let instant):
            let local = zone.local(at: instant)
            return .zoned(local.date, local.time, zone)
        }
    }
}
