public import CivilTime
public import ErrandCore

/// What one turn of a consumer did.
public struct DeliveryReport: Sendable {
    /// An event that was not handled.
    public struct Failure: Sendable {
        public let event: Event
        public let reason: String
        /// How often it has failed.
        public let attempts: Int

        package init(event: Event, reason: String, attempts: Int) {
            self.event = event
            self.reason = reason
            self.attempts = attempts
        }
    }

    public let role: ProcessRole
    /// Events whose effects are committed.
    public var handled: [Event] = []
    /// The event that is tried again later.
    public var failure: Failure?
    /// Events that became dead letters.
    public var deadLetters: [Failure] = []
    /// Dead letters besides, which could not be read as events at all.
    public var unreadable = 0
    /// When the turn began; nil where the bus does not say.
    public var startedAt: Instant?
    /// When the turn was over.
    public var finishedAt: Instant?
    /// Events that the consumer has not looked at; nil where the bus does not know.
    public var lag: Int64?
    /// Whether more waits already.
    public var isPartial = false
    /// When to come again, whether something rings or not.
    public var retryAt: Instant?

    package init(_ role: ProcessRole) { self.role = role }
}
