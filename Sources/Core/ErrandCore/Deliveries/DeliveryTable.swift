public import CivilTime

/// Deliveries of all users; what asks for one user's names the owner.
public protocol DeliveryTable {
    /// Adds deliveries of a notification that is there. A second one to the same destination changes nothing.
    func insert(_ deliveries: [Delivery]) throws(ErrandError)
    func find(_ id: DeliveryID, of owner: UserID) throws(ErrandError) -> Delivery?
    /// In the order in which they were added.
    func all(of notification: NotificationID, owner: UserID) throws(ErrandError) -> [Delivery]
    /// Those of a kind for which something is to be done, the longest due first: attempts, and leases that have ended.
    /// Others may get the same; ``save(_:replacing:)`` says whose they are. Of those that are sent again to one
    /// destination only the first.
    ///
    /// - Parameter hosts: whose turn it is not.
    func due(
        _ kind: ChannelKind, at instant: Instant, except hosts: Set<String>, limit: Int
    ) throws(ErrandError) -> [DueDelivery]
    /// Writes a delivery, if it is still as `before` says: what somebody else has taken meanwhile is theirs.
    ///
    /// - Returns: whether it was.
    func save(_ delivery: Delivery, replacing before: Delivery) throws(ErrandError) -> Bool
    /// When something is to be done for the next one of a kind.
    func nextInstant(_ kind: ChannelKind, except hosts: Set<String>) throws(ErrandError) -> Instant?
    /// What was sent to a destination or given up after the delivery `after`, from the first for nil, in the order in
    /// which it was added: what can be sent again. Tests are left out.
    ///
    /// - Returns: nil when `after` is no delivery to the destination.
    func ended(
        to destination: DestinationID, of owner: UserID, after: DeliveryID?, limit: Int
    ) throws(ErrandError) -> [DueDelivery]?
    /// Writes a delivery that begins anew, if it has come to its end; its turn comes after all that were sent again to
    /// the same destination before, and are open.
    ///
    /// - Returns: whether it had.
    func restart(_ delivery: Delivery) throws(ErrandError) -> Bool
    /// Deliveries to a destination that are sent again, and are open.
    func replays(to destination: DestinationID, of owner: UserID) throws(ErrandError) -> Int
    /// What is open, by kind.
    func backlog() throws(ErrandError) -> [DeliveryBacklog]
}

/// A delivery for which something is to be done, with what it carries and where it goes.
public struct DueDelivery: Hashable, Sendable {
    public let delivery: Delivery
    public let notification: Notification
    public let destination: ChannelDestination

    public init(delivery: Delivery, notification: Notification, destination: ChannelDestination) {
        self.delivery = delivery
        self.notification = notification
        self.destination = destination
    }
}

/// Deliveries of one kind that have not come to their end.
public struct DeliveryBacklog: Hashable, Sendable {
    public let kind: ChannelKind
    public let count: Int
    /// When the oldest of them was made.
    public let oldest: Instant

    public init(kind: ChannelKind, count: Int, oldest: Instant) {
        self.kind = kind
        self.count = count
        self.oldest = oldest
    }
}

/// Where users can be reached; every call names the owner.
public protocol DestinationTable {
    /// Adds a destination, or finds that its owner has one of the same kind and identity.
    ///
    /// - Returns: whether it is new.
    func insert(_ destination: ChannelDestination) throws(ErrandError) -> Bool
    /// For somebody who is about to change it, as transactions that write are.
    func find(_ id: DestinationID, of owner: UserID) throws(ErrandError) -> ChannelDestination?
    func find(_ kind: ChannelKind, identity: String, of owner: UserID) throws(ErrandError) -> ChannelDestination?
    /// In the order in which they were added; of all kinds for nil.
    func all(of owner: UserID, kind: ChannelKind?) throws(ErrandError) -> [ChannelDestination]
    /// Has the destinations of several owners looked up at once: ``all(of:kind:)`` asks the database no more for those
    /// who have none of this kind, until the transaction adds one.
    ///
    /// - Parameter kind: nil for any.
    /// - Returns: those who have one.
    @discardableResult
    func lookUp(_ kind: ChannelKind?, of owners: [UserID]) throws(ErrandError) -> Set<UserID>
    /// Everything but id, kind, identity and date.
    func update(_ destination: ChannelDestination) throws(ErrandError)
    /// With its deliveries.
    ///
    /// - Returns: false when there is no such destination.
    func delete(_ id: DestinationID, of owner: UserID) throws(ErrandError) -> Bool
    /// Takes a browser away from everybody else: it is whose session it has.
    func releaseFromOthers(_ kind: ChannelKind, identity: String, but owner: UserID) throws(ErrandError)
}

/// When the next digest of a user is due.
public protocol DigestTable {
    /// - Parameter instant: nil for none.
    func set(_ instant: Instant?, for owner: UserID) throws(ErrandError)
    /// Users whose digest is due, the longest due first. Nobody else gets them before the end of the transaction.
    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [DueDigest]
    func nextInstant() throws(ErrandError) -> Instant?
}

/// A digest whose time has come.
public struct DueDigest: Hashable, Sendable {
    public let userID: UserID
    /// When it was meant to come.
    public let at: Instant

    public init(userID: UserID, at: Instant) {
        self.userID = userID
        self.at = at
    }
}
