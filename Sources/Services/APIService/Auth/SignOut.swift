import ErrandCore
import ErrandHTTP
import Hummingbird
import SignedTokens

/// `POST /api/v1/auth/sign-out`: ends the session of the refresh token or of the access token.
func signOut(_ call: APICall) async throws -> Response {
    let everywhere = call.json["everywhere"]?.bool ?? false
    let presented = try call.presentedRefreshToken(mayEndAll: true).flatMap(call.services.refreshTokens.read)
    let session: SessionID
    if let presented {
        session = presented.session
    } else {
        session = try await call.sessionOfCredential()
    }
    let ended = try await call.services.accounts.endSession(
        session, everywhere: everywhere, from: call.origin
    )
    call.services.authenticator.forget(ended)
    var response = Response(status: .noContent)
    SessionCookies(isSecure: call.services.isSecure).clear(on: &response)
    return response
}

extension APICall {
    fileprivate func sessionOfCredential() async throws -> SessionID {
        guard let credential = Credential(request, isSecure: services.isSecure) else {
            throw ErrandError.unauthenticated
        }
        if credential.isCookie { try SameOrigin.check(request, cookieIsOnlyCredential: true) }
        let principal = try await services.authenticator.principal(bearer: credential.text)
        guard case .session(let session) = principal.actor else {
            throw ErrandError.insufficientScope(.manageCredentials)
        }
        return session
    }
}
