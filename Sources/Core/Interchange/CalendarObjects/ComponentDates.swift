import CivilTime
import Recurrence

/// Reads when a to-do of an object is, as RFC 4791 §9.9 goes by it.
struct ComponentDates {
    private let object: CalendarObject
    /// The zone of the person, for times without one.
    let home: Zone

    init(_ object: CalendarObject, home: Zone) {
        self.object = object
        self.home = home
    }

    func instant(of line: ContentLine) -> Instant? { moments(of: line).first }

    /// Every one of a list; periods are none.
    private func moments(of line: ContentLine) -> [Instant] {
        line.value.split(separator: .comma).compactMap { value in
            ICalendarValue.moment(value.trimmed).map { instant(of: $0, line) }
        }
    }

    func zone(of line: ContentLine) -> Zone { line.parameter("TZID").flatMap(ZoneNames.zone) ?? home }

    private func instant(of moment: ICalendarValue.Moment, _ line: ContentLine) -> Instant {
        switch moment {
        case .utc(let instant): instant
        case .local(let local): zone(of: line).instant(of: local)
        case .date(let date): home.instant(of: date, at: .midnight)
        }
    }

    func span(of block: CalendarBlock) -> TodoSpan {
        TodoSpan(
            start: block.lines(named: "DTSTART").first.flatMap(instant), due: due(of: block),
            completed: block.lines(named: "COMPLETED").first.flatMap(instant),
            created: block.lines(named: "CREATED").first.flatMap(instant)
        )
    }

    private func due(of block: CalendarBlock) -> Instant? {
        if let line = block.lines(named: "DUE").first { return instant(of: line) }
        guard let start = block.lines(named: "DTSTART").first.flatMap(instant),
            let length = block.lines(named: "DURATION").first.flatMap({ ComponentDates.length(of: $0) }),
            length >= .zero
        else { return nil }
        return start + length
    }

    /// Nil for what is no duration, or one of centuries.
    static func length(of line: ContentLine) -> Duration? {
        guard let (isNegative, span) = ICalendarValue.duration(line.text), span.days < 100_000,
            span.seconds < 100_000 * 86_400
        else { return nil }
        let length = Duration.days(Int64(span.days)) + .seconds(span.seconds)
        return isNegative ? .zero - length : length
    }

    /// How the to-do comes again.
    ///
    /// - Returns: nil for one that does not, for one that stands for an occurrence, and where Errand cannot follow the
    ///   rule.
    func series(of block: CalendarBlock) -> CalendarSeries? {
        guard !block.has("RECURRENCE-ID"), let task = object.entry.task, let due = task.due,
            let recurrence = task.recurrence, case .rule(let rule) = recurrence.source
        else { return nil }
        let zone = due.zone ?? home
        let first = LocalDateTime(due.date, due.time ?? .midnight)
        let span = span(of: block)
        let added = block.lines(named: "RDATE").flatMap(moments).map { zone.localDateTime(at: $0) }
        let set = RecurrenceSet(
            start: recurrence.start ?? first, rule: rule, added: added, excluded: Set(recurrence.excludedTimes),
            excludedDays: Set(recurrence.excludedDays), zone: zone
        )
        // Counted from the due date where the rule says no more of the days than how far apart they are.
        var own = Occurrence(local: first, instant: zone.instant(of: first))
        if recurrence.start != nil, let start = span.start {
            own = Occurrence(local: zone.localDateTime(at: start), instant: start)
        }
        return CalendarSeries(own: own, replaced: replaced, span: span, set: set, recurrence: recurrence)
    }

    /// The dates of occurrences that components of their own stand for (RECURRENCE-ID): when those would have begun.
    private var replaced: Set<Instant> {
        let blocks = object.root.blocks.filter { $0.name == "VTODO" }
        return Set(blocks.compactMap { $0.lines(named: "RECURRENCE-ID").first.flatMap(instant) })
    }
}

/// The occurrences of a to-do, from its own dates on, without those that components of their own stand for.
struct CalendarSeries {
    /// Occurrences of one rule that are looked at: all of 27 years, where it is daily.
    private static let occurrencesMax = 10_000

    /// That of the dates of the to-do itself, which RFC 5545 §3.8.5.3 takes for the first.
    let own: Occurrence
    private let replaced: Set<Instant>
    private let span: TodoSpan
    private let set: RecurrenceSet
    /// Whether it is in its own dates: they may be left out like others.
    private let isThere: Bool

    fileprivate init(
        own: Occurrence, replaced: Set<Instant>, span: TodoSpan, set: RecurrenceSet, recurrence: PortableRecurrence
    ) {
        (self.own, self.replaced, self.span, self.set) = (own, replaced, span, set)
        isThere =
            !replaced.contains(span.start ?? own.instant) && !recurrence.excludedTimes.contains(own.local)
            && !recurrence.excludedDays.contains(own.local.date)
    }

    /// Whether there is an occurrence that overlaps a range (RFC 4791 §9.9).
    func overlaps(_ range: Range<Instant>) -> Bool {
        isThere && span.overlaps(range) || following(in: widened(range)).contains { isWithin(range, $0) }
    }

    /// Those that overlap a range, in order; one more than `limit` where there are more.
    func occurrences(overlapping range: Range<Instant>, limit: Int) -> [Occurrence] {
        var found = isThere && span.overlaps(range) ? [own] : []
        for occurrence in following(in: widened(range)) where isWithin(range, occurrence) {
            found.append(occurrence)
            if found.count > limit { break }
        }
        return found
    }

    /// Whether the rule has a date in a range.
    func hasDate(in range: Range<Instant>) -> Bool {
        isThere && range.contains(own.instant) || following(in: range).contains { _ in true }
    }

    private func following(in range: Range<Instant>) -> some Sequence<Occurrence> {
        let from = max(own.instant + .milliseconds(1), range.lowerBound)
        // A rule that is counted from the due date has due dates; a RECURRENCE-ID names the beginning.
        let lead = (span.start ?? own.instant) - own.instant
        return set.occurrences(in: from..<max(from, range.upperBound), limit: Self.occurrencesMax).lazy
            .filter { !replaced.contains($0.instant + lead) }
    }

    private func widened(_ range: Range<Instant>) -> Range<Instant> {
        range.lowerBound - span.reach..<range.upperBound + span.reach
    }

    private func isWithin(_ range: Range<Instant>, _ occurrence: Occurrence) -> Bool {
        span.moved(by: occurrence.instant - own.instant).overlaps(range)
    }
}

/// What RFC 4791 §9.9 goes by.
struct TodoSpan {
    var start: Instant?
    var due: Instant?
    var completed: Instant?
    var created: Instant?

    /// How far start and due date lie apart, and a day.
    var reach: Duration {
        guard let start, let due else { return .days(1) }
        return min(max(due - start, start - due), .days(400)) + .days(1)
    }

    func moved(by offset: Duration) -> TodoSpan {
        TodoSpan(start: start.map { $0 + offset }, due: due.map { $0 + offset })
    }

    func overlaps(_ range: Range<Instant>) -> Bool {
        let (from, to) = (range.lowerBound, range.upperBound)
        if let start, let due { return (from < due || from <= start) && (to > start || to >= due) }
        if let start { return from <= start && to > start }
        if let due { return from < due && to >= due }
        if let completed, let created {
            return (from <= created || from <= completed) && (to >= created || to >= completed)
        }
        if let completed { return from <= completed && to >= completed }
        return created.map { to > $0 } ?? true
    }
}
