import CivilTime
import ErrandCore
import GRDB
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Whoever runs an installation finds what was done to audit logs behind the back of the database's own rules.
@Suite struct AuditInspectionTests {
    /// Any function will do that gives 32 bytes which differ.
    private static let chain = AuditChain { bytes in
        var state: UInt64 = 14_695_981_039_346_656_037
        return (0..<32).map { _ in
            for byte in bytes { state = (state ^ UInt64(byte)) &* 1_099_511_628_211 }
            return UInt8(truncatingIfNeeded: state >> 32)
        }
    }
    private let users = ["ana", "ben", "cleo"].map { User.make(email: "\($0)@example.org") }

    /// Three accounts with five entries each, the third of which is deleted; then what `sql` does to them.
    private func inspect(
        after sql: [String], lookingFor account: UserID? = nil
    ) async throws -> AuditInspection.Report {
        var report: AuditInspection.Report?
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                for user in users { try await fill(user, in: store) }
                for user in [users[2]] { try await delete(user, in: store) }
            }
            try await DatabaseQueue(path: path).writeWithoutTransaction { database in
                let rules = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit%'"
                for rule in try String.fetchAll(database, sql: rules) {
                    try database.execute(sql: "DROP TRIGGER \(rule)")
                }
                for statement in sql { try database.execute(sql: statement) }
            }
            report = try await TestAnswer.of(path) { store in
                try await AuditInspection(store: store, chain: Self.chain).run(lookingFor: account)
            }
        }
        return try #require(report)
    }

    private func fill(_ user: User, in store: SQLStore) async throws {
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
            var head: (sequence: Int64, hash: String)?
            for number in 1...5 {
                let draft = AuditDraft(
                    at: .testStart, actor: ["kind": "user"], action: "task.created", subject: .task(.make()),
                    eventID: .make(), before: .null, after: ["title": .string("Plan \(number)")])
                let sealed = Self.chain.seal(draft, after: head)
                try transaction.audit.append(sealed, in: user.id.personalSpace)
                head = (sealed.entry.sequence, sealed.hash)
            }
        }
    }

    private func delete(_ user: User, in store: SQLStore) async throws {
        let environment = ErrandCore.Environment(
            store: store, now: { .testStart }, makeID: { (TaskID.make(at: $0)).value },
            randomBytes: { count in Array(repeating: 7, count: count) })
        let principal = Principal(userID: user.id, actor: .session(.make()), scopes: Set(Scope.allCases))
        _ = try await Operations(environment: environment).perform(
            DeleteAccount(chain: Self.chain), as: principal)
    }

    @Test func `what is as it was written is found to be, and what stands for a log that is gone`() async throws {
        let report = try await inspect(after: [], lookingFor: users[2].id)
        #expect(report.isGood && report.logs == 2 && report.entries == 10 && report.tombstones == 1)
        #expect(report.wanted?.entries == 5 && report.wanted?.number == 1)
        #expect(report.json["ok"] == true && report.json["tombstone"]?["entries"] == 5)
        #expect(try await inspect(after: [], lookingFor: users[0].id).wanted == nil)
    }

    private static let space = "(SELECT row_id FROM users WHERE email = 'ben@example.org')"
    private static let damage: [(sql: String, firstBad: Int64)] = [
        ("UPDATE audit_entries SET entry = replace(entry, 'Plan 3', 'Plan X') WHERE space = \(space)", 3),
        ("UPDATE audit_entries SET at = at + 1 WHERE seq = 2 AND space = \(space)", 2),
        (
            "UPDATE audit_entries SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 5 AND space = \(space)",
            5
        ),
        ("DELETE FROM audit_entries WHERE seq = 1 AND space = \(space)", 1),
        ("DELETE FROM audit_entries WHERE seq = 4 AND space = \(space)", 4),
    ]

    @Test(arguments: damage.indices)
    func `a row that was changed, and one that was removed, is named with whose it is`(_ index: Int) async throws {
        let damage = Self.damage[index]
        let report = try await inspect(after: [damage.sql])
        #expect(!report.isGood && report.logs == 2 && report.brokenCount == 1)
        #expect(report.broken.map(\.space) == [users[1].id.personalSpace])
        #expect(report.broken.map(\.firstBad) == [damage.firstBad])
        #expect(report.entries == 5 + damage.firstBad - 1 && report.firstBadTombstone == nil)
    }

    @Test(arguments: [
        "UPDATE audit_tombstones SET entry = replace(entry, '\"entries\":5', '\"entries\":4')",
        "UPDATE audit_tombstones SET number = 2", "UPDATE audit_tombstones SET entry = '{}'",
    ])
    func `a tombstone that was changed is found`(_ sql: String) async throws {
        let report = try await inspect(after: [sql], lookingFor: users[2].id)
        #expect(!report.isGood && report.firstBadTombstone == 1 && report.wanted == nil)
        #expect(report.brokenCount == 0, "the logs of others are as they were")
    }
}

/// What is asked of a store in a file.
private enum TestAnswer {
    static func of<Answer: Sendable>(
        _ path: String, _ ask: @Sendable (SQLStore) async throws -> Answer
    ) async throws -> Answer {
        let database = try SQLiteDatabase.open(.file(path: path)) { _ in }
        do {
            let answer = try await ask(try await SQLStore.open(over: database) { _ in })
            await database.close()
            return answer
        } catch {
            await database.close()
            throw error
        }
    }
}
