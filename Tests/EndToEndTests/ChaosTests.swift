import CivilTime
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Synchronization
import Testing

/// The real program under mixed load, killed at any moment, again and again; then everything it promised is counted.
@Suite(.serialized) struct ChaosTests {
    /// Another number by ERRAND_TEST_KILLS.
    private static let kills = ProcessInfo.processInfo.environment["ERRAND_TEST_KILLS"].flatMap { Int($0) } ?? 200
    private static let writers = 4

    @Test func `two hundred times kill -9 under load: one event, one audit entry, one successor for each`() async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try ServerProcess.freePorts()
        var server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
        let client = await APIClient(port: ports.public).signedUp("ana")
        let ledger = Ledger()
        let loads = (0..<Self.writers).map { number in Task { await Load(client, ledger, number).run() } }
        for _ in 0..<Self.kills {
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...250)))
            try await server.killNow()
            server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
        }
        // Not by cancelling: a request that is cancelled while its answer comes may never end in FoundationNetworking.
        ledger.close()
        for load in loads { await load.value }
        let books = try await Books.close(server, folder.appending(path: "errand.sqlite"))
        check(ledger.entries, books)
        #expect(ledger.entries.count > Self.kills, "there was load: \(ledger.entries.count)")
        let account =
            "\(Self.kills) kills, \(ledger.entries.count) acknowledged changes, \(books.events.count) events\n"
        FileHandle.standardError.write(Data(account.utf8))
    }

    private func check(_ entries: [Ledger.Entry], _ books: Books) {
        #expect(books.deadLetters == 0)
        #expect(books.firstBad == nil, "the audit chain verifies")
        let events = books.events.map(\.event)
        // Thousands of ids: only whether they are the same is worth showing.
        let isSame = books.audited == events.map(\.id)
        #expect(isSame, "one audit entry for each event, in its order")
        #expect(Set(events.map(\.id)).count == events.count)
        var counts: [String: Int] = [:]
        for event in events { counts["\(event.kind) \(event.taskID)", default: 0] += 1 }
        for entry in entries {
            #expect(counts["\(entry.kind) \(entry.task)"] == 1, "\(entry.kind) of \(entry.task) was acknowledged")
        }
        // Of a recurring task, each completion has its successor, once.
        var successors: [TaskID: Int] = [:]
        for task in books.tasks { if let parent = task.series?.parentID { successors[parent, default: 0] += 1 } }
        let completed = books.tasks.filter { $0.series != nil && $0.isCompleted }
        #expect(completed.count > Self.kills / 20, "series went on: \(completed.count)")
        for task in completed { #expect(successors[task.id] == 1, "one successor of \(task.id)") }
        for task in books.tasks where task.series != nil && !task.isCompleted { #expect(successors[task.id] == nil) }
        let hasGaps = books.events.enumerated().contains { $0.element.cursor != Int64($0.offset + 1) }
        #expect(!hasGaps, "change numbers have no gaps")
    }
}

/// What was acknowledged.
private final class Ledger: Sendable {
    struct Entry: Sendable {
        let kind: String
        let task: String
    }

    private let all = Mutex<[Entry]>([])
    private let isClosed = Mutex(false)

    var entries: [Entry] { all.withLock { $0 } }
    /// Whether more is to be written.
    var isOpen: Bool { !isClosed.withLock { $0 } }

    func close() { isClosed.withLock { $0 = true } }

    func note(_ kind: String, _ task: JSONValue) {
        guard let id = task["id"]?.string else { return }
        all.withLock { $0.append(Entry(kind: kind, task: id)) }
    }
}

/// One user's program: adds tasks, edits and completes them, and keeps a series going.
private struct Load {
    private let client: APIClient
    private let ledger: Ledger
    private let number: Int

    init(_ client: APIClient, _ ledger: Ledger, _ number: Int) {
        self.client = client
        self.ledger = ledger
        self.number = number
    }

    func run() async {
        while ledger.isOpen {
            if number.isMultiple(of: 2) { await plain() } else { await series() }
        }
    }

    private func plain() async {
        let path = "/api/v1/tasks"
        guard let made = await client.send("POST", path, ["title": .string("Plain \(number)")]) else {
            return await wait()
        }
        guard made.status == 201, let id = made.json["id"]?.string else { return }
        ledger.note("task.created", made.json)
        if let edited = await client.send("PATCH", "\(path)/\(id)", ["priority": "high"]), edited.status == 200 {
            ledger.note("task.updated", edited.json)
        }
        if let done = await client.send("POST", "\(path)/\(id)/complete"), done.status == 200 {
            ledger.note("task.completed", done.json)
        }
    }

    private func series() async {
        let form: JSONValue = ["title": .string("Series \(number)"), "recurring": "daily"]
        guard let made = await client.send("POST", "/api/v1/tasks/recurring", form) else { return await wait() }
        guard made.status == 201, let id = made.json["id"]?.string else { return }
        ledger.note("task.created", made.json)
        if let done = await client.send("POST", "/api/v1/tasks/\(id)/complete"), done.status == 200 {
            ledger.note("task.completed", done.json)
        }
    }

    /// Nobody answers: the server is being started again.
    private func wait() async {
        try? await Task.sleep(for: .milliseconds(5))
    }
}

/// What lies in the database when all is over.
private struct Books {
    let events: [StoredEvent]
    /// Events in the order of the audit log.
    let audited: [EventID]
    let firstBad: Int64?
    let tasks: [TodoTask]
    let deadLetters: Int

    /// Lets the server finish what it has, stops it and reads everything.
    static func close(_ server: ServerProcess, _ file: URL) async throws -> Books {
        let path = file.path(percentEncoded: false)
        for _ in 0..<600 {
            if try await isSettled(path) { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        try await server.stop()
        let database = try SQLiteDatabase.open(.file(path: path)) { _ in }
        let store = try await SQLStore.open(over: database) { _ in }
        let books = try await store.read { (transaction) throws(ErrandError) in
            let events = try transaction.outbox.events(of: nil, after: 0, limit: .max)
            guard let owner = events.first?.event.userID else {
                return Books(events: [], audited: [], firstBad: nil, tasks: [], deadLetters: 0)
            }
            var verification = AuditVerification(chain: AuditChain(sha256: SHA256Digest.of))
            let records = try transaction.audit.records(of: owner, after: 0, limit: .max)
            for record in records {
                if let entry = record.entry { verification.check(entry) } else { verification.markUnreadable() }
            }
            return Books(
                events: events, audited: records.compactMap { $0.entry?.entry.eventID },
                firstBad: verification.firstBad, tasks: try transaction.tasks.all(of: owner, after: 0, limit: .max),
                deadLetters: try transaction.consumers.deadLetters(of: nil, toReplay: false, limit: 9).count
            )
        }
        await database.close()
        return books
    }

    /// Looks beside the running server whether anything is left for a consumer to do.
    private static func isSettled(_ path: String) async throws -> Bool {
        var options = SQLiteOptions()
        options.isGuest = true
        let database = try SQLiteDatabase.open(.file(path: path), options: options) { _ in }
        let store = try await SQLStore.open(over: database, migrates: false) { _ in }
        let isSettled = try await store.read { (transaction) throws(ErrandError) in
            let audited = try transaction.consumers.progress(of: Role.auditService.rawValue).place
            let recurring = try transaction.consumers.progress(of: Role.recurringTaskService.rawValue).place
            let completions = try transaction.outbox.events(of: ["task.completed"], after: recurring, limit: 1)
            let end = try transaction.outbox.end()
            return completions.isEmpty && audited == end
        }
        await database.close()
        return isSettled
    }
}
