public import CivilTime

/// A signed-in browser or program: a family of refresh tokens of which only the newest is valid.
public struct Session: Hashable, Sendable {
    /// A session ends when it is not used for this long.
    public static let idleLifetime = Duration.days(30)
    /// A session ends after this long in any case.
    public static let absoluteLifetime = Duration.days(90)
    /// How long the token before the newest is still answered, with the same successor: two tabs that
    /// refresh at once, or an answer that got lost, are no theft.
    public static let reuseGrace = Duration.seconds(20)

    public let id: SessionID
    public let userID: UserID
    /// Which refresh token is the newest: 1 for the first, one more for each exchange.
    public internal(set) var generation: Int64
    /// When that one was handed out.
    public internal(set) var rotatedAt: Instant
    public let createdAt: Instant
    public internal(set) var revokedAt: Instant?

    package init(
        id: SessionID, userID: UserID, generation: Int64, rotatedAt: Instant, createdAt: Instant, revokedAt: Instant?
    ) {
        self.id = id
        self.userID = userID
        self.generation = generation
        self.rotatedAt = rotatedAt
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }

    /// The first moment at which the session is over.
    public var expiresAt: Instant {
        min(rotatedAt + Session.idleLifetime, createdAt + Session.absoluteLifetime)
    }

    public func isOver(at now: Instant) -> Bool { revokedAt != nil || now >= expiresAt }
}
