public import ErrandCore

/// Goes along every audit log of a database, and along the stones of accounts that were deleted.
public struct AuditWalk: Hashable, Sendable {
    /// Where a log is not what it was.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// Nil for the stones of deleted accounts.
        public let space: Int64?
        public let sequence: Int64

        public var description: String {
            guard let space else { return "Tombstone \(sequence) of the deleted accounts is not as it was written." }
            return "Entry \(sequence) of the audit log of space \(space) is not as it was written."
        }
    }

    public private(set) var logs = 0
    public private(set) var entries: Int64 = 0
    /// The first thing that is wrong; nil where all is as it was written.
    public private(set) var fault: Fault?

    /// Computes every hash anew, in the caller's transaction: about a minute for some million entries. What is left of
    /// the logs of deleted accounts is passed over; housekeeping takes it away piece by piece.
    public static func run(on connection: any SQLConnection, chain: AuditChain) throws(SQLError) -> AuditWalk {
        var walk = AuditWalk()
        var (space, verification) = (Int64?.none, AuditVerification(chain: chain))
        try connection.query(
            """
            SELECT space, seq, at, action, task_id, entry, hash FROM audit_entries
            WHERE space NOT IN (SELECT space FROM audit_tombstones) ORDER BY space, seq
            """, []
        ) { row throws(SQLError) in
            let here = try row.integer()
            if here != space {
                (space, verification) = (here, AuditVerification(chain: chain))
                walk.logs += 1
            }
            let record = try SQLAuditTable.record(&row)
            if let entry = record.entry { verification.check(entry) } else { verification.markUnreadable() }
            walk.entries += 1
            if walk.fault == nil, let bad = verification.firstBad { walk.fault = Fault(space: here, sequence: bad) }
        }
        var stones = AuditStones(chain: chain)
        try connection.query(
            "SELECT number, entry, hash FROM audit_tombstones ORDER BY number", []
        ) { row throws(SQLError) in
            let number = try row.integer()
            let stone = AuditTombstone(text: try row.text(), hash: try row.text())
            stones.check(stone?.number == number ? stone : nil)
        }
        if walk.fault == nil, let bad = stones.firstBad { walk.fault = Fault(space: nil, sequence: bad) }
        return walk
    }
}
