import CivilTime
import Dispatch
import ErrandCore
import Foundation
import GRDB
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

@Suite struct DriverTests {
    @Test func `a commit is on the disk before it is acknowledged, unless told otherwise`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { _, database in
                let (durability, foreignKeys) = (
                    try await pragma("synchronous", of: database), try await pragma("foreign_keys", of: database)
                )
                #expect(durability == 2)
                #expect(foreignKeys == 1)
            }
        }
        var options = SQLiteOptions()
        options.synchronous = .normal
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path), options: options) { _, database in
                let durability = try await pragma("synchronous", of: database)
                #expect(durability == 1)
            }
        }
    }

    @Test func `what was written is there after opening anew`() async throws {
        try await TestStore.withFile { path in
            let user = User.make()
            let task = TodoTask.make(owner: user.id)
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.accounts.insert(user, passwordHash: nil)
                    try transaction.tasks.insert(task)
                }
            }
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                let found = try await store.read { (transaction) throws(ErrandError) in
                    try transaction.tasks.find(.id(task.id), in: user.id.personalSpace)
                }
                #expect(found == task)
            }
        }
    }

    @Test func `two servers do not share a file`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { _, _ in
                do throws(SQLiteDatabase.OpenError) {
                    _ = try SQLiteDatabase.open(.file(path: path)) { _ in }
                    Issue.record("the second one was let in")
                } catch {
                    #expect(error == .inUse(path: path))
                }
            }
        }
    }

    @Test func `commits are counted where nobody else writes, and before they are acknowledged`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { store, database in
                let before = try #require(store.commits)
                _ = try await store.read { (transaction) throws(ErrandError) in try transaction.outbox.end() }
                try await store.write { (_) throws(ErrandError) in }
                #expect(store.commits == before, "nothing was written")
                for number in 1...3 {
                    try await store.write { (transaction) throws(ErrandError) in
                        try transaction.accounts.insert(.make(), passwordHash: nil)
                    }
                    #expect(try #require(store.commits) >= before + number)
                }
                var options = SQLiteOptions()
                options.isGuest = true
                let guest = try SQLiteDatabase.open(.file(path: path), options: options) { Issue.record("\($0)") }
                #expect(database.commits != nil && guest.commits == nil)
                await guest.close()
            }
        }
    }

    @Test func `a database of a later version is refused`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { _, _ in }
            let queue = try DatabaseQueue(path: path)
            let tables = try await queue.write { database in
                try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE name LIKE '%schema%'")
            }
            try await queue.write { database in
                for table in tables { try database.execute(sql: "UPDATE \(table) SET version = 999") }
                if tables.isEmpty { try database.execute(sql: "PRAGMA user_version = 999") }
            }
            try queue.close()
            let database = try SQLiteDatabase.open(.file(path: path)) { _ in }
            do throws(SQLStore.OpenError) {
                _ = try await SQLStore.open(over: database) { _ in }
                Issue.record("it was opened")
            } catch {
                #expect(error != .migrationFailed)
            }
            await database.close()
        }
    }

    @Test func `many writers at once lose nothing and skip no number`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                let user = User.make()
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.accounts.insert(user, passwordHash: nil)
                }
                let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
                    for _ in 0..<500 {
                        group.addTask {
                            try await store.write { (transaction) throws(ErrandError) in
                                try transaction.tasks.takeNumber(in: user.id.personalSpace)
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(numbers.sorted() == Array(1...500))
            }
        }
    }

    @Test func `the files can be read by their owner only`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { _, _ in
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            }
        }
    }

    @Test func `how busy the connections are can be seen`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { _, database in
                let gate = DispatchSemaphore(value: 0)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // One of them is at work, the others wait for the one writer.
                    for _ in 1...3 {
                        group.addTask {
                            try await database.write { (_) throws(ErrandError) in
                                gate.wait()
                            }
                        }
                    }
                    func writers() -> ConnectionLoad? { database.pools.first { $0.name == "writers" } }
                    let end = ContinuousClock.now + .seconds(20)
                    while writers().map({ $0.busy == 1 && $0.waiting >= 1 }) != true, ContinuousClock.now < end {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    #expect(writers()?.size == 1)
                    #expect(writers()?.busy == 1)
                    for _ in 1...3 { gate.signal() }
                    try await group.waitForAll()
                }
                let end = ContinuousClock.now + .seconds(20)
                while database.pools.contains(where: { $0.busy > 0 }), ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(5))
                }
                #expect(database.pools.map(\.name) == ["readers", "writers"])
                #expect(database.pools.map(\.busy) == [0, 0])
                #expect(database.pools.map(\.waiting) == [0, 0])
            }
        }
    }

    private func pragma(_ name: String, of database: SQLiteDatabase) async throws -> Int64? {
        try await database.write { (connection) throws(ErrandError) in
            do throws(SQLError) {
                var value: Int64?
                _ = try connection.query("PRAGMA \(name)", []) { (row) throws(SQLError) in value = try row.integer() }
                return value
            } catch {
                throw .unavailable
            }
        }
    }
}
