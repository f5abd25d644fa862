public import ErrandHTTP
import HTTPTypes
public import Hummingbird
import Logging
import Metrics
import NIOCore

/// The page, and a door to an API that runs elsewhere: what is the API's is passed on, and its answer passed back.
///
/// It decides nothing: who may do what, how often and with which input is the API's to say. Bodies are read whole, at
/// most as large as the API takes them.
public struct FrontendService: Sendable {
    private static let livePath = "/api/v1/live"
    private static let passedMethods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options]
    /// Methods of calendar programs (RFC 4918, RFC 3253), which not every way to the API knows: they go as POST, with
    /// their name in a field.
    private static let calendarMethods = ["PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR", "MKCOL"].compactMap {
        HTTPRequest.Method(rawValue: $0)
    }

    private let site: SiteRoutes
    private let trustedProxies: Int
    private let isSecure: Bool
    private let passOn: PassOn

    /// - Parameters:
    ///   - trustedProxies: proxies in front of us that add to `X-Forwarded-For`; 0 when people connect directly.
    ///   - isSecure: whether people reach the page by https.
    ///   - passOn: how a request gets to the API.
    public init(site: Site, trustedProxies: Int, isSecure: Bool, passOn: @escaping PassOn) {
        self.site = SiteRoutes(site: site)
        self.trustedProxies = trustedProxies
        self.isSecure = isSecure
        self.passOn = passOn
    }

    /// - Parameter router: has to answer HEAD by way of GET.
    public func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        site.addRoutes(to: router)
        // RFC 6764 §6: calendar programs look at the root too.
        if let find = HTTPRequest.Method(rawValue: "PROPFIND") {
            router.on("/", method: find) { _, _ in
                Response(status: .movedPermanently, headers: [.location: "/dav/"])
            }
        }
        for path in APISurface.patterns {
            for method in FrontendService.passedMethods {
                router.on(path, method: method) { request, context in try await answer(request, context) }
            }
            for method in FrontendService.calendarMethods {
                router.on(path, method: method) { request, context in try await answer(request, context) }
            }
            router.refuseMethods(at: path, but: FrontendService.passedMethods)
        }
    }

    private func answer(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let response: Response
        do throws(Problem) {
            response = try await pass(request, context)
        } catch {
            count(error.status)
            throw error
        }
        count(response.status)
        return response
    }

    private func pass(_ request: Request, _ context: ErrandRequestContext) async throws(Problem) -> Response {
        let body: ByteBuffer
        do {
            body = try await JSONBody.collect(request, upTo: APISurface.bodyBytesMax(path: request.uri.path))
        } catch {
            throw error as? Problem ?? Problem.malformedRequest("The body broke off.")
        }
        if request.uri.path == FrontendService.livePath { throw .liveElsewhere }
        let passed = PassedRequest(
            method: method(of: request),
            target: try PassedTarget.text(path: request.uri.path, query: request.uri.query),
            headers: fields(of: request, context), body: Array(buffer: body)
        )
        let reply: PassedReply
        do throws(PassingError) {
            reply = try await passOn(passed)
        } catch {
            throw Problem(error)
        }
        return try response(reply, context)
    }

    private func method(of request: Request) -> HTTPRequest.Method {
        if FrontendService.calendarMethods.contains(request.method) { return .post }
        return request.method == .head ? .get : request.method
    }

    private func fields(of request: Request, _ context: ErrandRequestContext) -> HTTPFields {
        var fields = FieldRules.request(request.headers)
        let address = ClientAddress(request, context, trustedProxies: trustedProxies)
        fields[.forwardedFor] = address.chain.joined(separator: ", ")
        fields[.forwardedProto] = isSecure ? "https" : "http"
        if let authority = request.head.authority { fields[.forwardedHost] = authority }
        if FrontendService.calendarMethods.contains(request.method) {
            fields[.methodOverride] = request.method.rawValue
        }
        fields[.xRequestID] = context.requestID
        fields[.traceparent] = context.traceparent
        return fields
    }

    /// The API marks each of its answers with the id of the request. One without it comes from something in between,
    /// and its status means something else: a 401 of a wrong setting of ours must not sign anybody out.
    private func response(_ reply: PassedReply, _ context: ErrandRequestContext) throws(Problem) -> Response {
        guard reply.headers[.xRequestID] == context.requestID else {
            context.logger.error(
                "What answered a request is not the API", metadata: ["status": .stringConvertible(reply.status.code)]
            )
            throw .strangeAnswer
        }
        let headers = FieldRules.response(reply.headers)
        if reply.body.isEmpty { return Response(status: reply.status, headers: headers) }
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        return Response(status: reply.status, headers: headers, body: body)
    }

    private func count(_ status: HTTPResponse.Status) {
        Counter(label: "errand_passed_on_total", dimensions: [("status", "\(status.code / 100)xx")]).increment()
    }
}
