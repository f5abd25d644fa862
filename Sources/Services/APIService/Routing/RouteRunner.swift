import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// What happens around every handler, in this order: credential, origin, limit, body.
struct RouteRunner: Sendable {
    let services: APIServices

    func run(_ route: Route, _ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let address = ClientAddress(request, context, trustedProxies: services.limits.trustedProxies).text
        switch route.access {
        case .open:
            let call = APICall(request: request, context: context, services: services, address: address)
            return try await route.handler(call)
        case .credentials:
            try SameOrigin.check(request, cookieIsOnlyCredential: false)
            let decision = try count(services.limits.perAddress, address)
            let body = try await readInput(of: route, request)
            let call = APICall(
                request: request, context: context, services: services, address: address, body: body
            )
            return try await withLimitHeaders(services.limits.perAddress, decision) { try await route.handler(call) }
        case .authenticated:
            let principal = try await authenticate(request, address)
            let decision = try count(services.limits.perUser, principal.userID.description)
            let body = try await readInput(of: route, request)
            let call = APICall(
                request: request, context: context, services: services, address: address, body: body,
                authenticated: principal
            )
            return try await withLimitHeaders(services.limits.perUser, decision) { try await route.handler(call) }
        }
    }

    private func authenticate(_ request: Request, _ address: String) async throws -> Principal {
        let credential = Credential(request, isSecure: services.isSecure)
        if credential?.isCookie == true, !request.method.isSafe {
            try SameOrigin.check(request, cookieIsOnlyCredential: true)
        }
        guard let credential else { throw ErrandError.unauthenticated }
        do {
            return try await services.authenticator.principal(bearer: credential.text)
                .coming(through: Door(request, credential))
        } catch ErrandError.unauthenticated {
            _ = try count(services.limits.perAddress, address)
            throw ErrandError.unauthenticated
        }
    }

    private func readInput(of route: Route, _ request: Request) async throws -> JSONBody.Content? {
        if !route.readsQuery {
            var query = try QueryReader(request.uri.query)
            try query.finish()
        }
        if route.body == .none {
            // A body nobody asked for is read to its end, within the limit, and passed over.
            _ = try await JSONBody.skip(request)
            return nil
        }
        var types: Set<String> = ["application/json"]
        if request.method == .patch { types.insert("application/merge-patch+json") }
        let body = try await JSONBody.read(request, types: types)
        switch (route.body, body) {
        case (.required, nil): throw Problem.malformedRequest("A JSON body is required.")
        case (.empty, let body?):
            var reader = FieldReader(body.value)
            try reader.finish()
        default: break
        }
        return body
    }

    private func count(_ limiter: RateLimiter?, _ caller: String) throws(ErrandError) -> RateLimiter.Decision? {
        guard let decision = limiter?.count(caller) else { return nil }
        guard decision.isAllowed else { throw .rateLimited(retryAfter: decision.resetsIn) }
        return decision
    }

    private func withLimitHeaders(
        _ limiter: RateLimiter?, _ decision: RateLimiter.Decision?, _ answer: () async throws -> Response
    ) async throws -> Response {
        var response = try await answer()
        if let limit = limiter?.limit, let decision {
            let window = limit.window.components.seconds
            response.headers[.rateLimitPolicy] = "\"\(limit.name)\";q=\(limit.quota);w=\(window)"
            let reset = max(0, decision.resetsIn.components.seconds)
            response.headers[.rateLimit] = "\"\(limit.name)\";r=\(decision.remaining);t=\(reset)"
        }
        return response
    }
}

extension HTTPRequest.Method {
    /// Methods that change nothing (RFC 9110 §9.2.1).
    var isSafe: Bool { self == .get || self == .head || self == .options }
}
