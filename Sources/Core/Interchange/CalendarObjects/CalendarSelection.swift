public import CivilTime
import Recurrence

/// What of an object a calendar program wants to be told (`calendar-data` of a report, RFC 4791 §9.6).
public struct CalendarSelection: Hashable, Sendable {
    /// `comp`: which parts of a component.
    public struct Component: Hashable, Sendable {
        /// In capitals.
        public var name: String
        /// By their names in capitals, and whether with their values; nil for all of them.
        public var properties: [String: Bool]?
        /// Nil for all of them.
        public var components: [Component]?

        public init(_ name: String, properties: [String: Bool]? = nil, components: [Component]? = nil) {
            self.name = name
            self.properties = properties
            self.components = components
        }
    }

    /// How what comes again is told.
    public enum Series: Hashable, Sendable {
        /// As it is, by its rule.
        case whole
        /// Each of its occurrences in a range by itself, in UTC (`expand`, §9.6.5).
        case expanded(Range<Instant>)
        /// By its rule, with those of the occurrences that were changed by themselves that have to do with a range
        /// (`limit-recurrence-set`, §9.6.6).
        case limited(Range<Instant>)
    }

    /// Nil for everything.
    public var root: Component?
    public var series: Series

    public init(_ root: Component? = nil, series: Series = .whole) {
        self.root = root
        self.series = series
    }

    /// Occurrences of one object that are told by themselves.
    public static let occurrencesMax = 2_000
    /// Octets of one object that is told so, about.
    static let bytesMax = 4_194_304
}

extension CalendarObject {
    /// The text as it was asked for.
    ///
    /// - Parameter home: the zone of the person, for times without one.
    /// - Returns: nil where there are more occurrences than ``CalendarSelection/occurrencesMax``, or too long ones.
    public func text(_ selection: CalendarSelection, home: Zone) -> [UInt8]? {
        if selection == CalendarSelection() { return text }
        var root: CalendarBlock
        switch selection.series {
        case .whole: root = self.root
        case .limited(let range): root = limited(to: range, home: home)
        case .expanded(let range):
            guard let expanded = expanded(in: range, home: home) else { return nil }
            root = expanded
        }
        if let wanted = selection.root { root = root.selecting(wanted) }
        return Self.text(root)
    }

    private func limited(to range: Range<Instant>, home: Zone) -> CalendarBlock {
        let dates = ComponentDates(self, home: home)
        var root = root
        root.parts = root.parts.filter { part in
            guard case .block(let block) = part, block.isReplacement else { return true }
            let original = block.lines(named: "RECURRENCE-ID").first.flatMap(dates.instant)
            return dates.span(of: block).overlaps(range) || original.map(range.contains) ?? true
        }
        return root
    }

    private func expanded(in range: Range<Instant>, home: Zone) -> CalendarBlock? {
        let dates = ComponentDates(self, home: home)
        var root = root
        root.parts = []
        for part in self.root.parts {
            guard case .block(let block) = part, block.name == "VTODO" else {
                if case .block(let block) = part, block.isZone { continue }
                root.parts.append(part)
                continue
            }
            if let series = dates.series(of: block) {
                let found = series.occurrences(overlapping: range, limit: CalendarSelection.occurrencesMax)
                guard found.count <= CalendarSelection.occurrencesMax,
                    found.count * block.length <= CalendarSelection.bytesMax
                else { return nil }
                root.parts += found.map { .block(block.occurring($0, of: series.own, dates)) }
            } else if block.has("RRULE") || block.has("RDATE") {
                // Nobody here knows when it comes again.
                return self.root
            } else if dates.span(of: block).overlaps(range) {
                root.parts.append(.block(block.inUTC(dates)))
            }
        }
        return root
    }
}

extension CalendarBlock {
    fileprivate static let ofSeries: Set<String> = [
        "RRULE", "RDATE", "EXDATE", "EXRULE", "X-ERRAND-RRULE", "X-ERRAND-START", "X-ERRAND-ANCHOR",
        "X-ERRAND-RECURRENCE",
    ]

    /// Octets of its text, about.
    fileprivate var length: Int {
        parts.reduce(0) { length, part in
            switch part {
            case .line(_, let text): length + text.count
            case .block(let block): length + block.length
            }
        }
    }

    /// One occurrence by itself, with the date that the rule has for it.
    fileprivate func occurring(_ occurrence: Occurrence, of own: Occurrence, _ dates: ComponentDates) -> CalendarBlock {
        let wall = occurrence.local.wallSeconds - own.local.wallSeconds
        let exact = occurrence.instant - own.instant
        var block = CalendarBlock(name: name)
        let first = lines(named: "DTSTART").first ?? lines(named: "DUE").first
        for part in parts {
            guard case .line(let name, let text) = part else {
                block.parts.append(part)
                continue
            }
            if Self.ofSeries.contains(name) { continue }
            guard name == "DTSTART" || name == "DUE", let line = ContentLine(text[...], line: 0) else {
                block.parts.append(.line(name: name, text: dates.inUTC(name, text)))
                continue
            }
            let moved = dates.moved(line, wall: wall, exact: exact)
            block.parts.append(.line(name: name, text: Array("\(name)\(moved)".utf8)))
            if name == first?.name {
                block.parts.append(.line(name: "RECURRENCE-ID", text: Array("RECURRENCE-ID\(moved)".utf8)))
            }
        }
        return block
    }

    fileprivate func inUTC(_ dates: ComponentDates) -> CalendarBlock {
        var block = self
        block.parts = parts.map { part in
            guard case .line(let name, let text) = part else { return part }
            return .line(name: name, text: dates.inUTC(name, text))
        }
        return block
    }

    fileprivate func selecting(_ wanted: CalendarSelection.Component) -> CalendarBlock {
        var block = CalendarBlock(name: name)
        block.parts = parts.compactMap { part in
            switch part {
            case .line(let name, let text):
                guard let properties = wanted.properties else { return part }
                guard let hasValue = properties[name] else { return nil }
                return hasValue ? part : .line(name: name, text: Self.head(of: text))
            case .block(let block):
                guard let components = wanted.components else { return part }
                return components.first { $0.name == block.name }.map { .block(block.selecting($0)) }
            }
        }
        return block
    }

    /// A property up to its value.
    private static func head(of text: [UInt8]) -> [UInt8] {
        guard let line = ContentLine(text[...], line: 0) else { return text }
        return Array(text[..<line.value.startIndex])
    }
}

extension ComponentDates {
    /// A time in a zone as one in UTC; everything else as it is.
    fileprivate func inUTC(_ name: String, _ text: [UInt8]) -> [UInt8] {
        guard let line = ContentLine(text[...], line: 0), line.parameter("TZID") != nil,
            case .local? = ICalendarValue.moment(line.value.trimmed)
        else { return text }
        return Array("\(name)\(moved(line, wall: 0, exact: .zero))".utf8)
    }

    /// What follows the name of a date that is moved: in UTC where it has a zone.
    ///
    /// - Parameters:
    ///   - wall: seconds on the clock, for days and for times without a zone.
    ///   - exact: how much later in time.
    fileprivate func moved(_ line: ContentLine, wall: Int, exact: Duration) -> String {
        switch ICalendarValue.moment(line.value.trimmed) {
        case .date(let date): ";VALUE=DATE:\(ICalendarValue.text(date.adding(days: wall / 86_400)))"
        case .utc(let instant): ":\(ICalendarValue.text(instant + exact))"
        case .local(let local) where line.parameter("TZID") != nil:
            ":\(ICalendarValue.text(zone(of: line).instant(of: local) + exact))"
        case .local(let local): ":\(ICalendarValue.text(LocalDateTime(wallSeconds: local.wallSeconds + wall)))"
        case nil: ":\(line.text)"
        }
    }
}
