import Crypto
import ErrandCore

/// What in the address of a calendar feed nobody can guess. It is shown once; the store keeps its hash.
public struct FeedSecret: Sendable {
    private static let bytesCount = 32

    public let text: String

    /// - Parameter randomBytes: 32 bytes from a secure source.
    public init(randomBytes: [UInt8]) {
        text = Base64URL.encode(randomBytes)
    }

    /// Takes what stands in an address for a secret when it looks like one.
    public init?(_ text: String) {
        guard text.utf8.count == 43, Base64URL.decode(text)?.count == FeedSecret.bytesCount else { return nil }
        self.text = text
    }

    /// SHA-256; enough, since the secret has 256 random bits. Of what is looked up by it, the time tells nothing of the
    /// secret.
    public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
