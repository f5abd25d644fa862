public import CivilTime
public import Crypto
public import ErrandCore
import Foundation

/// A signed token in compact form (RFC 7515 §7.1), taken apart but not yet believed.
public struct JSONWebToken: Sendable {
    /// Longer tokens are not looked at.
    public static let sizeBytesMax = 8192

    /// `alg`: what it claims to be signed by. The key decides, see ``isSigned(by:)``.
    public let algorithm: String
    /// `kid`: which key it claims to be signed with.
    public let keyID: String?
    /// `typ`, such as `at+jwt`.
    public let type: String?
    /// What it says (RFC 7519 §4). Nothing of it is true before ``isSigned(by:)``.
    public let claims: JSONObject
    private let message: [UInt8]
    private let signature: [UInt8]

    /// - Returns: nil for anything that is not three parts of Base64url, two of them JSON objects; for members
    ///   given twice; and for tokens with critical extensions, since we know none (RFC 7515 §4.1.11).
    public init?(_ text: String) {
        guard text.utf8.count <= JSONWebToken.sizeBytesMax else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = JSONWebToken.object(parts[0]), let claims = JSONWebToken.object(parts[1]),
            let signature = Base64URL.decode(parts[2]), let algorithm = header["alg"]?.string, header["crit"] == nil
        else { return nil }
        self.algorithm = algorithm
        self.keyID = header["kid"]?.string
        self.type = header["typ"]?.string
        self.claims = claims
        self.message = Array("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }

    /// A new token, signed with ES256 (RFC 7518 §3.4).
    ///
    /// - Parameters:
    ///   - type: what kind of token it is, so that none is taken for another (RFC 8725 §3.11): `at+jwt`, `JWT`.
    ///   - keyID: which of several keys signs; nil where whoever checks it has only one, as with VAPID (RFC 8292 §2).
    /// - Throws: ``ErrandError/unavailable`` when the key cannot sign.
    public static func text(
        type: String, keyID: String?, claims: JSONValue, signedBy key: P256.Signing.PrivateKey
    ) throws(ErrandError) -> String {
        var header: JSONObject = ["alg": .string(SignatureAlgorithm.es256.rawValue), "typ": .string(type)]
        if let keyID { header.append("kid", .string(keyID)) }
        let parts = [JSONValue.object(header), claims].map { Base64URL.encode($0.serialized()) }
        let message = parts.joined(separator: ".")
        guard let signature = try? key.signature(for: Array(message.utf8)) else { throw .unavailable }
        return "\(message).\(Base64URL.encode(signature.rawRepresentation))"
    }

    private static func object(_ part: String) -> JSONObject? {
        Base64URL.decode(part).flatMap { try? JSONValue.parse($0) }?.object
    }

    /// Whether `key` made the signature. The algorithm named in the token must be the key's.
    public func isSigned(by key: VerificationKey) -> Bool {
        algorithm == key.algorithm.rawValue && key.isValid(signature: signature, of: message)
    }

    /// Whether `audience` is the token's, or one of the token's (RFC 7519 §4.1.3).
    public func isMeant(for audience: String) -> Bool {
        switch claims["aud"] {
        case .string(let single)?: single == audience
        case .array(let several)?: several.contains(.string(audience))
        default: false
        }
    }

    /// Whether `now` lies between `nbf` and `exp`. A token without `exp` is never current.
    ///
    /// - Parameter skew: by how much the issuer's clock may be off.
    public func isCurrent(at now: Instant, skew: Duration) -> Bool {
        guard let expiry = claims["exp"]?.seconds, now < Instant(seconds: expiry) + skew else { return false }
        guard let begin = claims["nbf"] else { return true }
        guard let begin = begin.seconds else { return false }
        return now + skew >= Instant(seconds: begin)
    }

    /// `exp`; nil where there is none, or one that no calendar has.
    public var expiry: Instant? { claims["exp"]?.seconds.map(Instant.init(seconds:)) }

    /// When the person signed in: `auth_time` (OpenID Connect Core §2), or `iat` of an issuer that does not say; nil
    /// where neither is a time.
    public var signedInAt: Instant? {
        (claims["auth_time"] ?? claims["iat"])?.seconds.map(Instant.init(seconds:))
    }
}

extension JSONValue {
    /// A NumericDate (RFC 7519 §2) within the years that we can count.
    fileprivate var seconds: Int64? {
        let seconds: Int64? =
            switch self {
            case .integer(let value): value
            case .number(let value): Int64(exactly: value.rounded(.down))
            default: nil
            }
        return seconds.flatMap { (0...253_402_300_799).contains($0) ? $0 : nil }
    }
}
