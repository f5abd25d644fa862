/// The audit logs of all spaces. Entries are added and never changed: the database refuses it.
public protocol AuditTable {
    /// Number and hash of the space's last entry; nil when there is none.
    func head(in space: SpaceID) throws(ErrandError) -> (sequence: Int64, hash: String)?
    /// Has the heads of several logs looked up at once, and held against others until the end of the transaction:
    /// ``head(in:)`` asks the database no more for them.
    func lookUpHeads(in spaces: [SpaceID]) throws(ErrandError)
    func append(_ entry: SealedAuditEntry, in space: SpaceID) throws(ErrandError)
    /// Entries with a number below `before`, the newest first.
    func newest(
        in space: SpaceID, before: Int64, _ filter: AuditFilter, limit: Int
    ) throws(ErrandError) -> [SealedAuditEntry]
    /// Spaces that have entries, in an order of their own, from the one after `last` on.
    func spaces(after last: SpaceID?, limit: Int) throws(ErrandError) -> [SpaceID]
    /// What is kept from the entry after `sequence` on, by number, as it is kept.
    func records(in space: SpaceID, after sequence: Int64, limit: Int) throws(ErrandError) -> [AuditRecord]
}

/// An entry as it lies in the database, readable or not.
public struct AuditRecord: Hashable, Sendable {
    public let sequence: Int64
    /// Nil when what is kept is no entry, or not the one that its columns say.
    public let entry: SealedAuditEntry?

    public init(sequence: Int64, entry: SealedAuditEntry?) {
        self.sequence = sequence
        self.entry = entry
    }
}
