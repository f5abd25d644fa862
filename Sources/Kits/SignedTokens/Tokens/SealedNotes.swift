public import CivilTime
import Crypto
public import ErrandCore
import Foundation

/// Notes that others keep for us and bring back: JSON that they can read and cannot change.
///
/// A note is good for one purpose: what was sealed for another is none.
public struct SealedNotes: Sendable {
    private static let context = "errand note 1"
    /// Bytes of a note with its seal.
    public static let lengthMax = 8_192

    private let keyRing: KeyRing
    private let now: @Sendable () -> Instant

    public init(keyRing: KeyRing, now: @escaping @Sendable () -> Instant) {
        self.keyRing = keyRing
        self.now = now
    }

    /// - Parameter lifetime: nil for a note that does not grow old.
    /// - Throws: ``ErrandError/unavailable`` while there is no key yet.
    public func seal(
        _ note: JSONValue, for purpose: String, lifetime: Duration? = nil
    ) throws(ErrandError) -> String {
        let end = lifetime.map { JSONValue.integer((now() + $0).milliseconds) } ?? .null
        let text = Base64URL.encode(JSONValue.array([end, note]).serialized())
        return "\(text).\(Base64URL.encode(try code(text, purpose)))"
    }

    /// - Returns: nil for what is no note of ours for this purpose, or too old.
    public func open(_ sealed: String, for purpose: String) -> JSONValue? {
        let parts = sealed.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard sealed.utf8.count <= SealedNotes.lengthMax, parts.count == 2, let sent = Base64URL.decode(parts[1]),
            let expected = try? code(parts[0], purpose), sent.count == expected.count,
            // Every byte is looked at, whatever differs.
            zip(sent, expected).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0,
            let bytes = Base64URL.decode(parts[0]), let values = (try? JSONValue.parse(bytes))?.array, values.count == 2
        else { return nil }
        if let end = values[0].integer, now().milliseconds >= end { return nil }
        return values[1]
    }

    private func code(_ text: String, _ purpose: String) throws(ErrandError) -> [UInt8] {
        guard let key = keyRing.refreshKey else { throw .unavailable }
        let message = [SealedNotes.context, purpose, text].joined(separator: "\n")
        return Array(HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: key))
    }
}
