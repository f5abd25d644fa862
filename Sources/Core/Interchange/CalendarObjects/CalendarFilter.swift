public import CivilTime
import Recurrence

/// Which objects a calendar program asks for (`filter` of RFC 4791 §9.7), by what stands in their components.
public struct CalendarFilter: Hashable, Sendable {
    /// `comp-filter`.
    public struct Component: Hashable, Sendable {
        /// In capitals.
        public var name: String
        /// Whether there must be none.
        public var isAbsent = false
        public var range: Range<Instant>?
        public var properties: [Property] = []
        public var components: [Component] = []

        public init(_ name: String) { self.name = name }
    }

    /// `prop-filter`.
    public struct Property: Hashable, Sendable {
        /// In capitals.
        public var name: String
        public var isAbsent = false
        public var range: Range<Instant>?
        public var text: Text?
        public var parameters: [Parameter] = []

        public init(_ name: String) { self.name = name }
    }

    /// `param-filter`.
    public struct Parameter: Hashable, Sendable {
        /// In capitals.
        public var name: String
        public var isAbsent = false
        public var text: Text?

        public init(_ name: String) { self.name = name }
    }

    /// `text-match`: a text that has to occur in a value.
    public struct Text: Hashable, Sendable {
        public var text: String
        public var isNegated: Bool
        /// Whether letters of both cases are the same: those of ASCII by RFC 4790, here all of them.
        public var foldsCase: Bool

        public init(_ text: String, isNegated: Bool = false, foldsCase: Bool = true) {
            self.text = text
            self.isNegated = isNegated
            self.foldsCase = foldsCase
        }

        func matches(_ value: String) -> Bool {
            let isFound = foldsCase ? value.lowercased().contains(text.lowercased()) : value.contains(text)
            return (text.isEmpty || isFound) != isNegated
        }
    }

    /// Of the calendar as a whole.
    public var root: Component

    public init(_ root: Component) { self.root = root }

    /// Whether it lets every object with a to-do through, whatever else stands there: what programs ask for that want
    /// all to-dos, and nothing of which has to be read to tell.
    public var takesEveryTodo: Bool {
        func isBare(_ component: Component) -> Bool {
            !component.isAbsent && component.range == nil && component.properties.isEmpty
        }
        return root.name == "VCALENDAR" && isBare(root)
            && root.components.allSatisfy { $0.name == "VTODO" && isBare($0) && $0.components.isEmpty }
    }

    /// A moment as ranges name it: `20261128T090000Z`; a date stands for its beginning in UTC.
    public static func instant(_ text: String) -> Instant? {
        switch ICalendarValue.moment(Array(text.utf8)[...]) {
        case .utc(let instant): instant
        case .local(let local): Zone.utc.instant(of: local)
        case .date(let date): Zone.utc.instant(of: date, at: .midnight)
        case nil: nil
        }
    }
}

extension CalendarObject {
    /// Whether the filter lets the object through.
    ///
    /// - Parameter home: the zone of the person, for times without one.
    public func matches(_ filter: CalendarFilter, home: Zone) -> Bool {
        guard filter.root.name == "VCALENDAR", !filter.root.isAbsent else { return false }
        let matcher = ComponentMatcher(self, home: home)
        return matcher.matches(filter.root, [root])
    }
}

/// Holds components against a filter.
private struct ComponentMatcher {
    private let object: CalendarObject
    private let home: Zone

    init(_ object: CalendarObject, home: Zone) {
        self.object = object
        self.home = home
    }

    func matches(_ filter: CalendarFilter.Component, _ blocks: [CalendarBlock]) -> Bool {
        let named = blocks.filter { $0.name == filter.name }
        if filter.isAbsent { return named.isEmpty }
        return named.contains { block in
            filter.properties.allSatisfy { matches($0, block) }
                && filter.components.allSatisfy { matches($0, block.blocks) }
                && (filter.range.map { isWithin($0, block) } ?? true)
        }
    }

    private func matches(_ filter: CalendarFilter.Property, _ block: CalendarBlock) -> Bool {
        let lines = block.lines(named: filter.name)
        if filter.isAbsent { return lines.isEmpty }
        return lines.contains { line in
            let isFine = filter.text?.matches(ICalendarValue.unescaped(line.value)) ?? true
            guard isFine, filter.parameters.allSatisfy({ matches($0, line) }) else { return false }
            guard let range = filter.range else { return true }
            return instant(of: line).map(range.contains) ?? false
        }
    }

    private func matches(_ filter: CalendarFilter.Parameter, _ line: ContentLine) -> Bool {
        let value = line.parameter(filter.name)
        if filter.isAbsent { return value == nil }
        return value.map { filter.text?.matches($0) ?? true } ?? false
    }

    private func instant(of line: ContentLine) -> Instant? {
        guard let moment = ICalendarValue.moment(line.value.trimmed) else { return nil }
        let zone = line.parameter("TZID").flatMap(ZoneNames.zone) ?? home
        switch moment {
        case .utc(let instant): return instant
        case .local(let local): return zone.instant(of: local)
        case .date(let date): return home.instant(of: date, at: .midnight)
        }
    }

    // MARK: Time ranges

    /// Of one rule that are held against a range: all of 27 years, where it is daily.
    private static let occurrencesMax = 10_000

    /// Of a to-do: RFC 4791 §9.9, for every one of its occurrences where it comes again.
    private func isWithin(_ range: Range<Instant>, _ block: CalendarBlock) -> Bool {
        guard block.name == "VTODO" else { return false }
        let span = TodoSpan(
            start: block.lines(named: "DTSTART").first.flatMap(instant), due: due(of: block),
            completed: block.lines(named: "COMPLETED").first.flatMap(instant),
            created: block.lines(named: "CREATED").first.flatMap(instant)
        )
        if span.overlaps(range) { return true }
        guard !block.has("RECURRENCE-ID"), let task = object.entry.task, let due = task.due,
            let recurrence = task.recurrence, case .rule(let rule) = recurrence.source
        else { return false }
        let zone = due.zone ?? home
        let first = LocalDateTime(due.date, due.time ?? .midnight)
        let set = RecurrenceSet(
            start: recurrence.start ?? first, rule: rule, excluded: Set(recurrence.excludedTimes),
            excludedDays: Set(recurrence.excludedDays), zone: zone
        )
        let end = zone.instant(of: first)
        let origin = recurrence.start == nil ? end : span.start ?? end
        let (from, to) = (max(origin, range.lowerBound - span.reach), range.upperBound + span.reach)
        guard from < to else { return false }
        return set.occurrences(in: from..<to, limit: Self.occurrencesMax)
            .contains { span.moved(from: origin, to: $0.instant).overlaps(range) }
    }

    private func due(of block: CalendarBlock) -> Instant? {
        if let line = block.lines(named: "DUE").first { return instant(of: line) }
        guard let start = block.lines(named: "DTSTART").first.flatMap(instant),
            let length = block.lines(named: "DURATION").first.flatMap({ ICalendarValue.duration($0.text) }),
            !length.isNegative, length.span.days < 100_000, length.span.seconds < 100_000 * 86_400
        else { return nil }
        return start + .days(Int64(length.span.days)) + .seconds(length.span.seconds)
    }
}

/// What RFC 4791 §9.9 goes by.
private struct TodoSpan {
    var start: Instant?
    var due: Instant?
    var completed: Instant?
    var created: Instant?

    /// How far start and due date lie apart.
    var reach: Duration {
        guard let start, let due else { return .days(1) }
        return min(max(due - start, start - due), .days(400)) + .days(1)
    }

    func moved(from origin: Instant, to instant: Instant) -> TodoSpan {
        let offset = instant - origin
        return TodoSpan(start: start.map { $0 + offset }, due: due.map { $0 + offset })
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

extension CalendarBlock {
    func lines(named name: String) -> [ContentLine] {
        parts.compactMap { part in
            if case .line(name, let text) = part { ContentLine(text[...], line: 0) } else { nil }
        }
    }
}
