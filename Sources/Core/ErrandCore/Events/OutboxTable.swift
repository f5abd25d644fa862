public import CivilTime

/// Every event that was committed with its change, in the order of the commits: the log that consumers read and
/// the relay publishes from.
///
/// An event becomes visible only when every event before it is: whoever has read up to a place has missed nothing.
public protocol OutboxTable {
    /// The next change number of a space. Taken in the transaction of the change, so there are no gaps.
    func takeChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber
    /// The last change number that was taken; ``ChangeNumber/none`` when none was.
    func lastChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber
    /// Adds an event under the change number that was taken for it.
    func append(_ event: Event, as number: ChangeNumber) throws(ErrandError)

    /// Events from the one after `sequence`.
    ///
    /// - Parameter types: only these, the others cost nothing; nil for all.
    func events(of types: Set<EventType>?, after sequence: Int64, limit: Int) throws(ErrandError) -> [StoredEvent]
    /// Events of one space from the one after `number`, in the order of their change numbers.
    func events(in space: SpaceID, after number: ChangeNumber, limit: Int) throws(ErrandError) -> [StoredEvent]
    /// The event with that id; nil when there is none, or none any more.
    func event(_ id: EventID) throws(ErrandError) -> StoredEvent?
    /// The place of the last event; 0 when there is none.
    func end() throws(ErrandError) -> Int64
    /// The place after which there are `count` events.
    func place(beforeLast count: Int) throws(ErrandError) -> Int64

    /// Events that were not published yet, as many as `limit`.
    func unpublished(limit: Int) throws(ErrandError) -> [StoredEvent]
    /// Remembers that events were published: these, and all before them.
    func markPublished(through last: StoredEvent) throws(ErrandError)

    /// What waits for a consumer: all that comes after its place in the log, whether it acts on it or not.
    ///
    /// - Parameter consumer: its name; nil for what was not published yet.
    func backlog(of consumer: String?) throws(ErrandError) -> EventBacklog

    /// Removes up to `limit` events from before `instant` that are published, that every one of `consumers` is done
    /// with, and that no dead letter is about. Returns how many.
    func purge(before instant: Instant, doneBy consumers: [String], limit: Int) throws(ErrandError) -> Int
}

extension OutboxTable {
    public func append(_ event: TaskEvent) throws(ErrandError) {
        try append(event.event, as: event.changeNumber)
    }

    public func append(_ event: ReminderEvent) throws(ErrandError) {
        try append(event.event, as: event.changeNumber)
    }
}
