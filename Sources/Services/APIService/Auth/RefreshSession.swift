import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Logging
import SignedTokens

/// `POST /api/v1/auth/refresh`: exchanges the newest refresh token for the next one and an access token.
func refreshSession(_ call: APICall) async throws -> Response {
    guard let token = try call.presentedRefreshToken(mayEndAll: false),
        let (session, generation) = call.services.refreshTokens.read(token)
    else { throw ErrandError.unauthenticated }
    switch try await call.services.accounts.renew(session, generation: generation, from: call.origin) {
    case .renewed(let signedIn): return try call.sessionResponse(signedIn, status: .ok)
    case .refused: throw ErrandError.unauthenticated
    case .reuseDetected(let session):
        call.services.authenticator.forget([session])
        call.context.logger.warning(
            "A refresh token was used twice; its session has been ended", metadata: ["session": "\(session)"]
        )
        throw ErrandError.unauthenticated
    }
}

extension APICall {
    /// The refresh token in the body, or else in the cookie.
    ///
    /// - Parameter mayEndAll: whether the body may have the field `everywhere`.
    func presentedRefreshToken(mayEndAll: Bool) throws(ErrandError) -> String? {
        guard let body else { return SessionCookies(isSecure: services.isSecure).refreshToken(of: request) }
        var reader = FieldReader(body.value)
        let token = reader.string("refresh_token")
        if let token, !(1...RefreshTokens.lengthMax).contains(token.unicodeScalars.count) {
            reader.report("refresh_token", .tooLong, "Is no refresh token.")
        }
        if mayEndAll { _ = reader.bool("everywhere") }
        try reader.finish()
        return token ?? SessionCookies(isSecure: services.isSecure).refreshToken(of: request)
    }

    /// What a sign-in answers: the session in the body and as cookies.
    func sessionResponse(
        _ signedIn: SignedIn, status: HTTPResponse.Status, headers: HTTPFields = [:]
    ) throws -> Response {
        let access = try services.accessTokens.make(for: signedIn)
        let refresh = try services.refreshTokens.make(for: signedIn.session)
        var response = Response(
            status,
            json: [
                "user": signedIn.user.json,
                "access_token": .string(access),
                "token_type": "Bearer",
                "expires_in": .integer(AccessTokens.lifetime.components.seconds),
                "refresh_token": .string(refresh),
            ],
            headers: headers
        )
        SessionCookies(isSecure: services.isSecure).set(accessToken: access, refreshToken: refresh, on: &response)
        return response
    }
}
