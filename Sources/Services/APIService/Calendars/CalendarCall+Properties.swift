import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Interchange
import WebDAV

extension CalendarCall {
    /// Tasks that are told of at a time.
    static let sliceSize = 200

    /// PROPFIND (RFC 4918 §9.1).
    func propfind() async throws -> Response {
        let depth = try depth(unsaid: .zero)
        let document = try await document()
        if let document, document.name != .dav("propfind") {
            throw Problem.malformedRequest("The body is no propfind.")
        }
        let wanted = PropertyRequest(document)
        let properties = try await properties()
        if case .task(_, let name) = place {
            let found = try await ask(ReadCalendarEntries([name]))
            guard let entry = found.first else { throw ErrandError.notFound(.task) }
            return multistatus { answers in
                try await answers.add(try answer(wanted, of: entry, properties))
            }
        }
        return multistatus { answers in
            try await answers.add(self.answer(wanted, of: place, properties))
            guard depth == .one else { return }
            for child in children { try await answers.add(self.answer(wanted, of: child, properties)) }
            guard case .tasks = place else { return }
            try await eachEntry { entry in try await answers.add(try self.answer(wanted, of: entry, properties)) }
        }
    }

    private var children: [CalendarPlace] {
        switch place {
        case .root: [.principal(principal.userID), .home(principal.userID)]
        case .home(let id): [.tasks(id)]
        case .principal, .tasks, .task: []
        }
    }

    /// What is told of places, with how far the calendar has come.
    ///
    /// - Parameter report: what may say which part of an object is wanted.
    func properties(_ report: XMLElement? = nil) async throws -> CalendarProperties {
        var properties = CalendarProperties(principal: principal, token: try await ask(ReadCalendarToken()))
        guard let report else { return properties }
        properties.selection = try CalendarSelectionReading.selection(report)
        if properties.selection.series != .whole {
            properties.zone = try await ask(ReadImportBasis()).settings.zone
        }
        return properties
    }

    func answer(
        _ wanted: PropertyRequest, of place: CalendarPlace, _ properties: CalendarProperties
    ) -> MultistatusResponse {
        wanted.response(of: place.path, usual: CalendarProperties.usual) { properties.value($0, of: place) }
    }

    func answer(
        _ wanted: PropertyRequest, of entry: CalendarEntry, _ properties: CalendarProperties
    ) throws -> MultistatusResponse {
        let path = CalendarPlace.task(principal.userID, name: entry.name).path
        do {
            return try wanted.response(of: path, usual: CalendarProperties.usual) {
                try properties.value($0, of: entry)
            }
        } catch is TooManyOccurrences {
            return MultistatusResponse(href: path, status: 507, condition: .dav("number-of-matches-within-limits"))
        }
    }

    /// Goes through all tasks, slice by slice.
    @concurrent func eachEntry(_ body: @concurrent (CalendarEntry) async throws -> Void) async throws {
        var place: Int64? = 0
        while let after = place {
            let slice = try await ask(ListCalendarEntries(after: after, limit: Self.sliceSize))
            for entry in slice.entries { try await body(entry) }
            place = slice.next
        }
    }

    /// PROPPATCH (RFC 4918 §9.2): none of the properties can be changed here.
    func proppatch() async throws -> Response {
        guard let document = try await document(), document.name == .dav("propertyupdate") else {
            throw Problem.malformedRequest("The body is no propertyupdate.")
        }
        let names = document.children.flatMap { $0.first(.dav("prop"))?.children ?? [] }.map { XMLElement($0.name) }
        let response = XMLElement(
            .dav("response"),
            [XMLElement(.dav("href"), text: place.path), MultistatusResponse.group(403, names)]
        )
        return multistatus { answers in try await answers.add(response) }
    }
}
