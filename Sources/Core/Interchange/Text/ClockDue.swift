import CivilTime

extension PortableDue {
    /// When a task is due that a program keeps a moment of: on the clock of its person. Where that shows midnight, or
    /// the last second of a day, the whole day is meant.
    init(at instant: Instant, onClockOf zone: Zone) {
        let local = zone.localDateTime(at: instant)
        guard (1...9999).contains(local.date.year) else {
            self = DateText.instant(instant).due(in: .utc)
            return
        }
        let isDay = local.time == .midnight || local.time.secondOfDay == 86_399
        self = isDay ? PortableDue(date: local.date) : PortableDue(date: local.date, time: local.time, zone: zone)
    }

    /// What its clock shows: the beginning of the day where it has no time.
    var local: LocalDateTime { LocalDateTime(date, time ?? .midnight) }
}

extension DateText {
    /// When a task is due, the moment of which the program keeps; times without an offset are on the clock of `zone`.
    func due(onClockOf zone: Zone) -> PortableDue {
        switch self {
        case .date(let date): PortableDue(date: date)
        case .local(let local): PortableDue(at: zone.instant(of: local).withinYears, onClockOf: zone)
        case .instant(let instant): PortableDue(at: instant, onClockOf: zone)
        }
    }
}
