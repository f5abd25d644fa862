import CivilTime
import Crypto
public import ErrandCore
import Foundation
import Synchronization

/// The keys this installation signs with: kept in the store, renewed in time, replaced without a gap.
///
/// A new key is published in the key set before it signs, and stays there until the last token it signed has
/// expired, so that whoever caches the set is never surprised.
public final class KeyRing: Sendable {
    /// A key signs for this long.
    public static let signingPeriod = Duration.days(30)
    /// A new key is published this long before it signs.
    public static let announcement = Duration.hours(1)
    /// An old key is kept this long after the next one signs.
    public static let retirement = Duration.hours(24)

    struct AccessKey: Sendable {
        let id: String
        let privateKey: P256.Signing.PrivateKey
        let createdAt: Instant
    }

    private struct Keys: Sendable {
        /// Newest first.
        var access: [AccessKey] = []
        var refresh: SymmetricKey?
    }

    private let environment: Environment
    private let keys = Mutex(Keys())

    public init(environment: Environment) {
        self.environment = environment
    }

    /// Loads the keys, makes those that are missing or due and removes those that are done with.
    /// Called at the start and then once in a while.
    public func runOnce() async throws(ErrandError) {
        let now = environment.now()
        let spare = try newAccessKey(at: now)
        let newRefreshKey = SigningKey(
            id: "refresh-1", purpose: .refreshToken, secret: environment.randomBytes(32), createdAt: now
        )
        let stored = try await environment.store.write { (transaction) throws(ErrandError) in
            let known = try transaction.signingKeys.all()
            let access = known.filter { $0.purpose == .accessToken }
            if access.first.map({ now - $0.createdAt >= KeyRing.signingPeriod }) ?? true {
                try transaction.signingKeys.insert(spare)
            }
            if !known.contains(where: { $0.purpose == .refreshToken }) {
                try transaction.signingKeys.insert(newRefreshKey)
            }
            for (successor, old) in zip(access, access.dropFirst())
            where now - successor.createdAt >= KeyRing.announcement + KeyRing.retirement {
                try transaction.signingKeys.delete(old.id)
            }
            return try transaction.signingKeys.all()
        }
        try use(stored)
    }

    private func newAccessKey(at now: Instant) throws(ErrandError) -> SigningKey {
        // Ids are hints, not secrets: a few random bytes tell keys apart.
        SigningKey(
            id: Base64URL.encode(environment.randomBytes(9)), purpose: .accessToken,
            secret: Array(P256.Signing.PrivateKey().rawRepresentation), createdAt: now
        )
    }

    private func use(_ stored: [SigningKey]) throws(ErrandError) {
        var loaded = Keys()
        for key in stored.sorted(by: { $0.createdAt > $1.createdAt }) {
            switch key.purpose {
            case .refreshToken: loaded.refresh = SymmetricKey(data: key.secret)
            case .push: continue
            case .accessToken:
                guard let privateKey = try? P256.Signing.PrivateKey(rawRepresentation: key.secret) else {
                    throw .unavailable
                }
                loaded.access.append(AccessKey(id: key.id, privateKey: privateKey, createdAt: key.createdAt))
            }
        }
        let complete = loaded
        keys.withLock { $0 = complete }
    }

    /// The newest key that has been announced long enough, or the oldest there is.
    var signingKey: AccessKey? {
        let now = environment.now()
        return keys.withLock { keys in
            keys.access.first { now - $0.createdAt >= KeyRing.announcement } ?? keys.access.last
        }
    }

    func verificationKey(id: String) -> VerificationKey? {
        keys.withLock { keys in
            keys.access.first { $0.id == id }.map { .es256($0.privateKey.publicKey) }
        }
    }

    var refreshKey: SymmetricKey? { keys.withLock(\.refresh) }

    /// The public halves (RFC 7517 §5), the one to come among them.
    public var keySet: JSONValue {
        let keys = keys.withLock(\.access)
        return ["keys": .array(keys.map(\.jwk))]
    }
}

extension KeyRing.AccessKey {
    fileprivate var jwk: JSONValue {
        let point = privateKey.publicKey.x963Representation.dropFirst()
        return [
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": .string(id),
            "x": .string(Base64URL.encode(point.prefix(32))), "y": .string(Base64URL.encode(point.suffix(32))),
        ]
    }
}
