import Interchange
import WebDAV

/// Reads `calendar-data` of a report (RFC 4791 §9.6).
enum CalendarSelectionReading {
    /// - Parameter document: the report; `calendar-data` stands among its properties.
    /// - Throws: ``CalendarFault`` for a form that is not known here, and for a range that is none.
    static func selection(_ document: XMLElement) throws(CalendarFault) -> CalendarSelection {
        guard let data = document.first(.dav("prop"))?.first(.calendar("calendar-data")) else {
            return CalendarSelection()
        }
        let type = data.attributes["content-type"] ?? "text/calendar"
        guard type.lowercased() == "text/calendar", (data.attributes["version"] ?? "2.0") == "2.0" else {
            throw CalendarFault(.calendar("supported-calendar-data"))
        }
        var selection = CalendarSelection(try data.first(.calendar("comp")).map(component))
        if let range = data.first(.calendar("expand")) {
            // Both ends have to be said (§9.6.5).
            guard range.attributes["start"] != nil, range.attributes["end"] != nil else {
                throw CalendarFault(.calendar("valid-filter"), detail: "An expand has a start and an end.")
            }
            selection.series = .expanded(try CalendarFilterReading.bounds(of: range))
        } else if let range = data.first(.calendar("limit-recurrence-set")) {
            selection.series = .limited(try CalendarFilterReading.bounds(of: range))
        }
        return selection
    }

    private static func component(_ element: XMLElement) throws(CalendarFault) -> CalendarSelection.Component {
        var component = CalendarSelection.Component(try CalendarFilterReading.name(element))
        if element.first(.calendar("allprop")) == nil {
            var properties: [String: Bool] = [:]
            for property in element.all(.calendar("prop")) {
                properties[try CalendarFilterReading.name(property)] = property.attributes["novalue"] != "yes"
            }
            component.properties = properties
        }
        if element.first(.calendar("allcomp")) == nil {
            var components: [CalendarSelection.Component] = []
            for child in element.all(.calendar("comp")) { components.append(try self.component(child)) }
            component.components = components
        }
        return component
    }
}
