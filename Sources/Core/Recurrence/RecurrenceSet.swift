public import CivilTime

/// Everything that happens again: a rule from its start, dates added, dates left out (RFC 5545 §3.8.5), on the
/// wall clock of a zone.
///
/// Where the clocks skip the time of an occurrence it moves forward by the length of the gap; where they show it
/// twice it means the first (§3.3.5). An occurrence that is moved onto another one is the same occurrence.
///
/// The start anchors the rule but is an occurrence only where the rule says so. RFC 5545 leaves a start that is
/// not undefined; people who ask for "every friday" on a Wednesday mean Friday.
public struct RecurrenceSet: Sendable {
    public let start: LocalDateTime
    /// Nil when only added dates happen.
    public let rule: RecurrenceRule?
    /// RDATE, sorted.
    public let added: [LocalDateTime]
    /// EXDATE: these times.
    public let excluded: Set<LocalDateTime>
    /// EXDATE with a date alone: everything on these days.
    public let excludedDays: Set<LocalDate>
    public let zone: Zone
    let compiled: CompiledRule?

    public init(
        start: LocalDateTime, rule: RecurrenceRule?, added: [LocalDateTime] = [],
        excluded: Set<LocalDateTime> = [], excludedDays: Set<LocalDate> = [], zone: Zone
    ) {
        self.start = start
        self.rule = rule
        self.added = Set(added).sorted()
        self.excluded = excluded
        self.excludedDays = excludedDays
        self.zone = zone
        compiled = rule.map { CompiledRule($0, start: start) }
    }

    /// The first occurrence after `instant`. Takes the same time whatever lies between it and the start, but
    /// for rules with COUNT, which are counted.
    public func next(after instant: Instant) -> Occurrence? {
        var walk = OccurrenceWalk(self, after: instant)
        return walk.next()
    }

    /// The first occurrence whose own time on the wall clock is after `local`.
    public func next(afterLocal local: LocalDateTime) -> Occurrence? {
        var walk = OccurrenceWalk(self, after: zone.instant(of: local) - .days(2))
        while let occurrence = walk.next() {
            if occurrence.local > local { return occurrence }
        }
        return nil
    }

    /// All occurrences in `range` in order, computed as they are asked for; never more than `limit`.
    public func occurrences(in range: Range<Instant>, limit: Int) -> some Sequence<Occurrence> {
        let walk = OccurrenceWalk(self, after: range.lowerBound - .milliseconds(1), end: range.upperBound)
        return sequence(state: (walk: walk, count: 0)) { state -> Occurrence? in
            guard state.count < limit, let occurrence = state.walk.next(), occurrence.instant < range.upperBound
            else { return nil }
            state.count += 1
            return occurrence
        }
    }

    /// Whether there is an occurrence at all.
    public var canFire: Bool { next(after: zone.instant(of: start) - .days(2)) != nil }

    func excludes(_ local: LocalDateTime) -> Bool {
        excluded.contains(local) || excludedDays.contains(local.date)
    }
}

/// One time at which something happens.
public struct Occurrence: Hashable, Sendable {
    /// As the rule says it: where the clocks skip this time it is not what they show at ``instant``.
    public let local: LocalDateTime
    public let instant: Instant

    public init(local: LocalDateTime, instant: Instant) {
        self.local = local
        self.instant = instant
    }
}
