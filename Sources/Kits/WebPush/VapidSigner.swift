public import CivilTime
public import ErrandCore
import SignedTokens
import Synchronization

/// Tells push services who sends (RFC 8292): a token for each of them, good for half a day, used again until its last
/// hour.
public final class VapidSigner: Sendable {
    /// Of a token; a push service takes none that is good for more than a day (RFC 8292 §2).
    public static let lifetime = Duration.hours(12)
    /// A token with less left is replaced.
    public static let remainderMin = Duration.hours(1)
    /// Tokens that are kept. Users name push services, so there could be any number.
    static let tokensMax = 256

    private struct Token: Sendable {
        let text: String
        let expiry: Instant
    }

    private let keys: VapidKeys
    private let contact: VapidContact
    private let now: @Sendable () -> Instant
    /// By origin.
    private let tokens = Mutex<[String: Token]>([:])

    public init(keys: VapidKeys, contact: VapidContact, now: @escaping @Sendable () -> Instant) {
        self.keys = keys
        self.contact = contact
        self.now = now
    }

    /// As browsers know this installation.
    public var publicKey: String { keys.publicKey }

    /// The field `Authorization` of a message (RFC 8292 §3).
    ///
    /// - Throws: ``ErrandError/unavailable`` when the key cannot sign.
    public func authorization(for subscription: PushSubscription) throws(ErrandError) -> String {
        "vapid t=\(try token(for: subscription.origin)), k=\(keys.publicKey)"
    }

    /// Forgets the token for an origin, whose push service did not take it.
    public func forget(_ origin: String) {
        tokens.withLock { $0[origin] = nil }
    }

    private func token(for origin: String) throws(ErrandError) -> String {
        let now = now()
        if let known = tokens.withLock({ $0[origin] }), known.expiry - now >= VapidSigner.remainderMin {
            return known.text
        }
        let expiry = now + VapidSigner.lifetime
        let text = try JSONWebToken.text(
            type: "JWT", keyID: nil,
            claims: ["aud": .string(origin), "exp": .integer(expiry.seconds), "sub": .string(contact.text)],
            signedBy: keys.privateKey
        )
        tokens.withLock { tokens in
            if tokens.count >= VapidSigner.tokensMax, let oldest = tokens.min(by: { $0.value.expiry < $1.value.expiry })
            {
                tokens[oldest.key] = nil
            }
            tokens[origin] = Token(text: text, expiry: expiry)
        }
        return text
    }
}
