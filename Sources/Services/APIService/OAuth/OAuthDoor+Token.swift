import Crypto
import ErrandCore
import ErrandHTTP
import Foundation
import Hummingbird
import Logging
import SignedTokens

extension OAuthDoor {
    /// `POST /token`: a code for tokens, or a refresh token for the next ones.
    func token(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let form = try await OAuthParameters(form: request)
        guard let id = form["client_id"], let client = await clients.find(id) else {
            throw OAuthError("invalid_client", "There is no such client; register again.")
        }
        try checkResource(form)
        switch form["grant_type"] {
        case "authorization_code": return try await redeem(form, client, context)
        case "refresh_token": return try await renew(form, client, context)
        default: throw OAuthError("unsupported_grant_type", "Use authorization_code or refresh_token.")
        }
    }

    private func redeem(
        _ form: OAuthParameters, _ client: OAuthClient, _ context: ErrandRequestContext
    ) async throws -> Response {
        let refused = OAuthError("invalid_grant", "The code is not good, or no longer.")
        guard let note = form["code"].flatMap({ notes.open($0, for: OAuthDoor.codePurpose) }),
            note["c"]?.string == client.id, let user = note["u"]?.string.flatMap({ UserID($0) }),
            let id = note["j"]?.string
        else { throw refused }
        guard form["redirect_uri"].map({ $0 == note["r"]?.string }) ?? true else { throw refused }
        guard let verifier = form["code_verifier"], (43...128).contains(verifier.utf8.count),
            Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8)))) == note["p"]?.string
        else { throw OAuthError("invalid_grant", "The code_verifier does not fit.") }
        let scopes = Set((note["o"]?.array ?? []).compactMap { $0.string.flatMap(Scope.init(rawValue:)) })
        let environment = services.operations.environment
        let grant = AgentTokens.Grant(user: user, id: TokenID(environment.makeID(environment.now())))
        let refresh = try tokens.refresh(grant, generation: 1)
        guard
            let made = try await services.accounts.redeem(
                code: id, of: user, for: grant.id, name: client.name, scopes: scopes, hash: refresh.hash,
                from: origin(context, via: .mcp)
            )
        else { throw refused }
        return try answer(made, refresh, client)
    }

    private func renew(
        _ form: OAuthParameters, _ client: OAuthClient, _ context: ErrandRequestContext
    ) async throws -> Response {
        guard let presented = form["refresh_token"].flatMap({ tokens.refresh($0) }) else {
            throw OAuthError("invalid_grant", "The refresh token is not good.")
        }
        let next = try tokens.refresh(presented.grant, generation: presented.generation + 1)
        switch try await services.accounts.renewAgent(
            presented.grant.id, of: presented.grant.user, presenting: presented.hash, next: next.hash,
            from: origin(context, via: .mcp)
        ) {
        case .renewed(let token): return try answer(token, next, client)
        case .refused: throw OAuthError("invalid_grant", "The permission has ended.")
        case .reuseDetected:
            context.logger.warning("A refresh token of an agent was used twice; its permission has been revoked")
            throw OAuthError("invalid_grant", "The refresh token was used before; the permission has been revoked.")
        }
    }

    private func answer(
        _ token: PersonalToken, _ refresh: AgentTokens.Refresh, _ client: OAuthClient
    ) throws -> Response {
        let scope = token.scopes.map(\.rawValue).sorted().joined(separator: " ")
        return Response(
            json: [
                "access_token": .string(try tokens.access(refresh.grant, scopes: token.scopes, client: client.id)),
                "token_type": "Bearer", "expires_in": .integer(AgentTokens.lifetime.components.seconds),
                "refresh_token": .string(refresh.text), "scope": .string(scope),
            ],
            headers: [.cacheControl: "no-store"]
        )
    }

    /// `POST /oauth/revoke` (RFC 7009): whatever is sent, the answer is the same.
    func revoke(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let form = try await OAuthParameters(form: request)
        guard let text = form["token"] else { throw OAuthError("invalid_request", "token is required.") }
        if let grant = tokens.refresh(text)?.grant ?? tokens.grant(access: text) {
            try await services.accounts.revokeAgent(grant.id, of: grant.user, from: origin(context, via: .mcp))
        }
        return Response(status: .ok)
    }
}
