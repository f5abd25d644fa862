import Dispatch
import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import Synchronization
import TestSupport
import Testing

/// The log of a database with many writers at a time.
@Suite struct LogOrderTests {
    @Test func `an event that is committed late hides nothing, and is not hidden`() async throws {
        try await withStores { first, second in
            let (ana, ben) = (try await first.addUser(), try await first.addUser())
            let (isAdded, mayCommit) = (Gate(), Gate())
            async let late: Void = first.write { (transaction) throws(ErrandError) in
                try transaction.addEvent(of: ana)
                isAdded.open()
                mayCommit.wait()
            }
            try await isAdded.opened()
            try await second.write { (transaction) throws(ErrandError) in try transaction.addEvent(of: ben) }
            #expect(try await second.log().map(\.event.userID) == [ben], "nobody waits for whoever is slow")
            mayCommit.open()
            try await late
            #expect(try await second.log().map(\.event.userID) == [ben, ana], "what was acknowledged is in the log")
        }
    }

    @Test func `events of a process that ended before they had places get them`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            let ending = try await SQLStore.open(over: EndingDatabase(database: database)) { _ in }
            let ana = try await store.addUser()
            for _ in 0..<3 {
                try await ending.write { (transaction) throws(ErrandError) in try transaction.addEvent(of: ana) }
            }
            try await store.read { (transaction) throws(ErrandError) in
                #expect(try transaction.outbox.events(of: nil, after: 0, limit: 9).isEmpty)
                let last = try transaction.outbox.lastChangeNumber(in: ana.personalSpace)
                #expect(last == .none, "whoever follows the space is not told of what cannot be read")
                #expect(try transaction.outbox.backlog(of: nil).counts.values.reduce(0, +) == 3, "operators see them")
            }
            await store.settleLog()
            #expect(try await store.log().map(\.changeNumber) == [1, 2, 3])
            try await ending.write { (transaction) throws(ErrandError) in try transaction.addEvent(of: ana) }
            try await store.write { (transaction) throws(ErrandError) in try transaction.addEvent(of: ana) }
            #expect(try await store.log().map(\.changeNumber) == [1, 2, 3, 4, 5], "the next one takes them along")
            try await store.read { (transaction) throws(ErrandError) in
                #expect(try transaction.outbox.lastChangeNumber(in: ana.personalSpace) == 5)
            }
        }
    }

    @Test func `an account that was just deleted keeps its last event`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            let ending = try await SQLStore.open(over: EndingDatabase(database: database)) { _ in }
            let ana = try await store.addUser()
            try await ending.write { (transaction) throws(ErrandError) in try transaction.addEvent(of: ana) }
            try await database.write { (connection) throws(ErrandError) in
                let stone = """
                    INSERT INTO audit_tombstones (number, space, entry, hash)
                    SELECT 1, row_id, '{}', repeat('0', 64) FROM spaces
                    """
                _ = try rows(stone, on: connection)
            }
            let erased = try await ending.write { (transaction) throws(ErrandError) in
                try transaction.erasure.erase(keeping: "task.created", limit: 10)
            }
            #expect(erased == 0)
            #expect(try await store.log().count == 1)
        }
    }

    @Test func `whoever begins on a new connection is told of it`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { _, database in
            let before = database.connectionsMade
            #expect(before > 0)
            // As many at once as there are threads, so that each makes its own.
            let counts = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<PostgresOptions(url: "").readers {
                    group.addTask {
                        let count = try? await database.read { (_) throws(ErrandError) in
                            Thread.sleep(forTimeInterval: 0.2)
                            return database.connectionsMade
                        }
                        return count ?? 0
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.allSatisfy { $0 > before })
        }
    }

    @Test func `a read that goes on for long stops nobody`() async throws {
        try await withStores { first, second in
            let ana = try await first.addUser()
            let (isOpen, mayEnd) = (Gate(), Gate())
            async let long = second.read { (transaction) throws(ErrandError) in
                let before = try transaction.outbox.end()
                isOpen.open()
                mayEnd.wait()
                return (before, try transaction.outbox.end())
            }
            try await isOpen.opened()
            for _ in 0..<300 {
                try await first.write { (transaction) throws(ErrandError) in try transaction.addEvent(of: ana) }
            }
            #expect(try await first.log().count == 300)
            mayEnd.open()
            let (before, after) = try await long
            #expect(before == after, "it sees what it saw")
        }
    }

    @Test func `a reader who only goes forward sees all that two processes write, in order`() async throws {
        try await withStores { first, second in
            let users = [try await first.addUser(), try await first.addUser(), try await first.addUser()]
            let perUser = 150
            let reading = Task {
                var seen: [StoredEvent] = []
                while seen.count < perUser * users.count {
                    let place = seen.last?.sequence ?? 0
                    seen += try await second.read { (transaction) throws(ErrandError) in
                        try transaction.outbox.events(of: nil, after: place, limit: 20)
                    }
                    try Task.checkCancellation()
                }
                return seen
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<perUser * users.count {
                    let (store, user) = (index % 2 == 0 ? first : second, users[index % users.count])
                    group.addTask {
                        try await store.write { (transaction) throws(ErrandError) in
                            try transaction.addEvent(of: user)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let all = try await first.log()
            // Everything was acknowledged, so it must be there by now.
            #expect(all.count == perUser * users.count)
            if all.count < perUser * users.count { reading.cancel() }
            #expect(try await reading.value == all)
            for user in users {
                let numbers = all.filter { $0.event.userID == user }.map(\.changeNumber.value)
                #expect(numbers == (1...perUser).map(Int64.init))
            }
        }
    }

    /// Two processes on one database.
    private func withStores(_ use: @escaping @Sendable (SQLStore, SQLStore) async throws -> Void) async throws {
        let server = try await TestPostgres.server.value
        let url = try server.makeDatabase()
        try await TestStore.withStore(at: url) { first, _ in
            try await TestStore.withStore(at: url) { second, _ in try await use(first, second) }
        }
    }
}

extension SQLStore {
    fileprivate func addUser() async throws -> UserID {
        let user = User.make()
        try await write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
        return user.id
    }

    fileprivate func log() async throws -> [StoredEvent] {
        try await read { (transaction) throws(ErrandError) in
            try transaction.outbox.events(of: nil, after: 0, limit: 10_000)
        }
    }
}

extension StoreTransaction {
    fileprivate func addEvent(of user: UserID) throws(ErrandError) {
        let number = try outbox.takeChangeNumber(in: user.personalSpace)
        try outbox.append(.make(task: .make(owner: user), number: number))
    }
}

/// Closed at first; threads and tasks wait until it is opened.
private final class Gate: Sendable {
    private let isOpen = Mutex(false)
    private let semaphore = DispatchSemaphore(value: 0)

    func open() {
        isOpen.withLock { $0 = true }
        semaphore.signal()
    }

    /// On a thread of its own.
    func wait() { semaphore.wait() }

    func opened() async throws {
        while !isOpen.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
    }
}

/// A database whose process ends whenever events were to be given their places.
private struct EndingDatabase: SQLDatabase {
    let database: PostgresDatabase

    var dialect: any SQLDialect { database.dialect }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await database.read(body) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { try await database.write(body) }

    func writeNext<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result { throw .unavailable }
}
