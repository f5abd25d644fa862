import Crypto
import ErrandCore

/// The secret half of a personal access token. It is shown once; the store keeps its hash.
public struct PersonalTokenSecret: Sendable {
    static let prefix = "errand_pat_"

    public let text: String

    /// - Parameter randomBytes: 32 bytes from a secure source.
    public init(randomBytes: [UInt8]) {
        text = PersonalTokenSecret.prefix + Base64URL.encode(randomBytes)
    }

    /// Takes a credential for a personal token when it looks like one.
    public init?(_ text: String) {
        guard text.hasPrefix(PersonalTokenSecret.prefix), text.utf8.count <= 128 else { return nil }
        self.text = text
    }

    /// SHA-256; enough, since the secret has 256 random bits.
    public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
