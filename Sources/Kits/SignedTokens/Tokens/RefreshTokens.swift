import Crypto
public import ErrandCore
import Foundation

/// Makes and checks refresh tokens: session id, generation and an HMAC of both.
///
/// The store keeps only which generation is the newest. So the same successor can be given twice within the
/// grace period, and every token that was ever handed out is known again when it is misused.
public struct RefreshTokens: Sendable {
    /// No token has more characters.
    public static let lengthMax = 512
    private static let prefix = "errand_rt_"

    private let keyRing: KeyRing

    public init(keyRing: KeyRing) {
        self.keyRing = keyRing
    }

    /// - Throws: ``ErrandError/unavailable`` while there is no key yet.
    public func make(for session: Session) throws(ErrandError) -> String {
        guard let key = keyRing.refreshKey else { throw .unavailable }
        let payload = "\(session.id).\(session.generation)"
        let code = HMAC<SHA256>.authenticationCode(for: Array(payload.utf8), using: key)
        return "\(RefreshTokens.prefix)\(payload).\(Base64URL.encode(code))"
    }

    /// Which token of which session this is; nil unless we made it.
    public func read(_ token: String) -> (session: SessionID, generation: Int64)? {
        guard token.utf8.count <= RefreshTokens.lengthMax, token.hasPrefix(RefreshTokens.prefix),
            let key = keyRing.refreshKey
        else {
            return nil
        }
        let parts = token.dropFirst(RefreshTokens.prefix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let code = Base64URL.decode(String(parts[2])),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: key),
            let session = SessionID(String(parts[0])), let generation = Int64(parts[1])
        else { return nil }
        return (session, generation)
    }
}
