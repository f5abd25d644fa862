import CivilTime

/// Puts the occurrences of a set on the time line, strictly increasing.
///
/// Rule and added dates arrive in order of the wall clock. Where the clocks skip their time they move forward and
/// may be overtaken by later ones: those wait in `moved` until their turn.
struct OccurrenceWalk: Sendable {
    private let set: RecurrenceSet
    private var cursor: WallClockCursor?
    private var nextOfRule: Int?
    private var nextAdded: Int
    /// Moved by a gap, in order of their instants.
    private var moved: [Occurrence] = []
    /// The next one at its own time, not yet given out.
    private var ahead: Occurrence?
    private var last: Instant

    /// Only occurrences after `instant` are given out, and hardly any after `end`.
    init(_ set: RecurrenceSet, after instant: Instant, end: Instant? = nil) {
        self.set = set
        last = instant
        // Whatever moved over a gap began at most a day before its end.
        let local = set.zone.localDateTime(at: max(instant, .firstUsable)).wallSeconds
        let isSteady = set.zone.offset(at: instant - .hours(48)) == set.zone.offset(at: instant + .hours(1))
        let from = isSteady ? local : local - 48 * 3600
        // A day is more than any offset from UTC.
        let last = set.rule?.end.wallSeconds(in: set.zone)
        let bound = [end.map { Int(clamping: $0.seconds) + 86_400 }, last].compactMap(\.self).min()
        cursor = set.compiled.map { WallClockCursor($0, from: from, end: bound) }
        nextOfRule = cursor?.next()
        nextAdded = set.added.firstIndex { $0.wallSeconds >= from } ?? set.added.count
    }

    mutating func next() -> Occurrence? {
        while let occurrence = nextInOrder() {
            if occurrence.instant > last {
                last = occurrence.instant
                return occurrence
            }
        }
        return nil
    }

    /// The next one by instant; of several at the same instant the one at its own time first.
    private mutating func nextInOrder() -> Occurrence? {
        while ahead == nil, let occurrence = nextOnWallClock() {
            if set.zone.localDateTime(at: occurrence.instant) == occurrence.local {
                ahead = occurrence
            } else {
                let place = moved.firstIndex { $0.instant > occurrence.instant } ?? moved.count
                moved.insert(occurrence, at: place)
            }
        }
        guard let first = moved.first else {
            defer { ahead = nil }
            return ahead
        }
        if let own = ahead, own.instant <= first.instant {
            ahead = nil
            return own
        }
        return moved.removeFirst()
    }

    /// The next one by the wall clock, left-out dates left out.
    private mutating func nextOnWallClock() -> Occurrence? {
        while true {
            let added = nextAdded < set.added.count ? set.added[nextAdded].wallSeconds : nil
            guard let seconds = [nextOfRule, added].compactMap(\.self).min() else { return nil }
            let isOfRule = seconds == nextOfRule
            if seconds == added { nextAdded += 1 }
            if isOfRule { nextOfRule = cursor?.next() }
            let local = LocalDateTime(wallSeconds: seconds)
            let occurrence = Occurrence(local: local, instant: set.zone.instant(of: local))
            if isOfRule, seconds != added, isAfterEnd(occurrence) {
                cursor = nil
                nextOfRule = nil
            } else if !set.excludes(local) {
                return occurrence
            }
        }
    }

    private func isAfterEnd(_ occurrence: Occurrence) -> Bool {
        guard case .until(let until) = set.rule?.end else { return false }
        return switch until {
        case .date(let date): occurrence.local.date > date
        case .local(let local): occurrence.local > local
        case .utc(let instant): occurrence.instant > instant
        }
    }
}

extension RecurrenceRule.End {
    /// A time on the wall clock after which nothing happens; nil when only counting or nothing ends the rule.
    fileprivate func wallSeconds(in zone: Zone) -> Int? {
        guard case .until(let until) = self else { return nil }
        return switch until {
        case .date(let date): (date.daysSinceEpoch + 1) * 86_400
        case .local(let local): local.wallSeconds
        case .utc(let instant): zone.localDateTime(at: instant).wallSeconds + 86_400
        }
    }
}

extension Instant {
    /// Early enough for every date of use, late enough that a zone's offset cannot leave the calendar.
    static let firstUsable = Instant(seconds: -62_000_000_000)
}
