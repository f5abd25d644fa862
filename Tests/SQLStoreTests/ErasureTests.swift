import CivilTime
import ErrandCore
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// An account that is deleted leaves nothing, in no table, and harms nobody else.
@Suite struct ErasureTests {
    @Test func `SQLite keeps nothing of an account that is deleted`() async throws {
        try await TestStore.withStore(at: .memory) { store, database in
            let tables = """
                SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'task_search%'
                """
            try await Erasure(store: store, database: database).run(tables)
        }
    }

    @Test func `PostgreSQL keeps nothing of an account that is deleted`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            let tables = """
                SELECT table_name::text, column_name::text FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name <> 'task_search'
                """
            try await Erasure(store: store, database: database).run(tables)
        }
    }
}

/// Two accounts that have everything, one of which goes.
private struct Erasure: Sendable {
    let store: any Store
    let database: any SQLDatabase
    private let clock = ManualClock()
    private let leaver = User.make(email: "leaver@example.org")
    private let stayer = User.make(email: "stayer@example.org")
    /// Any function will do that gives 32 bytes which differ.
    private static let chain = AuditChain { bytes in
        var state: UInt64 = 14_695_981_039_346_656_037
        return (0..<32).map { _ in
            for byte in bytes { state = (state ^ UInt64(byte)) &* 1_099_511_628_211 }
            return UInt8(truncatingIfNeeded: state >> 32)
        }
    }

    init(store: any Store, database: any SQLDatabase) {
        self.store = store
        self.database = database
    }

    private var environment: ErrandCore.Environment {
        ErrandCore.Environment(
            store: store, now: clock.now, makeID: { (TaskID.make(at: $0)).value },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
    }

    private func principal(_ user: User) -> Principal {
        Principal(userID: user.id, actor: .session(.make()), scopes: Set(Scope.allCases))
    }

    func run(_ columns: String) async throws {
        let operations = Operations(environment: environment)
        for user in [leaver, stayer] { try await fill(user, operations) }
        #expect(try await places(of: leaver, columns).count >= 16, "the account had something nearly everywhere")
        let before = try await places(of: stayer, columns)
        let head = try await head(of: leaver)
        _ = try await operations.deleteAccount(of: principal(leaver), chain: Self.chain, for: .none)
        let closed = try await isClosed(leaver)
        #expect(closed)
        clock.advance(by: .days(8))
        try await store.write { (transaction) throws(ErrandError) in
            if let last = try transaction.outbox.unpublished(limit: 1_000).last {
                try transaction.outbox.markPublished(through: last)
            }
        }
        let housekeeping = Housekeeping(
            environment: environment, eventRetention: .days(7), consumersOfLog: [], stepTime: .hours(1))
        for _ in 0..<9 { _ = try await housekeeping.runOnce() }
        #expect(try await places(of: leaver, columns) == ["audit_tombstones"])
        #expect(try await texts(columns).allSatisfy { !$0.contains("leaver") && !$0.contains(leaver.id.description) })
        // Events age for everybody, and undo ends.
        let aged: Set = ["outbox", "undo_records", "replies", "mails", "mail_tokens", "inbox", "dead_letters"]
        #expect(try await places(of: stayer, columns).subtracting(aged) == before.subtracting(aged))
        try await verify(head)
        await refuseLateComers(operations)
    }

    private func fill(_ user: User, _ operations: Operations) async throws {
        let chain = Self.chain
        try await store.write { (transaction) throws(ErrandError) in
            var user = user
            user.emailVerifiedAt = .testStart
            try transaction.accounts.insert(user, passwordHash: "hash")
            try transaction.accounts.link(issuer: "https://issuer.example", subject: user.email, to: user.id)
            try transaction.sessions.insert(.make(user: user.id))
            guard let address = EmailAddress(user.email) else { return }
            let token = MailToken(
                userID: user.id, purpose: .password, address: address, expiresAt: .testStart + .days(60))
            try transaction.mailTokens.insert(token, hash: Array(repeating: UInt8.random(in: .min ... .max), count: 32))
            try transaction.mails.insert(
                AccountMail(
                    id: .make(), kind: .verifyAddress, recipient: address, userID: user.id,
                    language: user.settings.language,
                    createdAt: .testStart, nextAt: .testStart)
            )
        }
        let principal = principal(user)
        for number in 1...3 {
            let json: JSONValue = [
                "title": .string("Plan \(number) of \(user.email)"), "tags": [.string(user.email)],
                "reminders": [["at": "2026-01-15T10:01:00Z"]],
            ]
            let entry = try #require(Catalogue.entry("tasks.create"))
            _ = try await entry.read(arguments: json).perform(by: operations, as: principal)
        }
        let key = OnceKey(userID: user.id, target: "POST /x", key: user.email, fingerprint: [1])
        let form = try TokenForm(["name": .string("Token of \(user.email)"), "scopes": ["tasks:read"]])
        let hash = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        _ = try await operations.perform(CreateToken(form, hash: hash), as: principal, once: key) { _ in
            StoredReply(status: 200, headers: [:], body: Array(user.email.utf8), fingerprint: [1])
        }
        let webhook = try DestinationForm(["kind": "webhook", "url": .string("https://\(user.id).example/")])
        let added = try await operations.perform(AddDestination(webhook), as: principal)
        _ = try await operations.perform(TestDestination(added.outcome.destination.id), as: principal)
        let conversations = StoreConversations(environment: environment)
        _ = try await conversations.append(ConversationAppend.make(of: user.id, "I am \(user.email)"))
        clock.set(try #require(Instant("2026-01-15T10:02:00Z")))
        _ = try await ReminderClock(environment: environment).runOnce()
        try await store.write { (transaction) throws(ErrandError) in
            var head = try transaction.audit.head(in: user.id.personalSpace)
            for stored in try transaction.outbox.events(of: nil, after: 0, limit: 100)
            where stored.event.userID == user.id {
                let draft = AuditDraft(
                    at: .testStart, actor: .null, action: stored.event.type.name, subject: stored.event.subject,
                    eventID: stored.event.id, before: .null, after: .string(user.email)
                )
                let sealed = chain.seal(draft, after: head)
                try transaction.audit.append(sealed, in: user.id.personalSpace)
                head = (sealed.entry.sequence, sealed.hash)
                guard stored.event.type == .reminderTrigger else { continue }
                try transaction.notifications.insert(Notification(stored.event, at: .testStart))
            }
        }
    }

    /// The tables that have rows of a user, by the columns that say whose a row is.
    private func places(of user: User, _ columns: String) async throws -> Set<String> {
        let id = user.id.description
        return try await database.read { (connection) throws(ErrandError) in
            var found: Set<String> = []
            do throws(SQLError) {
                var owners: [(String, String)] = []
                try connection.query(columns, []) { row throws(SQLError) in
                    guard case .text(let table) = row.values[0], case .text(let column) = row.values[1] else { return }
                    let names = ["owner", "member", "space"]
                    if names.contains(column) || column == "row_id" && ["users", "spaces"].contains(table) {
                        owners.append((table, column))
                    }
                }
                var number: SQLValue = .null
                try connection.query("SELECT row_id FROM spaces WHERE id = $1", [.text(id)]) { row throws(SQLError) in
                    number = row.values[0]
                }
                // Rows are given by number, and numbers are never given again: the first account has the first.
                if case .null = number { number = .integer(1) }
                for (table, column) in owners {
                    let sql = "SELECT 1 FROM \(table) WHERE \(column) = $1 LIMIT 1"
                    try connection.query(sql, [number]) { (_) throws(SQLError) in found.insert(table) }
                }
            } catch {
                Issue.record("\(error)")
            }
            return found
        }
    }

    /// Every text in every table.
    private func texts(_ columns: String) async throws -> [String] {
        try await database.read { (connection) throws(ErrandError) in
            var texts: [String] = []
            do throws(SQLError) {
                var tables: Set<String> = []
                try connection.query(columns, []) { row throws(SQLError) in
                    if case .text(let table) = row.values[0] { tables.insert(table) }
                }
                for table in tables {
                    try connection.query("SELECT * FROM \(table)", []) { row throws(SQLError) in
                        for value in row.values {
                            switch value {
                            case .text(let text): texts.append(text)
                            case .blob(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
                            default: break
                            }
                        }
                    }
                }
            } catch {
                Issue.record("\(error)")
            }
            return texts
        }
    }

    private func head(of user: User) async throws -> String? {
        try await store.read { (transaction) throws(ErrandError) in
            try transaction.audit.records(in: user.id.personalSpace, after: 0, limit: 1_000).last?.entry?.hash
        }
    }

    private func isClosed(_ user: User) async throws -> Bool {
        try await store.read { (transaction) throws(ErrandError) in
            try transaction.erasure.lookUp([user.id.personalSpace])
            return try transaction.erasure.isClosed(user.id.personalSpace)
        }
    }

    /// The stone says where the log ended, and the logs of others are what they were.
    private func verify(_ head: String?) async throws {
        let (id, stayer) = (leaver.id, stayer)
        let (stones, records) = try await store.read { (transaction) throws(ErrandError) in
            (
                try transaction.erasure.tombstones(after: 0, limit: 10),
                try transaction.audit.records(in: stayer.id.personalSpace, after: 0, limit: 1_000)
            )
        }
        let stone = try #require(stones.first ?? nil)
        #expect(stone.head == head && stone.account == Self.chain.account(id) && stone.entries > 0)
        var checked = AuditStones(chain: Self.chain)
        stones.forEach { checked.check($0) }
        #expect(checked.firstBad == nil && checked.checked == 1)
        var changed = AuditStones(chain: Self.chain)
        changed.check(
            AuditTombstone(text: stone.text.replacing("\"entries\":", with: "\"entries\":9"), hash: stone.hash))
        #expect(changed.firstBad == 1)
        var verification = AuditVerification(chain: Self.chain)
        for record in records { verification.check(try #require(record.entry)) }
        #expect(verification.isGood && verification.checked > 0)
    }

    /// Requests that were on their way.
    private func refuseLateComers(_ operations: Operations) async {
        await #expect(throws: ErrandError.self) {
            try await operations.perform(DeleteAccount(chain: Self.chain), as: principal(leaver))
        }
        await #expect(throws: ErrandError.self) {
            try await operations.perform(UpdateProfile(ProfileEdit(["name": "Back"])), as: principal(leaver))
        }
    }
}
