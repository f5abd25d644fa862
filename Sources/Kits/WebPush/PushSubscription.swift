import Crypto
import ErrandCore

/// Where one browser, or one app, takes messages, and whom they are encrypted for (W3C Push API, RFC 8291 §2).
public struct PushSubscription: Hashable, Sendable {
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
        /// None that a server of the outside world can have: see `WebAddress`.
        case endpoint
        /// Not 65 bytes of Base64url that are an uncompressed point of the curve P-256.
        case publicKey
        /// Not 16 bytes of Base64url.
        case secret

        /// The member of the subscription, as the Push API names it.
        public var field: String {
            switch self {
            case .endpoint: "endpoint"
            case .publicKey: "keys.p256dh"
            case .secret: "keys.auth"
            }
        }

        public var description: String {
            switch self {
            case .endpoint: "The address of the push service is no https address without user and fragment."
            case .publicKey: "p256dh is not a public key of P-256: 65 bytes in Base64url."
            case .secret: "auth is not a secret of 16 bytes in Base64url."
            }
        }
    }

    /// - Parameters:
    ///   - publicKey: Base64url, padded or not.
    ///   - secret: likewise.
    public init(endpoint: String, publicKey: String, secret: String) throws(Refusal) {
        guard let address = WebAddress(endpoint) else { throw .endpoint }
        self.endpoint = endpoint
        self.origin = address.origin
        guard let point = PushSubscription.bytes(publicKey), point.count == 65, point.first == 0x04,
            (try? P256.KeyAgreement.PublicKey(x963Representation: point)) != nil
        else { throw .publicKey }
        guard let secret = PushSubscription.bytes(secret), secret.count == 16 else { throw .secret }
        self.publicKey = point
        self.secret = secret
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        Base64URL.decode(String(text.prefix { $0 != "=" }))
    }
}
