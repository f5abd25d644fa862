/// By which edition of the zone rules stored instants were derived, and how far a change to another one has come.
public protocol ZoneDataTable {
    /// What is noted; nil in a database in which nothing is yet. Nobody else changes it before the end of the
    /// transaction.
    func note() throws(ErrandError) -> ZoneDataNote?
    /// Replaces what is noted.
    func set(_ note: ZoneDataNote) throws(ErrandError)
    /// The user with the next id; nil for the first.
    ///
    /// - Returns: nil after the last.
    func user(after id: UserID?) throws(ErrandError) -> UserID?
}

/// How far the instants of an installation follow an edition of the zone rules.
public struct ZoneDataNote: Hashable, Sendable {
    /// `2025b`.
    public let edition: String
    /// Users are gone through in the order of their ids: those before this one are done. Nil before the first.
    public var user: UserID?
    /// How far the tasks of ``user`` are done, by number; 0 where all are.
    public var number: Int64 = 0
    public var isDone = false

    public init(edition: String, user: UserID? = nil, number: Int64 = 0, isDone: Bool = false) {
        self.edition = edition
        self.user = user
        self.number = number
        self.isDone = isDone
    }
}
