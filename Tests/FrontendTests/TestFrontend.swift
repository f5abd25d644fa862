import ErrandCore
import ErrandHTTP
import FrontendService
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A frontend in the test's process, with an API behind it that is a function.
struct TestFrontend: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let bytes: [UInt8]

        var json: JSONValue { (try? JSONValue.parse(bytes)) ?? .null }
        var code: String? { json["code"]?.string }
        var text: String { String(decoding: bytes, as: UTF8.self) }

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    private let log = Log()
    private let responder: RouterResponder<ErrandRequestContext>

    /// What the API was asked.
    var passed: [PassedRequest] { log.requests.withLock { $0 } }

    init(
        trustedProxies: Int = 0, isSecure: Bool = false, site: Site = .embedded(),
        api: @escaping @Sendable (PassedRequest) async throws(PassingError) -> PassedReply = { .ok($0) }
    ) {
        let log = log
        let router = Router(context: ErrandRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: EdgeMiddleware(isSecure: isSecure) {
                "made-here"
            } makeTraceparent: {
                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
            }
        )
        FrontendService(site: site, trustedProxies: trustedProxies, isSecure: isSecure) {
            (request) throws(PassingError) in
            log.requests.withLock { $0.append(request) }
            return try await api(request)
        }.addRoutes(to: router)
        responder = router.buildResponder()
    }

    /// - Parameter fields: several of one name may be given.
    func send(
        _ method: HTTPRequest.Method, _ path: String, fields: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> Answer {
        var head = HTTPRequest(method: method, scheme: "http", authority: "errand.example", path: path)
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let response = try await responder.respond(to: request, context: ErrandRequestContext(logger: logger))
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, bytes: collector.bytes)
    }

    private final class Log: Sendable {
        let requests = Mutex<[PassedRequest]>([])
    }
}

extension PassedReply {
    /// An answer of the API, which bears the id of its request.
    static func ok(
        _ request: PassedRequest, _ status: HTTPResponse.Status = .ok, fields: [(String, String)] = [],
        body: String = ""
    ) -> PassedReply {
        var headers = HTTPFields()
        headers[.xRequestID] = request.headers[.xRequestID]
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        return PassedReply(status: status, headers: headers, body: Array(body.utf8))
    }
}

/// Takes a body that is written piece by piece. Used by one task at a time.
private final class Collector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws {
        bytes += buffer.readableBytesView
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
