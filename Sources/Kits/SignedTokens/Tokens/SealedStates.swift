public import CivilTime
import Crypto
public import ErrandCore
import Foundation

/// Notes that a client keeps for us and brings back: who may use one, for what and until when, and an HMAC of it all.
///
/// A client can read a note and cannot change it.
public struct SealedStates: Sendable {
    /// How long a note is good for.
    public static let lifetime = Duration.minutes(10)
    private static let context = "errand state 1"
    private static let lengthMax = 512

    private let keyRing: KeyRing
    private let now: @Sendable () -> Instant

    public init(keyRing: KeyRing, now: @escaping @Sendable () -> Instant) {
        self.keyRing = keyRing
        self.now = now
    }

    /// - Parameter subject: what the note is about; whoever brings it back has to say the same.
    /// - Throws: ``ErrandError/unavailable`` while there is no key yet.
    public func seal(_ subject: String, for user: UserID) throws(ErrandError) -> String {
        let end = String((now() + SealedStates.lifetime).milliseconds)
        return "\(end).\(Base64URL.encode(try code(subject, user, end)))"
    }

    /// Whether this is a note of ours about the same, for the same user, and still good.
    public func isValid(_ note: String, about subject: String, for user: UserID) -> Bool {
        let parts = note.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard note.utf8.count <= SealedStates.lengthMax, parts.count == 2, let end = Int64(parts[0]),
            now().milliseconds < end, let sent = Base64URL.decode(parts[1]),
            let expected = try? code(subject, user, parts[0]), sent.count == expected.count
        else { return false }
        // Every byte is looked at, whatever differs.
        return zip(sent, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func code(_ subject: String, _ user: UserID, _ end: String) throws(ErrandError) -> [UInt8] {
        guard let key = keyRing.refreshKey else { throw .unavailable }
        let text = [SealedStates.context, user.description, end, subject].joined(separator: "\n")
        return Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }
}
