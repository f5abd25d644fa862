import CivilTime

/// Goes along every audit log of an installation, and along the tombstones that stand for those of deleted accounts:
/// for whoever runs it.
///
/// Of a chain whose end was cut off the rest is good: only who has kept a head, or an export, can tell.
public struct AuditInspection: Sendable {
    /// Broken logs that a report names; it counts the rest.
    public static let brokenMax = 100
    private static let sliceSize = 500

    private let store: any Store
    private let chain: AuditChain

    public init(store: any Store, chain: AuditChain) {
        self.store = store
        self.chain = chain
    }

    /// A log that is not what it was.
    public struct BrokenLog: Hashable, Sendable {
        /// Whose it is: a personal space has the id of its user.
        public let space: SpaceID
        /// The number of the first entry that is wrong or missing.
        public let firstBad: Int64
    }

    /// What was found.
    public struct Report: Hashable, Sendable {
        public var logs = 0
        /// Entries that are as they were written.
        public var entries: Int64 = 0
        /// The first ``brokenMax``.
        public var broken: [BrokenLog] = []
        public var brokenCount = 0
        /// Tombstones that are as they were written.
        public var tombstones: Int64 = 0
        /// The number of the first tombstone that is wrong or missing.
        public var firstBadTombstone: Int64?
        /// Hash of the last good tombstone.
        public var tombstoneHead = AuditChain.origin
        /// What stands for the log that was asked for; nil where nothing does.
        public var wanted: AuditTombstone?

        public var isGood: Bool { brokenCount == 0 && firstBadTombstone == nil }

        public var json: JSONValue {
            var object: JSONObject = [
                "ok": .bool(isGood), "logs": JSONValue(logs), "checked": .integer(entries),
                "broken_count": JSONValue(brokenCount),
                "broken": .array(
                    broken.map {
                        ["account": .string($0.space.description), "first_bad_seq": .integer($0.firstBad)]
                    }),
                "tombstones": .integer(tombstones), "tombstone_head": .string(tombstoneHead),
                "first_bad_tombstone": firstBadTombstone.map { .integer($0) } ?? .null,
            ]
            if let wanted {
                object.append(
                    "tombstone",
                    [
                        "number": .integer(wanted.number), "at": .string(wanted.at.description),
                        "entries": .integer(wanted.entries), "head": .string(wanted.head),
                    ])
            }
            return .object(object)
        }
    }

    /// Computes every hash anew.
    ///
    /// - Parameter account: a deleted account whose tombstone is looked for.
    public func run(lookingFor account: UserID? = nil) async throws(ErrandError) -> Report {
        var report = Report()
        try await checkTombstones(lookingFor: account.map { chain.account($0) }, &report)
        var last: SpaceID?
        while true {
            let after = last
            let spaces = try await store.read { (transaction) throws(ErrandError) in
                // What is left of a log that a tombstone stands for is on its way out.
                let found = try transaction.audit.spaces(after: after, limit: AuditInspection.sliceSize)
                var open: [SpaceID] = []
                for space in found where try !transaction.erasure.isClosed(space) { open.append(space) }
                return (open, found.last)
            }
            for space in spaces.0 { try await check(space, &report) }
            guard let next = spaces.1 else { return report }
            last = next
        }
    }

    private func check(_ space: SpaceID, _ report: inout Report) async throws(ErrandError) {
        var verification = AuditVerification(chain: chain)
        while verification.isGood {
            let place = verification.checked
            let records = try await store.read { (transaction) throws(ErrandError) in
                try transaction.audit.records(in: space, after: place, limit: AuditInspection.sliceSize)
            }
            if records.isEmpty { break }
            for record in records {
                if let entry = record.entry { verification.check(entry) } else { verification.markUnreadable() }
            }
        }
        // The account may have been deleted meanwhile.
        if !verification.isGood {
            let isClosed = try await store.read { (transaction) throws(ErrandError) in
                try transaction.erasure.isClosed(space)
            }
            if isClosed { return }
        }
        report.logs += 1
        report.entries += verification.checked
        guard let firstBad = verification.firstBad else { return }
        report.brokenCount += 1
        if report.broken.count < AuditInspection.brokenMax {
            report.broken.append(BrokenLog(space: space, firstBad: firstBad))
        }
    }

    private func checkTombstones(lookingFor account: String?, _ report: inout Report) async throws(ErrandError) {
        var stones = AuditStones(chain: chain)
        while stones.firstBad == nil {
            let place = stones.checked
            let slice = try await store.read { (transaction) throws(ErrandError) in
                try transaction.erasure.tombstones(after: place, limit: AuditInspection.sliceSize)
            }
            if slice.isEmpty { break }
            for stone in slice {
                stones.check(stone)
                if let stone, stones.firstBad == nil, stone.account == account { report.wanted = stone }
            }
        }
        report.tombstones = stones.checked
        report.firstBadTombstone = stones.firstBad
        report.tombstoneHead = stones.head
    }
}
