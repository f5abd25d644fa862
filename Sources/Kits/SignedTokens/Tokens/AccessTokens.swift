public import CivilTime
public import ErrandCore

/// Makes and checks the access tokens of people who sign in here (RFC 9068).
public struct AccessTokens: Sendable {
    public static let lifetime = Duration.minutes(10)
    /// The `aud` of tokens for REST. Other doors have their own.
    public static let audience = "errand-api"

    /// The `typ` that tells them from other tokens (RFC 9068 §2.1).
    private static let type = "at+jwt"

    private let keyRing: KeyRing
    /// The public address of this installation.
    public let issuer: String
    private let environment: Environment

    /// - Parameter issuer: the public address of this installation.
    public init(keyRing: KeyRing, issuer: String, environment: Environment) {
        self.keyRing = keyRing
        self.issuer = issuer
        self.environment = environment
    }

    /// - Throws: ``ErrandError/unavailable`` while there is no key yet.
    public func make(for signedIn: SignedIn) throws(ErrandError) -> String {
        guard let key = keyRing.signingKey else { throw .unavailable }
        let now = environment.now()
        let claims: JSONValue = [
            "iss": .string(issuer),
            "sub": .string(signedIn.user.id.description),
            "aud": .string(AccessTokens.audience),
            "iat": .integer(now.seconds),
            "exp": .integer((now + AccessTokens.lifetime).seconds),
            "jti": .string(environment.makeID(now).description),
            "sid": .string(signedIn.session.id.description),
        ]
        return try JSONWebToken.text(
            type: AccessTokens.type, keyID: key.id, claims: claims, signedBy: key.privateKey
        )
    }

    /// Who the token stands for and until when; nil unless it is one of ours and current.
    public func principal(of token: JSONWebToken) -> (principal: Principal, expiry: Instant)? {
        guard token.type == AccessTokens.type, token.claims["iss"]?.string == issuer,
            token.isMeant(for: AccessTokens.audience),
            token.isCurrent(at: environment.now(), skew: .zero), let expiry = token.expiry,
            let key = token.keyID.flatMap(keyRing.verificationKey(id:)), token.isSigned(by: key),
            let user = token.claims["sub"]?.string.flatMap({ UserID($0) }),
            let session = token.claims["sid"]?.string.flatMap({ SessionID($0) })
        else { return nil }
        return (Principal(userID: user, actor: .session(session), scopes: Set(Scope.allCases)), expiry)
    }
}
