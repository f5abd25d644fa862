public import CivilTime

/// How far each consumer has come in the log, what it could not handle, and what it has handled.
public protocol ConsumerTable {
    /// Where the consumer stands. In a writing transaction, others who ask for the same consumer wait for its end.
    func progress(of consumer: String) throws(ErrandError) -> ConsumerProgress
    func save(_ progress: ConsumerProgress, of consumer: String) throws(ErrandError)

    /// Puts an event aside that the consumer could not handle; the reason of the last time counts.
    func addDeadLetter(_ letter: DeadLetter) throws(ErrandError)
    func removeDeadLetter(_ letter: DeadLetter) throws(ErrandError)
    /// Dead letters by their place in the log.
    ///
    /// - Parameters:
    ///   - consumer: nil for those of all.
    ///   - toReplay: only those that somebody asked to try again.
    func deadLetters(of consumer: String?, toReplay: Bool, limit: Int) throws(ErrandError) -> [DeadLetter]
    /// How many dead letters each consumer has that has any.
    func deadLetterCounts() throws(ErrandError) -> [String: Int]
    /// Asks for dead letters to be tried again. Returns how many.
    ///
    /// - Parameter event: only the letter about this event; nil for all of the consumer.
    func requestReplay(of consumer: String, event: EventID?) throws(ErrandError) -> Int

    /// Remembers events as handled by their ids.
    ///
    /// - Returns: those that were not handled before.
    func enterInbox(
        of consumer: String, _ events: [EventID], at instant: Instant
    ) throws(ErrandError) -> Set<EventID>
    /// Whether an event was handled, as far as the inbox remembers, or is a dead letter already.
    func isSettled(_ event: StoredEvent, for consumer: String) throws(ErrandError) -> Bool
    /// Forgets up to `limit` handled events from before `instant`. Returns how many.
    func purgeInbox(before instant: Instant, limit: Int) throws(ErrandError) -> Int

    /// Takes or renews a lease: nobody else gets it before `end`.
    ///
    /// - Returns: false while somebody else has it.
    func takeLease(_ name: String, for holder: UniqueID, now: Instant, until end: Instant) throws(ErrandError) -> Bool
    /// When the lease of `holder` ends; nil when it has none.
    func leaseEnd(_ name: String, of holder: UniqueID) throws(ErrandError) -> Instant?
}

extension ConsumerTable {
    /// - Returns: false when it was handled before.
    public func enterInbox(of consumer: String, _ event: EventID, at instant: Instant) throws(ErrandError) -> Bool {
        try !enterInbox(of: consumer, [event], at: instant).isEmpty
    }
}

/// Where a consumer stands.
public struct ConsumerProgress: Hashable, Sendable {
    /// The sequence of the last event it is done with; 0 at the beginning.
    public var place: Int64
    /// How often the event after ``place`` has failed.
    public var attempts: Int
    /// Not before then is it tried again.
    public var retryAt: Instant?

    public static let beginning = ConsumerProgress(place: 0, attempts: 0, retryAt: nil)

    public init(place: Int64, attempts: Int, retryAt: Instant?) {
        self.place = place
        self.attempts = attempts
        self.retryAt = retryAt
    }
}

/// An event that a consumer could not handle, for an operator to look at.
public struct DeadLetter: Hashable, Sendable {
    public let consumer: String
    public let event: StoredEvent
    /// What went wrong, without content of users.
    public let reason: String
    public let addedAt: Instant

    public init(consumer: String, event: StoredEvent, reason: String, addedAt: Instant) {
        self.consumer = consumer
        self.event = event
        self.reason = reason
        self.addedAt = addedAt
    }
}
