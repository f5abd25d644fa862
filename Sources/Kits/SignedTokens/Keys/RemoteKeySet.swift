public import CivilTime
import ErrandCore
public import Logging

/// The public keys of one external issuer: fetched when needed, kept for a while, used beyond that while the
/// issuer cannot be reached.
public actor RemoteKeySet {
    /// How long keys are used before the set is fetched again.
    public static let lifetime = Duration.minutes(30)
    /// A token with an unknown key makes us look again, at most this often.
    public static let refetchPause = Duration.minutes(1)

    private let fetch: @Sendable () async throws -> [UInt8]
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private var keys: [RemoteKey] = []
    private var fetchedAt: Instant?
    private var triedAt: Instant?

    /// - Parameter fetch: the bytes of the key set (RFC 7517 §5) as the issuer has it now.
    public init(
        now: @escaping @Sendable () -> Instant, logger: Logger, fetch: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.now = now
        self.logger = logger
        self.fetch = fetch
    }

    /// The keys, fetched anew when they are old or when none has that id.
    public func keys(for id: String?) async -> [RemoteKey] {
        let isStale = fetchedAt.map { now() - $0 >= RemoteKeySet.lifetime } ?? true
        let isUnknown = id != nil && !keys.contains { $0.id == id }
        let mayTry = triedAt.map { now() - $0 >= RemoteKeySet.refetchPause } ?? true
        if isStale || isUnknown, mayTry { await refresh() }
        return keys
    }

    private func refresh() async {
        // Set before waiting: whoever comes meanwhile is answered with what we have.
        triedAt = now()
        do {
            let fetched = RemoteKey.read(try JSONValue.parse(try await fetch()))
            guard !fetched.isEmpty else { throw RemoteKeySetError.noUsableKey }
            keys = fetched
            fetchedAt = now()
        } catch {
            logger.warning("The key set of an external issuer could not be read", metadata: ["error": "\(error)"])
        }
    }
}

/// Why a key set that has come is not used.
private enum RemoteKeySetError: Error {
    case noUsableKey
}
