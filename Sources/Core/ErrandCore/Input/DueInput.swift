public import CivilTime

/// A due date as a request gives it: in full, or as an instant that takes the user's zone.
public enum DueInput: Hashable, Sendable {
    case due(Due)
    case instant(Instant)

    /// Reads an RFC 3339 date-time, cut to whole seconds, or a date.
    init?(_ text: String) {
        if let date = LocalDate(text), Limits.dueYears.contains(date.year) {
            self = .due(.date(date))
        } else if let instant = Instant(text), instant >= .firstDue, instant <= .lastDue {
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

extension Instant {
    /// A day inside ``Limits/dueYears``, so that they lie there in every zone.
    fileprivate static let firstDue = Instant(seconds: -2_208_902_400)
    fileprivate static let lastDue = Instant(seconds: 32_503_593_600)
}
