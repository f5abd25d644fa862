import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import Hummingbird
import WebDAV

extension CalendarCall {
    /// REPORT (RFC 3253 §3.6).
    func report() async throws -> Response {
        guard let document = try await document() else { throw Problem.malformedRequest("The body is no report.") }
        guard case .tasks(let owner) = place else { throw CalendarFault(.dav("supported-report")) }
        switch document.name {
        case .calendar("calendar-multiget"): return try await multiget(document, owner)
        case .calendar("calendar-query"): return try await query(document)
        case .dav("sync-collection"): return try await synchronize(document, owner)
        default: throw CalendarFault(.dav("supported-report"))
        }
    }

    /// `calendar-multiget` (RFC 4791 §7.9).
    private func multiget(_ document: XMLElement, _ owner: UserID) async throws -> Response {
        let wanted = PropertyRequest(document)
        let paths = document.all(.dav("href")).map(\.value)
        guard paths.count <= Limits.calendarNamesMax else {
            throw Problem.malformedRequest("At most \(Limits.calendarNamesMax) objects can be asked for at once.")
        }
        let properties = try await properties(document)
        return multistatus { answers in
            for start in stride(from: 0, to: paths.count, by: Self.sliceSize) {
                let slice = paths[start..<min(start + Self.sliceSize, paths.count)]
                let names = slice.compactMap { CalendarCall.name(at: $0, of: owner) }
                var found: [String: CalendarEntry] = [:]
                for entry in try await self.ask(ReadCalendarEntries(names)) { found[entry.name] = entry }
                for path in slice {
                    if let entry = CalendarCall.name(at: path, of: owner).flatMap({ found[$0] }) {
                        try await answers.add(try self.answer(wanted, of: entry, properties))
                    } else {
                        try await answers.add(MultistatusResponse(href: path, status: 404))
                    }
                }
            }
        }
    }

    /// The name of the task at an address, with the host or without.
    private static func name(at href: String, of owner: UserID) -> String? {
        var path = Substring(href)
        if let scheme = path.range(of: "://") {
            path = path[scheme.upperBound...].drop { $0 != "/" }
        }
        guard case .task(owner, let name)? = CalendarPlace(String(path)) else { return nil }
        return name
    }

    /// `calendar-query` (RFC 4791 §7.8).
    private func query(_ document: XMLElement) async throws -> Response {
        let wanted = PropertyRequest(document)
        guard let root = document.first(.calendar("filter"))?.first(.calendar("comp-filter")) else {
            throw CalendarFault(.calendar("valid-filter"), detail: "There is no comp-filter.")
        }
        let filter = try CalendarFilterReading.filter(root)
        let properties = try await properties(document)
        let zone = try await ask(ReadImportBasis()).settings.zone
        return multistatus { answers in
            try await self.eachEntry { entry in
                guard try entry.matches(filter, home: zone) else { return }
                try await answers.add(try self.answer(wanted, of: entry, properties))
            }
        }
    }

    /// `sync-collection` (RFC 6578 §3.2).
    private func synchronize(_ document: XMLElement, _ owner: UserID) async throws -> Response {
        let wanted = PropertyRequest(document)
        let level = document.first(.dav("sync-level"))?.value
        if let level, level != "1" { throw Problem.malformedRequest("sync-level must be 1.") }
        let properties = try await properties(document)
        let said = document.first(.dav("sync-token"))?.value ?? ""
        if said.isEmpty {
            // Told first: what changes meanwhile is told again the next time.
            return multistatus { answers in
                try await self.eachEntry { entry in
                    try await answers.add(try self.answer(wanted, of: entry, properties))
                }
                if let token = properties.token { try await answers.add(CalendarCall.element(token)) }
            }
        }
        let limit = document.first(.dav("limit"))?.first(.dav("nresults")).flatMap { Int($0.value) } ?? .max
        guard limit > 0 else { throw Problem.malformedRequest("nresults must be 1 or more.") }
        guard let since = CalendarToken(said),
            let changes = try await ask(ListCalendarChanges(since: since, limit: limit))
        else { throw CalendarFault(.dav("valid-sync-token")) }
        return multistatus { answers in
            for entry in changes.entries { try await answers.add(try self.answer(wanted, of: entry, properties)) }
            for name in changes.removed {
                let path = CalendarPlace.task(owner, name: name).path
                try await answers.add(MultistatusResponse(href: path, status: 404))
            }
            if changes.isCut {
                let condition = XMLName.dav("number-of-matches-within-limits")
                let cut = MultistatusResponse(href: self.place.path, status: 507, condition: condition)
                try await answers.add(cut)
            }
            try await answers.add(CalendarCall.element(changes.token))
        }
    }

    private static func element(_ token: CalendarToken) -> XMLElement {
        XMLElement(.dav("sync-token"), text: token.description)
    }
}
