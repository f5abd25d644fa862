import Crypto
import ErrandCore
import Foundation

/// Where one browser, or one app, takes messages, and whom they are encrypted for (W3C Push API, RFC 8291 §2).
public struct PushSubscription: Hashable, Sendable {
    /// No push service has addresses as long as this.
    public static let endpointLengthMax = 2048

    /// The address that messages are posted to. Secret: whoever knows it can waste the time of its user.
    public let endpoint: String
    /// Scheme, host and port, in small letters, the usual port left out (RFC 6454 §6.2).
    public let origin: String
    /// The key of the receiver, `p256dh`: 65 bytes, a point of the curve.
    public let publicKey: [UInt8]
    /// The secret that only receiver and sender know, `auth`.
    public let secret: [UInt8]

    /// What is wrong with a subscription.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case endpointTooLong
        /// Not an address at all, or one with a user, a password or a fragment.
        case endpointMalformed
        /// Not https, and its host is none that may be called without.
        case endpointNotEncrypted
        /// Not 65 bytes of Base64url that are an uncompressed point of the curve P-256.
        case publicKey
        /// Not 16 bytes of Base64url.
        case secret

        /// The member of the subscription, as the Push API names it.
        public var field: String {
            switch self {
            case .endpointTooLong, .endpointMalformed, .endpointNotEncrypted: "endpoint"
            case .publicKey: "keys.p256dh"
            case .secret: "keys.auth"
            }
        }

        public var description: String {
            switch self {
            case .endpointTooLong:
                "The address of the push service is longer than \(PushSubscription.endpointLengthMax) bytes."
            case .endpointMalformed:
                "The address of the push service is no address, or has a user, a password or a fragment."
            case .endpointNotEncrypted: "The address of the push service does not begin with https."
            case .publicKey: "p256dh is not a public key of P-256: 65 bytes in Base64url."
            case .secret: "auth is not a secret of 16 bytes in Base64url."
            }
        }
    }

    /// - Parameters:
    ///   - publicKey: Base64url, padded or not.
    ///   - secret: likewise.
    ///   - plainHosts: hosts that may be called without encryption, in small letters.
    public init(
        endpoint: String, publicKey: String, secret: String, plainHosts: Set<String> = []
    ) throws(Refusal) {
        self.origin = try PushSubscription.origin(of: endpoint, plainHosts: plainHosts)
        self.endpoint = endpoint
        guard let point = PushSubscription.bytes(publicKey), point.count == 65, point.first == 0x04,
            (try? P256.KeyAgreement.PublicKey(x963Representation: point)) != nil
        else { throw .publicKey }
        guard let secret = PushSubscription.bytes(secret), secret.count == 16 else { throw .secret }
        self.publicKey = point
        self.secret = secret
    }

    /// The origin of an address that we may post to.
    private static func origin(of endpoint: String, plainHosts: Set<String>) throws(Refusal) -> String {
        guard endpoint.utf8.count <= endpointLengthMax else { throw .endpointTooLong }
        // Every printable character of ASCII but the space: what is sent is what was read here.
        guard endpoint.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let url = URL(string: endpoint),
            let scheme = url.scheme?.lowercased(), let host = url.host?.lowercased(), !host.isEmpty,
            url.user == nil, url.password == nil, url.fragment == nil
        else { throw .endpointMalformed }
        guard scheme == "https" || (scheme == "http" && plainHosts.contains(host)) else {
            throw .endpointNotEncrypted
        }
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        guard let port = url.port, port != (scheme == "https" ? 443 : 80) else { return "\(scheme)://\(name)" }
        guard (1...65_535).contains(port) else { throw .endpointMalformed }
        return "\(scheme)://\(name):\(port)"
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        Base64URL.decode(String(text.prefix { $0 != "=" }))
    }
}
