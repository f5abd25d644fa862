public import CivilTime

/// Which clock the due dates of a series are read from.
public enum DueClock: Hashable, Sendable {
    /// Dates without a time.
    case date
    /// The user's own, wherever they are.
    case floating
    case zoned(Zone)

    public init(_ due: Due) {
        switch due {
        case .date: self = .date
        case .floating: self = .floating
        case .zoned(_, _, let zone): self = .zoned(zone)
        }
    }

    /// The zone whose clock it is, for a user who lives in `home`.
    func zone(home: Zone) -> Zone {
        if case .zoned(let zone) = self { zone } else { home }
    }

    func due(at local: LocalDateTime) -> Due {
        switch self {
        case .date: .date(local.date)
        case .floating: .floating(local.date, local.time)
        case .zoned(let zone): .zoned(local.date, local.time, zone)
        }
    }
}
