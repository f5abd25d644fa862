import Foundation

/// What a receiver knows our webhooks by: `whsec_` and 24 to 64 random bytes in Base64
/// ([Standard Webhooks](https://www.standardwebhooks.com), section on signature schemes).
public struct WebhookSecret: Hashable, Sendable, CustomStringConvertible {
    /// Bytes that a secret may have.
    public static let bytes = 24...64
    /// Bytes of those we make.
    public static let bytesDefault = 32
    private static let prefix = "whsec_"

    let key: [UInt8]

    /// - Parameter key: ``bytes`` random ones.
    /// - Returns: nil for any other number of them.
    public init?(key: [UInt8]) {
        guard WebhookSecret.bytes.contains(key.count) else { return nil }
        self.key = key
    }

    /// - Returns: nil for anything but the prefix and that many bytes in padded Base64.
    public init?(_ text: String) {
        guard text.hasPrefix(WebhookSecret.prefix), text.utf8.count <= 128,
            let key = Data(base64Encoded: String(text.dropFirst(WebhookSecret.prefix.count)))
        else { return nil }
        self.init(key: Array(key))
    }

    /// As it is shown once to whoever sets up the receiver.
    public var text: String { WebhookSecret.prefix + Data(key).base64EncodedString() }

    /// Not the secret, which belongs in no log.
    public var description: String { WebhookSecret.prefix + "…" }
}
