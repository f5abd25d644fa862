import CivilTime
import ErrandCore
import Interchange
import WebDAV

/// What can be told of each place (RFC 4918 §15, RFC 4791 §5.2, RFC 3744 §5, RFC 5397).
struct CalendarProperties: Sendable {
    let principal: Principal
    /// Of the calendar; nil where nothing of it is told.
    let token: CalendarToken?
    /// What of the text of an object is told.
    var selection = CalendarSelection()
    /// Of the person, for times without a zone.
    var zone = Zone.utc

    /// What `allprop` stands for.
    static let usual: [XMLName] = [
        .dav("resourcetype"), .dav("displayname"), .dav("getetag"), .dav("getcontenttype"),
        .dav("current-user-principal"), .dav("owner"), .dav("sync-token"), .dav("supported-report-set"),
        .dav("current-user-privilege-set"), .calendar("supported-calendar-component-set"),
        .calendarServer("getctag"),
    ]

    private static let dataType = ["content-type": "text/calendar", "version": "2.0"]

    private var home: CalendarPlace { .home(principal.userID) }
    private var own: CalendarPlace { .principal(principal.userID) }

    /// - Returns: nil for a property that the place does not have.
    func value(_ name: XMLName, of place: CalendarPlace) -> XMLElement? {
        switch name {
        case .dav("resourcetype"): XMLElement(name, types(of: place).map { XMLElement($0) })
        case .dav("displayname"): displayName(of: place).map { XMLElement(name, text: $0) }
        case .dav("current-user-principal"), .dav("owner"), .dav("principal-URL"): reference(name, own)
        case .dav("principal-collection-set"): reference(name, .root)
        case .dav("current-user-privilege-set"): XMLElement(name, privileges)
        case .dav("supported-report-set"): XMLElement(name, reports(of: place))
        case .calendar("calendar-home-set"): reference(name, home)
        case .calendar("calendar-user-address-set"): place == own ? reference(name, own) : nil
        default: place == .tasks(principal.userID) ? calendarValue(name) : nil
        }
    }

    /// Of the calendar alone.
    private func calendarValue(_ name: XMLName) -> XMLElement? {
        switch name {
        case .calendar("supported-calendar-component-set"):
            XMLElement(name, [XMLElement(.calendar("comp"), attributes: ["name": "VTODO"])])
        case .calendar("supported-calendar-data"):
            XMLElement(name, [XMLElement(.calendar("calendar-data"), attributes: CalendarProperties.dataType)])
        case .calendar("supported-collation-set"):
            XMLElement(
                name,
                ["i;ascii-casemap", "i;octet", "i;unicode-casemap"].map {
                    XMLElement(.calendar("supported-collation"), text: $0)
                }
            )
        case .calendar("max-resource-size"): XMLElement(name, text: String(Limits.calendarObjectBytesMax))
        case .calendar("calendar-description"): XMLElement(name, text: "The tasks of Errand")
        case .dav("sync-token"), .calendarServer("getctag"): token.map { XMLElement(name, text: $0.description) }
        case .dav("getcontenttype"): XMLElement(name, text: "text/calendar; component=vtodo")
        default: nil
        }
    }

    private func types(of place: CalendarPlace) -> [XMLName] {
        switch place {
        case .root, .home: [.dav("collection")]
        case .principal: [.dav("principal"), .dav("collection")]
        case .tasks: [.dav("collection"), .calendar("calendar")]
        case .task: []
        }
    }

    private func displayName(of place: CalendarPlace) -> String? {
        switch place {
        case .root, .home: "Errand"
        case .principal: "Errand"
        case .tasks: "Tasks"
        case .task: nil
        }
    }

    private func reference(_ name: XMLName, _ place: CalendarPlace) -> XMLElement {
        XMLElement(name, [XMLElement(.dav("href"), text: place.path)])
    }

    /// RFC 3744 §5.4: what the token is good for.
    private var privileges: [XMLElement] {
        var names = ["read", "read-current-user-privilege-set"]
        if principal.scopes.contains(.writeTasks) { names += ["write", "write-content", "bind", "unbind"] }
        return names.map { XMLElement(.dav("privilege"), [XMLElement(.dav($0))]) }
    }

    private func reports(of place: CalendarPlace) -> [XMLElement] {
        guard case .tasks = place else { return [] }
        return [.calendar("calendar-query"), .calendar("calendar-multiget"), .dav("sync-collection")].map { name in
            XMLElement(.dav("supported-report"), [XMLElement(.dav("report"), [XMLElement(name)])])
        }
    }

    /// Of a task. The text is made where it is asked for.
    func value(_ name: XMLName, of entry: CalendarEntry) throws -> XMLElement? {
        switch name {
        case .dav("getetag"): XMLElement(name, text: entry.tag)
        case .dav("getcontenttype"): XMLElement(name, text: CalendarCall.objectType)
        case .dav("getlastmodified"): XMLElement(name, text: HTTPDate.text(entry.task.updatedAt))
        case .dav("getcontentlength"): XMLElement(name, text: String(try entry.text().count))
        case .calendar("calendar-data"):
            XMLElement(name, text: String(decoding: try text(of: entry), as: UTF8.self))
        default: value(name, of: .task(principal.userID, name: entry.name))
        }
    }

    private func text(of entry: CalendarEntry) throws -> [UInt8] {
        guard let text = try entry.text(selection, home: zone) else { throw TooManyOccurrences() }
        return text
    }
}

/// There are more occurrences of one object than are told by themselves.
struct TooManyOccurrences: Error {}
