import Crypto
import ErrandCore
import Foundation

/// The key pair by which push services, and the browsers that subscribed, know this installation (RFC 8292 §3).
///
/// A subscription is bound to the pair that it was made with: another pair, and nobody is reached any more until they
/// subscribe again. So it is made once and kept.
public struct VapidKeys: Sendable {
    let privateKey: P256.Signing.PrivateKey

    /// A new pair.
    public init() {
        privateKey = P256.Signing.PrivateKey()
    }

    /// - Parameter secret: 32 bytes, as ``secret`` gives them.
    /// - Returns: nil when they are no private key of P-256.
    public init?(secret: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
        privateKey = key
    }

    /// A pair as other programs write it down.
    ///
    /// - Parameters:
    ///   - publicKey: 65 bytes in Base64url.
    ///   - privateKey: 32 bytes in Base64url.
    /// - Returns: nil unless both are keys, and of one pair.
    public init?(publicKey: String, privateKey: String) {
        guard let point = VapidKeys.bytes(publicKey), let secret = VapidKeys.bytes(privateKey),
            let keys = VapidKeys(secret: secret), Array(keys.privateKey.publicKey.x963Representation) == point
        else { return nil }
        self = keys
    }

    /// 32 bytes, for whoever keeps it.
    public var secret: [UInt8] { Array(privateKey.rawRepresentation) }
    /// What browsers call `applicationServerKey`: 65 bytes in Base64url.
    public var publicKey: String { Base64URL.encode(privateKey.publicKey.x963Representation) }

    private static func bytes(_ text: String) -> [UInt8]? {
        Base64URL.decode(String(text.prefix { $0 != "=" }))
    }
}
