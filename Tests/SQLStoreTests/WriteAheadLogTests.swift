import Dispatch
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Testing

/// What has been written lies in the log of a file first, and moves to its place while others write.
@Suite struct WriteAheadLogTests {
    /// Bytes of a commit.
    private static let commit = 400_000

    @Test func `what the log holds comes into the file while it is open`() async throws {
        try await Self.withBulk { path, database in
            try await Self.write(60, database)
            let end = ContinuousClock.now + .seconds(60)
            while Self.size(of: path) < 10_000_000, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(Self.size(of: path) >= 10_000_000, "4,000 pages of 4 KiB were written, and more")
        }
    }

    @Test func `however much is written, the log grows to its limit`() async throws {
        try await Self.withBulk { path, database in
            for _ in 1...15 {
                try await Self.write(50, database)
                #expect(Self.size(of: "\(path)-wal") < 72_000_000, "16,000 pages, and the commit that came to them")
            }
        }
    }

    @Test func `a log is kept for whoever reads for long, and is short again afterwards`() async throws {
        try await Self.withBulk { path, database in
            try await Self.write(1, database)
            let (began, beginning) = AsyncStream<Void>.makeStream()
            let gate = DispatchSemaphore(value: 0)
            async let seen = database.read { (connection) throws(ErrandError) in
                let before = try Self.count(on: connection)
                beginning.finish()
                gate.wait()
                return [before, try Self.count(on: connection)]
            }
            let write = Task {
                defer { gate.signal() }
                for await _ in began {}
                try await Self.write(200, database)
                #expect(Self.size(of: "\(path)-wal") > 75_000_000, "all of it")
            }
            #expect(try await seen == [1, 1], "one moment")
            try await write.value
            // The next time that it is moved, all of it can be.
            try await Self.write(100, database)
            #expect(Self.size(of: "\(path)-wal") < 72_000_000)
            let count = try await database.read { (connection) throws(ErrandError) in try Self.count(on: connection) }
            #expect(count == 301)
        }
    }

    @Test func `a file that is closed has no log beside it`() async throws {
        try await TestStore.withFile { path in
            for number in 1...2 {
                try await TestStore.withStore(at: .file(path: path)) { _, database in
                    try await Self.makeBulk(database)
                    try await Self.write(45, database)
                    let count = try await database.read { (connection) throws(ErrandError) in
                        try Self.count(on: connection)
                    }
                    #expect(count == Int64(45 * number))
                }
                #expect(!FileManager.default.fileExists(atPath: "\(path)-wal"))
            }
        }
    }

    private static func withBulk(_ use: @Sendable (String, SQLiteDatabase) async throws -> Void) async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { _, database in
                try await makeBulk(database)
                try await use(path, database)
            }
        }
    }

    private static func makeBulk(_ database: SQLiteDatabase) async throws {
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows("CREATE TABLE IF NOT EXISTS bulk (data BLOB)", on: connection)
        }
    }

    private static func write(_ commits: Int, _ database: SQLiteDatabase) async throws {
        for _ in 0..<commits {
            try await database.write { (connection) throws(ErrandError) in
                _ = try rows("INSERT INTO bulk (data) VALUES (zeroblob(\(commit)))", on: connection)
            }
        }
    }

    private static func count(on connection: any SQLConnection) throws(ErrandError) -> Int64 {
        guard case .integer(let count)? = try rows("SELECT count(*) FROM bulk", on: connection).first?.first else {
            return -1
        }
        return count
    }

    private static func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}
