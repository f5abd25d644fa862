import CivilTime
import Interchange
import WebDAV

/// Reads `filter` of a report (RFC 4791 §9.7).
enum CalendarFilterReading {
    /// - Parameter root: the `comp-filter` of the calendar as a whole.
    /// - Throws: ``CalendarFault`` for a filter that is none, or of a kind that is not known here.
    static func filter(_ root: XMLElement) throws(CalendarFault) -> CalendarFilter {
        CalendarFilter(try component(root))
    }

    private static func component(_ element: XMLElement) throws(CalendarFault) -> CalendarFilter.Component {
        var filter = CalendarFilter.Component(try name(element))
        filter.isAbsent = element.first(.calendar("is-not-defined")) != nil
        filter.range = try range(element)
        if filter.range != nil, !["VTODO", "VEVENT", "VJOURNAL", "VALARM"].contains(filter.name) {
            throw CalendarFault(.calendar("supported-filter"), parts: [XMLElement(.calendar("time-range"))])
        }
        for child in element.all(.calendar("prop-filter")) { filter.properties.append(try property(child)) }
        for child in element.all(.calendar("comp-filter")) { filter.components.append(try component(child)) }
        return filter
    }

    private static func property(_ element: XMLElement) throws(CalendarFault) -> CalendarFilter.Property {
        var filter = CalendarFilter.Property(try name(element))
        filter.isAbsent = element.first(.calendar("is-not-defined")) != nil
        filter.range = try range(element)
        filter.text = try text(element)
        for child in element.all(.calendar("param-filter")) {
            var parameter = CalendarFilter.Parameter(try name(child))
            parameter.isAbsent = child.first(.calendar("is-not-defined")) != nil
            parameter.text = try text(child)
            filter.parameters.append(parameter)
        }
        return filter
    }

    static func name(_ element: XMLElement) throws(CalendarFault) -> String {
        guard let name = element.attributes["name"], !name.isEmpty else {
            throw CalendarFault(.calendar("valid-filter"), detail: "A \(element.name.local) has no name.")
        }
        return name.uppercased()
    }

    private static func text(_ element: XMLElement) throws(CalendarFault) -> CalendarFilter.Text? {
        guard let match = element.first(.calendar("text-match")) else { return nil }
        let collation = match.attributes["collation"] ?? "i;ascii-casemap"
        guard ["i;ascii-casemap", "i;octet", "i;unicode-casemap", "default"].contains(collation) else {
            throw CalendarFault(.calendar("supported-collation"))
        }
        return CalendarFilter.Text(
            match.text, isNegated: match.attributes["negate-condition"] == "yes", foldsCase: collation != "i;octet"
        )
    }

    private static func range(_ element: XMLElement) throws(CalendarFault) -> Range<Instant>? {
        try element.first(.calendar("time-range")).map { range throws(CalendarFault) in try bounds(of: range) }
    }

    /// From `start` to `end`; years that nobody asks for where one of them is not said.
    static func bounds(of range: XMLElement) throws(CalendarFault) -> Range<Instant> {
        let start = try instant(range.attributes["start"]) ?? earliest
        let end = try instant(range.attributes["end"]) ?? latest
        guard start < end else {
            throw CalendarFault(.calendar("valid-filter"), detail: "A time-range ends before it begins.")
        }
        return max(start, earliest)..<max(min(end, latest), earliest + .seconds(1))
    }

    /// The years 1000 and 9000: a range without a bound reaches as far.
    private static let earliest = Instant(seconds: -30_610_224_000)
    private static let latest = Instant(seconds: 221_845_305_600)

    private static func instant(_ text: String?) throws(CalendarFault) -> Instant? {
        guard let text else { return nil }
        guard let instant = CalendarFilter.instant(text) else {
            throw CalendarFault(.calendar("valid-filter"), detail: "A time-range is no date with a time in UTC.")
        }
        return instant
    }
}
