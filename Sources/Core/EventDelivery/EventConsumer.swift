public import CivilTime
public import ErrandCore

/// What happens because of events.
public protocol EventConsumer: Sendable {
    /// The role whose work it is; also the name of its consumer group.
    var role: ProcessRole { get }
    /// The event types it acts on; others pass it by. Nil for all.
    var types: Set<EventType>? { get }

    /// Reads an event and says what is to be done about it. Called outside of any transaction, as often as the event
    /// is tried; whatever takes time belongs here.
    ///
    /// - Throws: again and again, and the event becomes a dead letter.
    func effect(of event: Event) throws(ErrandError) -> EventEffect

    /// Has what the effects of several events are about to ask for looked up together, in their transaction. Saves
    /// time, and changes nothing of what they do.
    func prepare(for events: [Event], in transaction: any StoreTransaction) throws(ErrandError)
}

extension EventConsumer {
    public func prepare(for events: [Event], in transaction: any StoreTransaction) throws(ErrandError) {}
}

/// What an event leads to: done inside the transaction that remembers the event as done, so that both happen or
/// neither. Throws for the same reasons as ``EventConsumer/effect(of:)``.
public typealias EventEffect = @Sendable (EventContext) throws(ErrandError) -> Void

/// What a consumer works with while it handles an event.
public struct EventContext {
    public let transaction: any StoreTransaction
    public let now: Instant
    public let makeID: @Sendable (Instant) -> UniqueID
    /// That many bytes from a cryptographically secure source.
    public let randomBytes: @Sendable (Int) -> [UInt8]

    package init(transaction: any StoreTransaction, now: Instant, of environment: Environment) {
        self.transaction = transaction
        self.now = now
        makeID = environment.makeID
        randomBytes = environment.randomBytes
    }

    /// A command in the name of the user whom the event is about, by a rule of `role`; what it changes belongs to
    /// the same request as the event.
    package func commands(as role: ProcessRole, for event: Event) -> CommandContext {
        CommandContext(
            transaction: transaction,
            principal: Principal(userID: event.userID, actor: .service(role), scopes: [.writeTasks]),
            in: .own(of: event.userID), now: now,
            correlation: event.correlation, makeID: makeID, randomBytes: randomBytes
        )
    }
}

/// Something that wants to know of every change from now on, in every process that has it.
public protocol UpdateSubscriber: Sendable {
    func receive(_ updates: [StoredEvent]) async
}

extension EventConsumer {
    /// Where the events come from that it acts on.
    public var topics: [Topic] { EventTypes.topics(of: types) }
}
