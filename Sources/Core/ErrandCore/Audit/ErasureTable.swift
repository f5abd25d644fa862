/// Accounts that are deleted, and what is left of them.
public protocol ErasureTable {
    /// Whether nothing may be added to what is in the space: its account is deleted, or it was never there.
    func isClosed(_ space: SpaceID) throws(ErrandError) -> Bool
    /// Has several spaces looked up at once: ``isClosed(_:)`` asks the database no more for those that are open, for
    /// as long as the transaction lasts.
    func lookUp(_ spaces: [SpaceID]) throws(ErrandError)
    /// Number and hash of the newest stone, held against others until the end of the transaction; nil when there is
    /// none.
    func head() throws(ErrandError) -> (number: Int64, hash: String)?
    /// The stones after a number, by number; nil in place of one that cannot be read.
    func tombstones(after number: Int64, limit: Int) throws(ErrandError) -> [AuditTombstone?]
    /// Removes the account and everything that is a person's own. What is in the space goes in slices; see
    /// ``erase(keeping:limit:)``.
    func delete(_ user: UserID, leaving tombstone: AuditTombstone) throws(ErrandError)
    /// Removes up to `limit` rows of each table from the space of an account that is deleted, and in the end the space.
    ///
    /// - Parameter type: events of it stay until they are purged, for those who are still to be told; the space stays
    ///   as long.
    /// - Returns: how many rows went; 0 when nothing is left that may go.
    func erase(keeping type: EventType, limit: Int) throws(ErrandError) -> Int
}
