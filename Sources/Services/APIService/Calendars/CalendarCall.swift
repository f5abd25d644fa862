import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import WebDAV

/// One request of a calendar program, of somebody who was let in, about a place of theirs.
struct CalendarCall: Sendable {
    /// How far below a place a request reaches (RFC 4918 §10.2).
    enum Depth: Sendable {
        case zero, one
    }

    let method: CalendarMethod
    let place: CalendarPlace
    let request: Request
    let context: ErrandRequestContext
    let principal: Principal
    let operations: Operations

    func answer() async throws -> Response {
        switch method {
        case .propfind: return try await propfind()
        case .report: return try await report()
        case .proppatch: return try await proppatch()
        case .get: return try await get()
        case .put: return try await put()
        case .delete: return try await delete()
        case .makeCalendar, .makeCollection:
            // RFC 4791 §5.3.1.1: what is there is not made again.
            if place.isCollection { throw CalendarFault(.dav("resource-must-be-null")) }
            throw CalendarCall.oneCalendar
        case .options, .post, .lock, .unlock, .copy, .move, .accessControl, .patch:
            throw Problem.methodNotAllowed(allowed: place.methods)
        }
    }

    /// Why no other calendar is made.
    static let oneCalendar = CalendarFault(
        .calendar("calendar-collection-location-ok"), detail: "Everybody has one calendar of tasks here."
    )

    func ask<Q: Query>(_ query: Q) async throws(ErrandError) -> Q.Answer {
        try await operations.ask(query, as: principal)
    }

    func perform<C: Command>(_ command: C) async throws(ErrandError) -> C.Outcome {
        try await operations.perform(command, as: principal, for: context.correlation).outcome
    }

    /// - Throws: for a depth that is none, and for `infinity`, which nothing here needs.
    func depth(unsaid: Depth) throws -> Depth {
        switch request.headers[.depth]?.lowercased() {
        case nil: return unsaid
        case "0": return .zero
        case "1": return .one
        case "infinity": throw CalendarFault(.dav("propfind-finite-depth"), detail: "Ask with Depth 0 or 1.")
        default: throw Problem.malformedRequest("Depth must be 0 or 1.")
        }
    }

    /// The body; nil where there is none.
    func document() async throws -> XMLElement? {
        let body = try await JSONBody.collect(request, upTo: CalendarDoor.requestBytesMax)
        if body.readableBytes == 0 { return nil }
        do throws(XMLFault) {
            return try XMLElement.parse(Array(buffer: body))
        } catch {
            throw Problem.malformedRequest("Line \(error.line), column \(error.column) of the body: \(error.detail)")
        }
    }

    // MARK: Answers

    /// 207 with one answer a resource, written as they come.
    func multistatus(
        _ write: @escaping @Sendable @concurrent (inout MultistatusWriter) async throws -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            var answers = MultistatusWriter(writer)
            try await write(&answers)
            try await answers.finish()
        }
        return Response(
            status: HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status"),
            headers: [.contentType: "application/xml; charset=utf-8", .dav: "1, 3, calendar-access"], body: body
        )
    }
}

/// Writes the answers of a multi-status one by one, so that no more than some of them are held.
struct MultistatusWriter {
    private static let bytesHeld = 32_768

    private var writer: any ResponseBodyWriter
    private var text = XMLText()

    init(_ writer: any ResponseBodyWriter) {
        self.writer = writer
        text.open(.dav("multistatus"))
    }

    @concurrent mutating func add(_ response: MultistatusResponse) async throws { try await add(response.element) }

    @concurrent mutating func add(_ element: XMLElement) async throws {
        text.add(element)
        if text.bytes.count > Self.bytesHeld { try await flush() }
    }

    @concurrent private mutating func flush() async throws {
        try await writer.write(ByteBuffer(bytes: text.bytes))
        text = XMLText()
    }

    @concurrent mutating func finish() async throws {
        text.close(.dav("multistatus"))
        try await flush()
        try await writer.finish(nil)
    }
}
