import CivilTime
import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// From a file to PostgreSQL and back again: nothing is another.
@Suite struct DatabaseCopyTests {
    /// More by ERRAND_TEST_COPY_TASKS: 100000 is what the documents promise.
    fileprivate static let count =
        ProcessInfo.processInfo.environment["ERRAND_TEST_COPY_TASKS"].flatMap { Int($0) } ?? 300

    @Test func `a copy holds the same tasks, history and search results, and new ones follow on`() async throws {
        let server = try await TestPostgres.server.value
        let url = try server.makeDatabase()
        try await TestStore.withFile { path in
            let owner = User.make()
            let before = try await TestStore.filled(path, owner)
            try await TestStore.withStore(at: .file(path: path)) { _, source in
                let target = PostgresDatabase(PostgresOptions(url: url)) { Issue.record("\($0)") }
                var tables: [String: Int64] = [:]
                try await DatabaseCopy(from: source, to: target) { Issue.record("\($0)") }.run { tables[$0] = $1 }
                #expect(tables["tasks"] == Int64(Self.count))
                #expect(tables["outbox"] == Int64(Self.count))
                #expect(tables["audit_entries"] == Int64(Self.count))
                #expect(tables["conversations"] == 2)
                #expect(tables["conversation_turns"] == 4)
                await target.close()
            }
            try await TestStore.withStore(at: url) { store, copied in
                let after = try await Contents.read(store, owner.id)
                #expect(after == before)
                // Numbers go on.
                let more = try await store.write { (transaction) throws(ErrandError) in
                    try transaction.accounts.insert(.make(email: "new@example.org"), passwordHash: nil)
                    let append = try ConversationAppend.make(of: owner.id, "One more")
                    let conversation = try append.conversation(after: nil, at: .testStart)
                    try transaction.conversations.insert(conversation)
                    try transaction.conversations.add(append, to: conversation)
                    _ = try transaction.conversations.delete(conversation.id, of: owner.id)
                    return (
                        try transaction.tasks.takeNumber(in: owner.id.personalSpace),
                        try transaction.outbox.takeChangeNumber(in: owner.id.personalSpace).value
                    )
                }
                let next = Int64(Self.count + 1)
                #expect(more == (next, next))
                try await TestStore.withFile { back in
                    let file = try SQLiteDatabase.open(.file(path: back)) { Issue.record("\($0)") }
                    try await DatabaseCopy(from: copied, to: file) { Issue.record("\($0)") }.run { _, _ in }
                    await file.close()
                    try await TestStore.withStore(at: .file(path: back)) { store, _ in
                        let after = try await Contents.read(store, owner.id)
                        #expect(after == before)
                    }
                }
            }
        }
    }

    @Test func `a database that holds something is no target`() async throws {
        let server = try await TestPostgres.server.value
        let url = try server.makeDatabase()
        try await TestStore.withStore(at: .memory) { _, source in
            try await TestStore.withStore(at: url) { store, target in
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.accounts.insert(.make(), passwordHash: nil)
                }
                await #expect(throws: DatabaseCopy.CopyError.targetInUse) {
                    try await DatabaseCopy(from: source, to: target) { _ in }.run { _, _ in }
                }
            }
        }
    }

    @Test func `what a copy left unfinished is not served`() async throws {
        let server = try await TestPostgres.server.value
        let url = try server.makeDatabase()
        try await TestStore.withStore(at: url) { _, _ in }
        try server.query("UPDATE schema_version SET version = -1", on: url)
        await #expect(throws: SQLStore.OpenError.unfinishedCopy) {
            try await TestStore.withStore(at: url) { _, _ in }
        }
    }
}

/// What can be seen of a store.
private struct Contents: Equatable {
    let tasks: [TodoTask]
    let events: [StoredEvent]
    let audit: [AuditRecord]
    let reminders: [[ReminderRow]]
    let tags: [TagCount]
    let found: [[Int64]]
    let conversations: [Transcript]

    static func read(_ store: SQLStore, _ owner: UserID) async throws -> Contents {
        try await store.read { (transaction) throws(ErrandError) in
            let tasks = try transaction.tasks.all(in: owner.personalSpace, after: 0, limit: 1_000_000)
            var reminders: [[ReminderRow]] = []
            for task in tasks { reminders.append(try transaction.reminders.all(of: task, for: task.owner)) }
            var found: [[Int64]] = []
            for text in ["mil", "\"buy milk\"", "rent -home", "crème", "report home"] {
                let filter = TaskFilter(search: SearchQuery(text))
                let request = PageRequest(order: TaskOrder(key: .relevance, isAscending: false), after: nil, limit: 200)
                found.append(
                    try transaction.tasks.page(request, of: filter, in: owner.personalSpace).tasks.map(\.number))
            }
            let listed = try transaction.conversations.page(of: owner, usedSince: .earliest, after: nil, limit: 10)
            var conversations: [Transcript] = []
            for conversation in listed {
                let turns = try transaction.conversations.turns(of: conversation)
                conversations.append(Transcript(conversation: conversation, turns: turns))
            }
            return Contents(
                tasks: tasks,
                events: try transaction.outbox.events(in: owner.personalSpace, after: 0, limit: 1_000_000),
                audit: try transaction.audit.records(in: owner.personalSpace, after: 0, limit: 1_000_000),
                reminders: reminders,
                tags: try transaction.tags.counts(in: owner.personalSpace), found: found,
                conversations: conversations
            )
        }
    }
}

extension TestStore {
    /// Fills a file with tasks, reminders, events and their audit entries.
    fileprivate static func filled(_ path: String, _ owner: User) async throws -> Contents {
        let titles = ["Buy milk", "Pay rent", "Café crème", "Write report", "Milk the cow, \"buy milk\""]
        let box = Box()
        try await withStore(at: .file(path: path)) { store, _ in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.accounts.insert(owner, passwordHash: "hash")
                var previous = AuditChain.origin
                for index in 0..<DatabaseCopyTests.count {
                    let number = try transaction.tasks.takeNumber(in: owner.id.personalSpace)
                    let task = TodoTask.make(
                        owner: owner.id, number: number, title: titles[index % 5], tags: index % 3 == 0 ? ["home"] : [],
                        due: index % 2 == 0 ? .date(LocalDate(daysSinceEpoch: 20_000 + index % 1_000)) : nil,
                        completedAt: index % 7 == 0 ? .testStart : nil
                    )
                    try transaction.tasks.insert(task)
                    let row = ReminderRow(
                        id: .make(), taskID: task.id, memberID: owner.id, snoozeOf: nil, base: .testStart,
                        nextAt: .testStart + .minutes(Int64(index)),
                        repeatEvery: CalendarSpan(days: index, seconds: 300), lastFiredAt: nil
                    )
                    try transaction.reminders.replace([row], of: task, for: task.owner)
                    let cursor = try transaction.outbox.takeChangeNumber(in: owner.id.personalSpace)
                    let event = TaskEvent.make(kind: .created, task: task, number: cursor)
                    try transaction.outbox.append(event)
                    let entry = AuditEntry(
                        sequence: Int64(index + 1), at: .testStart, actor: ["kind": "user"], action: "task.created",
                        subject: .task(task.id), eventID: event.id, before: .null, after: .null, previousHash: previous
                    )
                    previous = String(repeating: "\(index % 10)", count: 64)
                    try transaction.audit.append(
                        SealedAuditEntry(entry: entry, hash: previous), in: owner.id.personalSpace)
                }
            }
            try await store.write { (transaction) throws(ErrandError) in
                for number in 1...2 {
                    let append = try ConversationAppend.make(
                        of: owner.id, "Talk \(number), \"quoted\" 🎉", toolCalls: [["tool": "add_task"]]
                    )
                    let conversation = try append.conversation(after: nil, at: .testStart)
                    try transaction.conversations.insert(conversation)
                    try transaction.conversations.add(append, to: conversation)
                }
            }
            await box.put(try await Contents.read(store, owner.id))
        }
        return try #require(await box.contents)
    }

    private actor Box {
        var contents: Contents?

        func put(_ contents: Contents) { self.contents = contents }
    }
}
