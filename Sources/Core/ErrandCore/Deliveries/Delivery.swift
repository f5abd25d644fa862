public import CivilTime

/// One notification on its way to one destination: a row that a process leases while it sends.
public struct Delivery: Hashable, Sendable {
    /// Where it is; see ``DeliveryPlan`` for what leads where.
    public enum State: String, CaseIterable, Sendable {
        /// Waits for its first attempt.
        case pending
        /// Somebody is at it, until the lease ends.
        case sending
        /// Will be tried again, or waits for the end of quiet hours.
        case waiting
        case delivered
        /// Can't be, ever.
        case failed
        /// Nobody needs it any more.
        case expired
        /// What it told of was done with before it was sent.
        case superseded
        /// Left out from the beginning: the reason says why.
        case skipped

        /// Whether there is something left to do.
        public var isOpen: Bool { self == .pending || self == .sending || self == .waiting }
    }

    public let id: DeliveryID
    public let ownerID: UserID
    public let notificationID: NotificationID
    public let destinationID: DestinationID
    public let kind: ChannelKind
    /// That it is sent to; see ``ChannelForm/host``.
    public let host: String
    public var state: State
    /// Attempts that have begun.
    public var attempts: Int
    /// When something is to be done: the attempt, or the end of the lease while it is being sent. Nil at its end.
    public var nextAt: Instant?
    /// Until when somebody needs it.
    public let expiresAt: Instant
    /// When it should have reached its user.
    public let wantedAt: Instant
    public let createdAt: Instant
    public var lastAttemptAt: Instant?
    /// When it came to its end.
    public var endedAt: Instant?
    /// Of the last attempt, or why there is none: a short sentence of ours. Of what was delivered, its evidence.
    public var reason: String?
    /// Whether the channel found the whole message too large, so that a shortened one goes.
    public var isShortened: Bool
    /// Whether its user has had it sent again after it had come to its end: then it waits for its turn behind those
    /// that are sent again before it, to the same destination, and what it tells is sent although it is done with.
    public let isReplayed: Bool

    package init(
        id: DeliveryID, ownerID: UserID, notificationID: NotificationID, destinationID: DestinationID,
        kind: ChannelKind, host: String, state: State, attempts: Int = 0, nextAt: Instant?, expiresAt: Instant,
        wantedAt: Instant,
        createdAt: Instant, lastAttemptAt: Instant? = nil, endedAt: Instant? = nil, reason: String? = nil,
        isShortened: Bool = false, isReplayed: Bool = false
    ) {
        self.id = id
        self.ownerID = ownerID
        self.notificationID = notificationID
        self.destinationID = destinationID
        self.kind = kind
        self.host = host
        self.state = state
        self.attempts = attempts
        self.nextAt = nextAt
        self.expiresAt = expiresAt
        self.wantedAt = wantedAt
        self.createdAt = createdAt
        self.lastAttemptAt = lastAttemptAt
        self.endedAt = endedAt
        self.reason = reason
        self.isShortened = isShortened
        self.isReplayed = isReplayed
    }
}
