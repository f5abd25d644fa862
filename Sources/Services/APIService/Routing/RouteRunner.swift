import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// What happens around every handler, in this order: the gate (credential, origin, limit), body.
struct RouteRunner: Sendable {
    let services: APIServices

    func run(_ route: Route, _ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let admission = try await services.gate.admit(request, context, by: route.access.rule)
        let body = route.access == .open ? nil : try await readInput(of: route, request)
        let call = APICall(
            request: request, context: context, services: services, address: admission.address, body: body,
            authenticated: admission.principal, question: question(route, request, admission.principal)
        )
        // Files are read where they hold up nobody.
        var response =
            route.body == .file
            ? try await LongWork.run { try await route.handler(call) } : try await route.handler(call)
        if route.isPacked { try await response.pack(for: request) }
        admission.addLimits(to: &response)
        return response
    }

    /// What a request asks: what is asked without changing anything may be asked again.
    private func question(
        _ route: Route, _ request: Request, _ principal: Principal?
    ) -> RecentAnswers.Question? {
        guard request.method == .get, let principal else { return nil }
        let isPacked = route.isPacked && AcceptedEncodings.preferGzip(request.headers[.acceptEncoding])
        return RecentAnswers.Question(member: principal.userID, target: request.uri.string, isPacked: isPacked)
    }

    private func readInput(of route: Route, _ request: Request) async throws -> JSONBody.Content? {
        if !route.readsQuery {
            var query = try FieldReader(request.uri.query)
            try query.finish()
        }
        if route.body == .file { return nil }
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
}

extension Route.Access {
    /// What the gate asks of the caller.
    fileprivate var rule: EntryRule {
        switch self {
        case .open: .open
        case .credentials: .guesses
        case .authenticated: .known
        }
    }
}
