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
    private let dates: ComponentDates

    init(_ object: CalendarObject, home: Zone) { dates = ComponentDates(object, home: home) }

    /// - Parameter parent: what the components lie in.
    func matches(
        _ filter: CalendarFilter.Component, _ blocks: [CalendarBlock], in parent: CalendarBlock? = nil
    ) -> Bool {
        let named = blocks.filter { $0.name == filter.name }
        if filter.isAbsent { return named.isEmpty }
        return named.contains { block in
            filter.properties.allSatisfy { matches($0, block) }
                && filter.components.allSatisfy { matches($0, block.blocks, in: block) }
                && (filter.range.map { isWithin($0, block, in: parent) } ?? true)
        }
    }

    private func matches(_ filter: CalendarFilter.Property, _ block: CalendarBlock) -> Bool {
        let lines = block.lines(named: filter.name)
        if filter.isAbsent { return lines.isEmpty }
        return lines.contains { line in
            let isFine = filter.text?.matches(ICalendarValue.unescaped(line.value)) ?? true
            guard isFine, filter.parameters.allSatisfy({ matches($0, line) }) else { return false }
            guard let range = filter.range else { return true }
            return dates.instant(of: line).map(range.contains) ?? false
        }
    }

    private func matches(_ filter: CalendarFilter.Parameter, _ line: ContentLine) -> Bool {
        let value = line.parameter(filter.name)
        if filter.isAbsent { return value == nil }
        return value.map { filter.text?.matches($0) ?? true } ?? false
    }

    // MARK: Time ranges

    private func isWithin(_ range: Range<Instant>, _ block: CalendarBlock, in parent: CalendarBlock?) -> Bool {
        switch block.name {
        case "VTODO": isWithin(range, todo: block)
        case "VALARM": parent.map { isWithin(range, alarm: block, of: $0) } ?? false
        default: false
        }
    }

    /// Of a to-do: RFC 4791 §9.9, for every one of its occurrences where it comes again.
    private func isWithin(_ range: Range<Instant>, todo: CalendarBlock) -> Bool {
        guard let series = dates.series(of: todo) else { return dates.span(of: todo).overlaps(range) }
        return series.overlaps(range)
    }

    /// Repetitions of one alarm that are looked at.
    private static let repetitionsMax = 100

    /// Whether an alarm goes off then, the first time or again, for any occurrence of its to-do.
    private func isWithin(_ range: Range<Instant>, alarm: CalendarBlock, of todo: CalendarBlock) -> Bool {
        guard let trigger = alarm.lines(named: "TRIGGER").first else { return false }
        var times: [Duration] = [.zero]
        if let every = alarm.lines(named: "DURATION").first.flatMap({ ComponentDates.length(of: $0) }), every > .zero,
            let count = alarm.lines(named: "REPEAT").first.flatMap({ Int($0.text.trimmed) }), count > 0
        {
            times = (0...min(count, Self.repetitionsMax)).map { every * $0 }
        }
        if let moment = dates.instant(of: trigger) { return times.contains { range.contains(moment + $0) } }
        let span = dates.span(of: todo)
        let isFromEnd = trigger.parameter("RELATED")?.uppercased() == "END"
        guard let offset = ComponentDates.length(of: trigger),
            let base = isFromEnd ? span.due ?? span.start : span.start ?? span.due
        else { return false }
        guard let series = dates.series(of: todo) else {
            return times.contains { range.contains(base + offset + $0) }
        }
        let lead = base + offset - series.own.instant
        return times.contains { again in
            let (from, to) = (range.lowerBound - lead - again, range.upperBound - lead - again)
            return series.hasDate(in: from..<to)
        }
    }
}

extension CalendarBlock {
    func lines(named name: String) -> [ContentLine] {
        parts.compactMap { part in
            if case .line(name, let text) = part { ContentLine(text[...], line: 0) } else { nil }
        }
    }
}
