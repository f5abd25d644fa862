import CivilTime
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import SignedTokens

/// The authorization server for agents (OAuth 2.1): who they are, whether a person lets them in, and their tokens. The
/// resource that the tokens are for is `/mcp`.
struct OAuthDoor: Sendable {
    /// What an agent can be given, and what it is told to a person as.
    static let scopes: [(scope: Scope, words: String)] = [
        (.readTasks, "See your tasks, tags and reminders"), (.writeTasks, "Add, change, complete and delete tasks"),
        (.readAccount, "See your name, e-mail address and settings"),
    ]
    /// What an agent gets that does not say.
    static let scopesDefault: Set<Scope> = [.readTasks, .writeTasks]

    let services: APIServices
    let tokens: AgentTokens
    let notes: SealedNotes
    let clients: OAuthClients

    func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        for path in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
            router.get(RouterPath(path)) { _, _ in Response(json: protectedResource, headers: OAuthDoor.everybody) }
        }
        router.get("/.well-known/oauth-authorization-server") { _, _ in
            Response(json: authorizationServer, headers: OAuthDoor.everybody)
        }
        router.get("/authorize") { request, context in await page(request, context) { try await authorize($0, $1) } }
        router.post("/authorize") { request, context in await page(request, context) { try await decide($0, $1) } }
        router.post("/token") { request, context in try await answer(request, context) { try await token($0, $1) } }
        router.post("/register") { request, context in
            try await answer(request, context) { request, _ in try await register(request) }
        }
        router.post("/oauth/revoke") { request, context in
            try await answer(request, context) { try await revoke($0, $1) }
        }
        router.refuseMethods(at: "/authorize", but: [.get, .post])
        for path in ["/token", "/register", "/oauth/revoke"] as [RouterPath] {
            router.on(path, method: .options) { _, _ in AgentCORS.preflight("*") }
            router.refuseMethods(at: path, but: [.post], besides: [.options])
        }
    }

    /// Pages of others may read what is no secret.
    private static let everybody: HTTPFields = [.accessControlAllowOrigin: "*", .cacheControl: "max-age=3600"]

    /// RFC 9728.
    private var protectedResource: JSONValue {
        [
            "resource": .string(tokens.resource), "authorization_servers": [.string(tokens.issuer)],
            "scopes_supported": JSONValue(strings: OAuthDoor.scopes.map(\.scope.rawValue)),
            "bearer_methods_supported": ["header"], "resource_name": "Errand",
        ]
    }

    /// RFC 8414.
    private var authorizationServer: JSONValue {
        let issuer = tokens.issuer
        return [
            "issuer": .string(issuer), "authorization_endpoint": .string("\(issuer)/authorize"),
            "token_endpoint": .string("\(issuer)/token"), "registration_endpoint": .string("\(issuer)/register"),
            "revocation_endpoint": .string("\(issuer)/oauth/revoke"), "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"], "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            "scopes_supported": JSONValue(strings: OAuthDoor.scopes.map(\.scope.rawValue) + ["offline_access"]),
            "authorization_response_iss_parameter_supported": true, "client_id_metadata_document_supported": true,
        ]
    }

    /// Answers a program: errors in the form of OAuth.
    private func answer(
        _ request: Request, _ context: ErrandRequestContext,
        _ work: (Request, ErrandRequestContext) async throws -> Response
    ) async throws -> Response {
        _ = try await services.gate.admit(request, context, by: .program)
        var response: Response
        do {
            response = try await work(request, context)
        } catch let error as OAuthError {
            response = Response(error.code == "invalid_client" ? .unauthorized : .badRequest, json: error.json)
        } catch let error as ErrandError {
            guard case .invalid = error else { throw error }
            response = Response(.badRequest, json: OAuthError("invalid_request", error.detail).json)
        }
        AgentCORS.allow("*", on: &response)
        return response
    }

    /// Dynamic registration (RFC 7591).
    private func register(_ request: Request) async throws -> Response {
        let body: JSONBody.Content?
        do {
            body = try await JSONBody.read(request, types: ["application/json"])
        } catch let problem as Problem where problem.code != "body_too_large" {
            throw OAuthError("invalid_client_metadata", problem.detail)
        }
        let client = try clients.register(body?.value ?? .null)
        return Response(
            .created,
            json: [
                "client_id": .string(client.id),
                "client_id_issued_at": .integer(services.operations.environment.now().seconds),
                "client_name": .string(client.name), "redirect_uris": JSONValue(strings: client.redirects),
                "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"],
                "response_types": ["code"],
            ]
        )
    }

    func origin(_ context: ErrandRequestContext, via door: ErrandCore.Door) -> RequestOrigin {
        RequestOrigin(via: door, correlation: context.correlation)
    }
}

extension EntryRule {
    /// Programs that have yet to prove who they are, from wherever their pages are.
    static let program = EntryRule(proof: .ignored, origin: .unchecked, count: .address)
    /// People who may be signed in.
    static let visitor = EntryRule(proof: .optional, origin: .unchecked, count: .nobody)
    /// People who decide: only from our own page.
    static let decision = EntryRule(proof: .ignored, origin: .own, count: .address)
}
