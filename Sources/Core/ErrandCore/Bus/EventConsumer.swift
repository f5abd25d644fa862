public import CivilTime

/// What happens because of events.
public protocol EventConsumer: Sendable {
    /// The role whose work it is; also the name of its consumer group.
    var role: Role { get }
    /// The event types it acts on; others pass it by. Nil for all.
    var kinds: Set<String>? { get }

    /// Does its work inside the transaction that remembers the event as done: both happen, or neither.
    ///
    /// - Throws: anything but ``ErrandError/unavailable`` again and again makes the event a dead letter.
    func handle(_ event: Event, in context: EventContext) throws(ErrandError)
}

/// What a consumer works with while it handles an event.
public struct EventContext {
    public let transaction: any StoreTransaction
    public let now: Instant
    public let makeID: @Sendable (Instant) -> UniqueID

    package init(
        transaction: any StoreTransaction, now: Instant, makeID: @escaping @Sendable (Instant) -> UniqueID
    ) {
        self.transaction = transaction
        self.now = now
        self.makeID = makeID
    }

    /// A command in the name of the user whom the event is about, by a rule of `role`; what it changes belongs to
    /// the same request as the event.
    package func commands(as role: Role, for event: Event) -> CommandContext {
        CommandContext(
            transaction: transaction,
            principal: Principal(userID: event.userID, actor: .service(role), scopes: [.writeTasks]), now: now,
            correlation: event.correlation, makeID: makeID
        )
    }
}

/// Something that wants to know of every change from now on, in every process that has it.
public protocol UpdateSubscriber: Sendable {
    func receive(_ updates: [StoredEvent]) async
}
