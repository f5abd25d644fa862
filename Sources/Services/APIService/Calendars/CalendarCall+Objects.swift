import CivilTime
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Interchange
import NIOCore
import WebDAV

extension CalendarCall {
    static let objectType = "text/calendar; charset=utf-8; component=vtodo"

    func get() async throws -> Response {
        guard case .task(_, let name) = place else {
            throw Problem.methodNotAllowed(allowed: place.methods)
        }
        guard let entry = try await ask(ReadCalendarEntries([name])).first else { throw ErrandError.notFound(.task) }
        let headers: HTTPFields = [
            .eTag: entry.tag, .cacheControl: "private, no-cache",
            .lastModified: HTTPDate.text(entry.task.updatedAt),
        ]
        if EntityTag.matches(request.headers[.ifNoneMatch], entry.tag) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(.ok, bytes: try entry.text(), type: CalendarCall.objectType, headers: headers)
    }

    /// PUT (RFC 4791 §5.3.2).
    func put() async throws -> Response {
        guard case .task(let owner, let name) = place else {
            throw Problem.methodNotAllowed(allowed: place.methods)
        }
        guard (1...Limits.calendarNameLengthMax).contains(name.utf8.count),
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" })
        else {
            let length = Limits.calendarNameLengthMax
            throw Problem.malformedRequest("A name must be 1 to \(length) octets without control characters.")
        }
        let object = try await object()
        switch try await perform(PutCalendarEntry(name, object, if: try condition)) {
        case .saved(let entry, let isNew, let isVerbatim):
            var headers: HTTPFields = [:]
            // RFC 4791 §5.3.4: none where it is given back in another form, so that the program reads it again.
            if isVerbatim { headers[.eTag] = entry.tag }
            if isNew { headers[.location] = CalendarPlace.task(owner, name: entry.name).path }
            return Response(status: isNew ? .created : .noContent, headers: headers)
        case .changed: throw CalendarCall.preconditionFailed
        case .uidTaken(let other):
            let path = CalendarPlace.task(owner, name: other).path
            throw CalendarFault(
                .calendar("no-uid-conflict"), status: .conflict, parts: [XMLElement(.dav("href"), text: path)]
            )
        }
    }

    private func object() async throws -> CalendarObject {
        let body: ByteBuffer
        do {
            body = try await JSONBody.collect(request, upTo: Limits.calendarObjectBytesMax)
        } catch let problem as Problem where problem.status == .contentTooLarge {
            throw CalendarFault(.calendar("max-resource-size"), detail: problem.detail)
        }
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        if let type, type.filter({ $0 != " " }) != "text/calendar" {
            throw CalendarFault(.calendar("supported-calendar-data"))
        }
        do throws(TaskFileError) {
            let object = try CalendarObject(Array(buffer: body))
            guard object.uid.utf8.count <= Limits.calendarUIDLengthMax else {
                throw TaskFileError(line: 1, "The UID is longer than \(Limits.calendarUIDLengthMax) octets.")
            }
            return object
        } catch {
            throw CalendarFault(.calendar("valid-calendar-data"), detail: "Line \(error.line): \(error.detail)")
        }
    }

    func delete() async throws -> Response {
        guard case .task(_, let name) = place else {
            throw CalendarFault(.dav("need-privileges"), detail: "The calendar stays as long as its account.")
        }
        switch try await perform(DeleteCalendarEntry(name, if: try condition)) {
        case .deleted: return Response(status: .noContent)
        case .notThere: throw ErrandError.notFound(.task)
        case .changed: throw CalendarCall.preconditionFailed
        }
    }

    /// What `If-Match` and `If-None-Match` insist on (RFC 9110 §13.1).
    private var condition: CalendarCondition {
        get throws(Problem) {
            if let field = request.headers[.ifNoneMatch] {
                guard field == "*" else { throw .malformedRequest("If-None-Match of a change must be *.") }
                return .absent
            }
            guard let field = request.headers[.ifMatch] else { return .none }
            if field == "*" { return .present }
            return .tagged(field.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } })
        }
    }

    private static let preconditionFailed = Problem(
        .preconditionFailed, code: "version_mismatch", title: "It has been changed meanwhile.",
        detail: "Read it again, and change what is there now."
    )
}

/// Moments as HTTP writes them (RFC 9110 §5.6.7).
enum HTTPDate {
    static func text(_ instant: Instant) -> String {
        let local = Zone.utc.localDateTime(at: instant)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        // 1 January 1970 was a Thursday.
        let day = days[((local.date.daysSinceEpoch + 3) % 7 + 7) % 7]
        let (date, time) = (local.date, local.time)
        let clock = "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
        return "\(day), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(clock) GMT"
    }
}
