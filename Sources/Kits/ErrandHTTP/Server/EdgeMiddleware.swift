import CivilTime
import ErrandCore
import HTTPTypes
public import Hummingbird
import Logging

/// What every answer gets, whatever happened inside: a request id, security headers, a problem in place of an
/// error, a line in the log and a place in the metrics.
public struct EdgeMiddleware: RouterMiddleware {
    public typealias Context = ErrandRequestContext

    /// An answer that takes longer is logged even when all went well.
    static let slowAnswer = Duration.milliseconds(500)

    private let makeRequestID: @Sendable () -> String
    private let makeTraceparent: @Sendable () -> String
    private let trace: TraceAnswer?
    private let isSecure: Bool
    private let metrics = RequestMetrics()

    /// - Parameters:
    ///   - isSecure: whether people reach the server by https, so that browsers may be told to insist on it.
    ///   - makeRequestID: a new id for a request that brings none.
    ///   - makeTraceparent: a new trace for a request that belongs to none.
    ///   - trace: is told of every answer, and measures it; nil where no traces are kept: then what a request leads to
    ///     is marked with the span that it came from, in place of one of its own.
    public init(
        isSecure: Bool, makeRequestID: @escaping @Sendable () -> String,
        makeTraceparent: @escaping @Sendable () -> String, trace: TraceAnswer? = nil
    ) {
        self.isSecure = isSecure
        self.makeRequestID = makeRequestID
        self.makeTraceparent = makeTraceparent
        self.trace = trace
    }

    public func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = EdgeMiddleware.acceptable(request.headers[.xRequestID]) ?? makeRequestID()
        let parent = Correlation.acceptable(traceparent: request.headers[.traceparent])
        let traceparent = place(in: parent)
        context.traceparent = traceparent
        context.logger[metadataKey: "request_id"] = .string(context.requestID)
        context.logger[metadataKey: "trace_id"] = .string(context.correlation.traceID ?? "")
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = Response(problem(for: error, context), requestID: context.requestID)
        }
        addHeaders(to: &response, context)
        let elapsed = ContinuousClock.now - start
        let measure = { record(request, response, context, elapsed) }
        guard let trace else {
            measure()
            return response
        }
        let answer = TracedAnswer(
            traceparent: traceparent, parent: parent, method: request.method.metricName,
            route: context.endpointPath ?? "unknown", status: response.status.code, elapsed: elapsed,
            requestID: context.requestID
        )
        trace(answer, measure)
        return response
    }

    /// Where the request is in its trace.
    private func place(in parent: String?) -> String {
        guard let parent else { return makeTraceparent() }
        if trace == nil { return parent }
        // In the trace of the parent, and as sampled as that, with a span id that is new.
        return "\(parent.prefix(36))\(makeTraceparent().dropFirst(36).prefix(16))\(parent.suffix(3))"
    }

    private func problem(for error: any Error, _ context: Context) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as ErrandError: return Problem(error)
        case is CancellationError: return Problem(ErrandError.cancelled)
        case let error as HTTPError where error.status == .notFound: return .notFound
        case let error as HTTPError where error.status.kind == .clientError:
            return .malformedRequest(error.status.reasonPhrase)
        default:
            context.logger.error("A request failed", metadata: ["error": .string(String(reflecting: error))])
            return .internal
        }
    }

    private func addHeaders(to response: inout Response, _ context: Context) {
        response.headers[.xRequestID] = context.requestID
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.referrerPolicy] == nil { response.headers[.referrerPolicy] = "same-origin" }
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    private func record(_ request: Request, _ response: Response, _ context: Context, _ elapsed: Duration) {
        let route = context.endpointPath ?? "unknown"
        let method = request.method.metricName
        metrics.record(method: method, route: route, status: response.status.code, elapsed)
        let level: Logger.Level =
            response.status.code >= 500 ? .error : elapsed > EdgeMiddleware.slowAnswer ? .notice : .debug
        context.logger.log(
            level: level, "\(method) \(route)", metadata: metadata(response.status.code, elapsed, context)
        )
    }

    private func metadata(_ status: Int, _ elapsed: Duration, _ context: Context) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "status": .string(String(status)), "ms": .stringConvertible(elapsed.nanoseconds / 1_000_000),
        ]
        if let mark = context.caller.mark { metadata["user"] = .string(mark) }
        return metadata
    }

    /// An id that a client or proxy chose, when it is harmless in logs and headers.
    private static func acceptable(_ id: String?) -> String? {
        guard let id, (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({ byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            })
        else { return nil }
        return id
    }
}

extension HTTPRequest.Method {
    /// The method, or OTHER for those nobody uses, so that strangers cannot fill the metrics.
    fileprivate var metricName: String {
        let usual: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
        return usual.contains(self) || ["PROPFIND", "REPORT"].contains(rawValue) ? rawValue : "OTHER"
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

extension HTTPField.Name {
    /// Literals of token characters, so the names are always valid.
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        return name
    }

    public static let xRequestID = known("x-request-id")
    /// The method that a POST stands for, where something on the way knows fewer methods than WebDAV has.
    public static let methodOverride = known("x-http-method-override")
    public static let errandUndo = known("errand-undo")
    public static let idempotencyKey = known("idempotency-key")
    public static let link = known("link")
    public static let idempotencyReplayed = known("idempotency-replayed")
    public static let rateLimit = known("ratelimit")
    public static let rateLimitPolicy = known("ratelimit-policy")
    public static let secFetchSite = known("sec-fetch-site")
    /// What our own programs call themselves: `cli`.
    public static let errandClient = known("errand-client")
    public static let forwardedFor = known("x-forwarded-for")
    public static let forwardedHost = known("x-forwarded-host")
    public static let forwardedProto = known("x-forwarded-proto")
    public static let referrerPolicy = known("referrer-policy")
    static let crossOriginOpenerPolicy = known("cross-origin-opener-policy")
}
