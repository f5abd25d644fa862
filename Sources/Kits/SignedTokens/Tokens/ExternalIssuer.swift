public import CivilTime
import ErrandCore

/// Somebody else whose signed-in people this installation lets in.
public struct ExternalIssuer: Hashable, Sendable {
    /// Exactly the `iss` of its tokens.
    public let issuer: String
    /// The `aud` that is meant for us.
    public let audience: String
    /// Where its public keys are (RFC 7517 §5); https, or http on this machine.
    public let keySetURL: String

    /// A trusted clock may be off by this much.
    static let clockSkew = Duration.seconds(60)

    public init(issuer: String, audience: String, keySetURL: String) {
        self.issuer = issuer
        self.audience = audience
        self.keySetURL = keySetURL
    }

    /// Whose token it is, if it is current and one of `keys` signed it: the key with the token's id, or the
    /// only key when the token names none.
    public func person(of token: JSONWebToken, keys: [RemoteKey], at now: Instant) -> ExternalPerson? {
        let candidates = token.keyID.map { id in keys.filter { $0.id == id } } ?? (keys.count == 1 ? keys : [])
        guard token.claims["iss"]?.string == issuer, token.isMeant(for: audience),
            token.isCurrent(at: now, skew: ExternalIssuer.clockSkew), let expiry = token.expiry,
            candidates.contains(where: { token.isSigned(by: $0.key) }),
            let subject = token.claims["sub"]?.string, (1...255).contains(subject.utf8.count)
        else { return nil }
        return ExternalPerson(
            issuer: issuer, subject: subject, email: token.claims["email"]?.string, expiry: expiry,
            signedInAt: token.signedInAt
        )
    }
}

/// Somebody whom another issuer has signed in.
public struct ExternalPerson: Sendable {
    public let issuer: String
    /// Who it is, in the issuer's own naming; 1 to 255 bytes.
    public let subject: String
    /// What the issuer says; no proof of whose address it is.
    public let email: String?
    /// Until when the token is good.
    public let expiry: Instant
    /// When they signed in, as the issuer says; nil where it does not.
    public let signedInAt: Instant?
}
