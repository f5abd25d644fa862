import CivilTime
import ErrandCore
import Foundation
import GRDB
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// What the database itself refuses, whoever asks.
@Suite struct AuditProtectionTests {
    @Test(arguments: [
        "UPDATE audit_entries SET entry = '{}'", "UPDATE audit_entries SET seq = 7", "DELETE FROM audit_entries",
        "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE seq = 1",
        """
        INSERT INTO audit_entries
        SELECT 9, space, 9, at, action, task_id, entry, hash FROM audit_entries WHERE seq = 1
        """,
        "DELETE FROM users",
    ])
    func `an audit log can only be added to`(_ sql: String) async throws {
        try await TestStore.withFile { path in
            let owner = User.make()
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.accounts.insert(owner, passwordHash: nil)
                    for number in 1...2 as ClosedRange<Int64> {
                        let entry = AuditEntry(
                            sequence: number, at: .testStart, actor: ["kind": "user"], action: "task.created",
                            subject: .task(.make()), eventID: .make(), before: .null, after: .null,
                            previousHash: AuditChain.origin
                        )
                        let hash = String(repeating: "0", count: 64)
                        try transaction.audit.append(
                            SealedAuditEntry(entry: entry, hash: hash), in: owner.id.personalSpace)
                    }
                }
            }
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try await database.writeWithoutTransaction { database in
                #expect(throws: DatabaseError.self) { try database.execute(sql: sql) }
                let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM audit_entries")
                #expect(count == 2)
            }
        }
    }
}
