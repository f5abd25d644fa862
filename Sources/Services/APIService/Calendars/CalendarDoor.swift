import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WebDAV

/// Tasks for programs that speak CalDAV (RFC 4791): one calendar of to-dos a person, under `/dav/`.
///
/// The password is a personal token, whatever the name beside it.
struct CalendarDoor: Sendable {
    static let entry = EntryRule(proof: .required, origin: .unchecked, count: .user, takesPasswords: true)
    /// The largest request in XML: names of ``Limits/calendarNamesMax`` objects are far shorter.
    static let requestBytesMax = 1_048_576

    let services: APIServices

    func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        for path in ["/dav", "/dav/**"] {
            for method in CalendarMethod.allCases {
                router.on(RouterPath(path), method: method.method) { request, context in
                    await LongWork.run { await respond(method, request, context) }
                }
            }
        }
        // RFC 6764 §6: where a program looks when it finds no such address.
        router.on("/", method: .propfind) { _, _ in
            Response(status: .movedPermanently, headers: [.location: CalendarPlace.root.path])
        }
        // RFC 6764 §5: where a program is told to begin that knows the host alone.
        for method in [HTTPRequest.Method.get, .propfind, .options] {
            router.on("/.well-known/caldav", method: method) { _, _ in
                Response(status: .movedPermanently, headers: [.location: CalendarPlace.root.path])
            }
        }
    }

    private func respond(
        _ method: CalendarMethod, _ request: Request, _ context: ErrandRequestContext
    ) async -> Response {
        do {
            return try await take(method, request, context)
        } catch let condition as CalendarFault {
            return condition.response
        } catch let problem as Problem {
            return Response(problem, requestID: context.requestID)
        } catch ErrandError.unauthenticated {
            let problem = Problem(
                .unauthorized, code: "unauthenticated", title: "Please sign in.",
                detail: "The password is a personal token; the user name does not matter.",
                headers: [.wwwAuthenticate: "Basic realm=\"Errand\", charset=\"UTF-8\""]
            )
            return Response(problem, requestID: context.requestID)
        } catch let error as ErrandError {
            return CalendarFault(error)?.response ?? Response(Problem(error), requestID: context.requestID)
        } catch {
            context.logger.error("A request of a calendar program failed", metadata: ["error": "\(error)"])
            return Response(Problem(ErrandError.malformedEvent("")), requestID: context.requestID)
        }
    }

    private func take(
        _ method: CalendarMethod, _ request: Request, _ context: ErrandRequestContext
    ) async throws -> Response {
        if method == .options { return CalendarDoor.options(CalendarPlace(request.uri.path)) }
        let admission = try await services.gate.admit(request, context, by: CalendarDoor.entry)
        guard let principal = admission.principal?.coming(through: .calDAV) else { throw ErrandError.unauthenticated }
        let method = try method.overridden(by: request)
        guard let place = CalendarPlace(request.uri.path), place.owner.map({ $0 == principal.userID }) ?? true else {
            // A new calendar has an address that nothing else has.
            if method == .makeCalendar || method == .makeCollection { throw CalendarCall.oneCalendar }
            throw ErrandError.notFound(.route)
        }
        let call = CalendarCall(
            method: method, place: place, request: request, context: context,
            principal: principal, operations: services.operations
        )
        var response = try await call.answer()
        admission.addLimits(to: &response)
        return response
    }

    /// What can be done here, for everybody to know (RFC 4918 §10.1, RFC 4791 §5.1).
    private static func options(_ place: CalendarPlace?) -> Response {
        Response(
            status: .ok,
            headers: [
                .dav: "1, 3, calendar-access",
                .allow: (place?.methods ?? CalendarMethod.named).joined(separator: ", "),
                .cacheControl: "no-store",
            ]
        )
    }
}

/// What programs do.
enum CalendarMethod: String, CaseIterable, Sendable {
    case options = "OPTIONS"
    case get = "GET"
    case put = "PUT"
    case delete = "DELETE"
    case propfind = "PROPFIND"
    case proppatch = "PROPPATCH"
    case report = "REPORT"
    case makeCalendar = "MKCALENDAR"
    case makeCollection = "MKCOL"
    case lock = "LOCK"
    case unlock = "UNLOCK"
    case copy = "COPY"
    case move = "MOVE"
    case accessControl = "ACL"
    case patch = "PATCH"
    /// Another method under way through something that lets this one alone through; the field says which.
    case post = "POST"

    /// Those that do something, as programs are told.
    static let named = ["DELETE", "GET", "HEAD", "OPTIONS", "PROPFIND", "PROPPATCH", "PUT", "REPORT"]

    var method: HTTPRequest.Method { HTTPRequest.Method(rawValue: rawValue) ?? .get }

    /// - Throws: for a POST that names no method.
    func overridden(by request: Request) throws(Problem) -> CalendarMethod {
        guard self == .post else { return self }
        let name = request.headers[.methodOverride]
        guard let name, let meant = CalendarMethod(rawValue: name), meant != .post else {
            throw .methodNotAllowed(allowed: CalendarMethod.named)
        }
        return meant
    }
}

extension HTTPRequest.Method {
    fileprivate static let propfind = CalendarMethod.propfind.method
}

extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        return name
    }

    /// RFC 4918 §10.1.
    static let dav = known("dav")
    /// RFC 4918 §10.2.
    static let depth = known("depth")
    static let ifMatch = known("if-match")
}

/// Why something is refused, as WebDAV says it: the name of a precondition in the body (RFC 4918 §16).
struct CalendarFault: Error {
    var status: HTTPResponse.Status = .forbidden
    let condition: XMLName
    /// What the condition is about.
    var parts: [XMLElement] = []
    /// A sentence for a person.
    var detail = ""

    init(
        _ condition: XMLName, status: HTTPResponse.Status = .forbidden, parts: [XMLElement] = [], detail: String = ""
    ) {
        self.condition = condition
        self.status = status
        self.parts = parts
        self.detail = detail
    }

    /// - Returns: nil for an error that HTTP has words for.
    init?(_ error: ErrandError) {
        switch error {
        case .invalid(let problems):
            self.init(
                .calendar("valid-calendar-object-resource"), detail: problems.map(\.detail).joined(separator: " ")
            )
        case .insufficientScope(let scope):
            let privilege = scope == .writeTasks ? "write-content" : "read"
            self.init(.dav("need-privileges"), parts: [XMLElement(.dav(privilege))])
        default: return nil
        }
    }

    var response: Response {
        var error = XMLElement(.dav("error"), [XMLElement(condition, parts)])
        if !detail.isEmpty {
            error.children.append(XMLElement(.dav("responsedescription"), text: detail))
        }
        var text = XMLText()
        text.open(.dav("error"))
        for child in error.children { text.add(child) }
        text.close(.dav("error"))
        return Response(status, bytes: text.bytes, type: "application/xml; charset=utf-8", headers: [:])
    }
}
