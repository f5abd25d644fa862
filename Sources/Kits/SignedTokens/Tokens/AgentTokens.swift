import CivilTime
import Crypto
public import ErrandCore

/// The credentials of programs that a person has let in (OAuth 2.1): access tokens that only agents' door takes, and
/// refresh tokens of which the newest alone is good.
public struct AgentTokens: Sendable {
    public static let lifetime = Duration.minutes(10)
    private static let type = "at+jwt"
    private static let refreshPrefix = "errand_ort_"

    /// What the tokens are for: the address of agents' door (RFC 8707).
    public let resource: String
    /// Who makes them: the public address of this installation.
    public let issuer: String
    private let keyRing: KeyRing
    private let environment: Environment

    public init(keyRing: KeyRing, issuer: String, resource: String, environment: Environment) {
        self.keyRing = keyRing
        self.issuer = issuer
        self.resource = resource
        self.environment = environment
    }

    /// A permission that somebody has given, as its tokens name it.
    public struct Grant: Hashable, Sendable {
        public let user: UserID
        public let id: TokenID

        public init(user: UserID, id: TokenID) {
            self.user = user
            self.id = id
        }
    }

    /// - Throws: ``ErrandError/unavailable`` while there is no key yet.
    public func access(_ grant: Grant, scopes: Set<Scope>, client: String) throws(ErrandError) -> String {
        guard let key = keyRing.signingKey else { throw .unavailable }
        let now = environment.now()
        let claims: JSONValue = [
            "iss": .string(issuer), "sub": .string(grant.user.description), "aud": .string(resource),
            "iat": .integer(now.seconds), "exp": .integer((now + AgentTokens.lifetime).seconds),
            "jti": .string(environment.makeID(now).description), "grant": .string(grant.id.description),
            "client_id": .string(client), "scope": .string(scopes.map(\.rawValue).sorted().joined(separator: " ")),
        ]
        return try JSONWebToken.text(type: AgentTokens.type, keyID: key.id, claims: claims, signedBy: key.privateKey)
    }

    /// What an access token stands for; nil unless it is one of ours, for agents' door, and current.
    public func grant(access text: String) -> Grant? {
        guard let token = JSONWebToken(text), token.type == AgentTokens.type, token.claims["iss"]?.string == issuer,
            token.isMeant(for: resource), token.isCurrent(at: environment.now(), skew: .zero),
            let key = token.keyID.flatMap(keyRing.verificationKey(id:)), token.isSigned(by: key),
            let user = token.claims["sub"]?.string.flatMap({ UserID($0) }),
            let id = token.claims["grant"]?.string.flatMap({ TokenID($0) })
        else { return nil }
        return Grant(user: user, id: id)
    }

    /// A refresh token: which of a grant it is, and an HMAC of that. The store keeps the hash of the newest.
    public struct Refresh: Hashable, Sendable {
        public let grant: Grant
        public let generation: Int64
        public let text: String
        /// SHA-256.
        public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
    }

    /// - Parameter generation: 1 for the first of a grant, one more for each exchange.
    /// - Throws: ``ErrandError/unavailable`` while there is no key yet.
    public func refresh(_ grant: Grant, generation: Int64) throws(ErrandError) -> Refresh {
        let payload = "\(grant.user).\(grant.id).\(generation)"
        let text = "\(AgentTokens.refreshPrefix)\(payload).\(Base64URL.encode(try code(payload)))"
        return Refresh(grant: grant, generation: generation, text: text)
    }

    /// Which token this is; nil unless we made it.
    public func refresh(_ text: String) -> Refresh? {
        guard text.utf8.count <= 256, text.hasPrefix(AgentTokens.refreshPrefix) else { return nil }
        let parts = text.dropFirst(AgentTokens.refreshPrefix.count)
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let user = UserID(parts[0]), let id = TokenID(parts[1]),
            let generation = Int64(parts[2]),
            let made = try? refresh(Grant(user: user, id: id), generation: generation),
            made.text.utf8.count == text.utf8.count,
            zip(made.text.utf8, text.utf8).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0
        else { return nil }
        return made
    }

    private func code(_ payload: String) throws(ErrandError) -> HMAC<SHA256>.MAC {
        guard let key = keyRing.refreshKey else { throw .unavailable }
        return HMAC<SHA256>.authenticationCode(for: Array("errand agent 1\n\(payload)".utf8), using: key)
    }
}
