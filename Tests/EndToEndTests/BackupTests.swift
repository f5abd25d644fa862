import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Synchronization
import Testing

/// `errand backup` and `errand restore --data`, beside a real server that is written to.
@Suite(.serialized) struct BackupTests {
    @Test func `what was acknowledged before a backup under load is in the restored server`() async throws {
        try await withTemporaryFolder { folder in
            let stage = try BackupStage(folder)
            var server = try await stage.start("data")
            let client = await APIClient(port: stage.ports.public).signedUp("ana")
            let log = WriteLog()
            var (before, during) = ([String](), 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<100_000 where !log.isOver {
                            let title = "\(writer)-\(number)"
                            let answer = await client.send("POST", "/api/v1/tasks", ["title": .string(title)])
                            if answer?.status == 201 { log.append(title) }
                        }
                    }
                }
                defer { log.end() }
                let end = ContinuousClock.now + .seconds(60)
                while log.titles.count < 300, ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(5))
                }
                before = log.titles
                #expect(before.count >= 300, "there was load")
                let outcome = try await stage.errand.inBackground([
                    "backup", stage.backup, "--data", stage.path("data"),
                ])
                during = log.titles.count - before.count
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("1 accounts") && outcome.output.contains("logs verify"))
            }
            #expect(during > 0, "it was written meanwhile")
            try await server.stop()
            #expect(try stage.errand.run(["restore", stage.backup, "--data", stage.path("restored")]).status == 0)
            server = try await stage.start("restored")
            let restored = Set(await client.titles())
            let missing = before.filter { !restored.contains($0) }
            #expect(missing.isEmpty, "\(missing.count) of \(before.count) acknowledged tasks are missing")
            #expect(restored.isSubset(of: log.titles), "nothing is in it that nobody wrote")
            // What was not yet audited at that moment is by the server that goes on.
            let books = try await Books.whenAudited(Deployment(place: .folder(folder.appending(path: "restored"))))
            #expect(books.firstBad == nil && books.audited == books.events.map(\.event.id))
            #expect(await client.send("GET", "/api/v1/audit/verify")?.json["ok"] == true)
            #expect(await client.send("POST", "/api/v1/tasks", ["title": "Afterwards"])?.status == 201)
            try await server.stop()
        }
    }

    @Test func `a backup is private, replaces nothing unasked, and is put where no database is`() async throws {
        try await withTemporaryFolder { folder in
            let stage = try BackupStage(folder)
            try await stage.serveSomething()
            #expect(try stage.backUp().status == 0)
            for name in ["backup.sqlite", "backup.sqlite.sha256"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: stage.path(name))
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            let again = try stage.backUp()
            #expect(again.status == 1 && again.errors.contains("--force"))
            #expect(try stage.backUp("--force").status == 0)
            let occupied = try stage.restore(to: "data")
            #expect(occupied.status == 1 && occupied.errors.contains("There is a database already"))
            // The log of a database that is gone would become that of the next.
            try FileManager.default.createDirectory(atPath: stage.path("left"), withIntermediateDirectories: true)
            try Data().write(to: folder.appending(path: "left/errand.sqlite-wal"))
            #expect(try stage.restore(to: "left").status == 1)
            #expect(try stage.errand.run(["backup", stage.path("no.sqlite"), "--data", "/nowhere"]).status == 1)
            #expect(
                try stage.errand.run(["restore", stage.path("no.sqlite"), "--data", stage.path("new")]).status == 1)
            #expect(try stage.partials() == [])
        }
    }

    @Test func `a damaged backup is refused, whatever is damaged, and leaves nothing behind`() async throws {
        try await withTemporaryFolder { folder in
            let stage = try BackupStage(folder)
            try await stage.serveSomething()
            #expect(try stage.backUp().status == 0)
            let (file, digest) = (
                folder.appending(path: "backup.sqlite"), folder.appending(path: "backup.sqlite.sha256")
            )
            let whole = try Data(contentsOf: file)
            var flipped = whole
            flipped[flipped.count / 2] ^= 1
            try flipped.write(to: file)
            try stage.refuses("its SHA-256 is another")
            try FileManager.default.removeItem(at: digest)
            try whole.prefix(whole.count / 2).write(to: file)
            try stage.refuses("damaged")
            try Data(repeating: 0x41, count: 20_000).write(to: file)
            try stage.refuses("damaged")
            try whole.write(to: file)
            try await stage.rewrite([
                "DROP TRIGGER audit_entries_update",
                "UPDATE audit_entries SET entry = replace(entry, 'Milk', 'Beer') WHERE entry LIKE '%Milk%'",
            ])
            try stage.refuses("audit log of space 1 is not as it was written")
            try whole.write(to: file)
            try await stage.rewrite(["UPDATE schema_version SET version = 999"])
            try stage.refuses("schema version 999")
            try whole.write(to: file)
            let good = try stage.restore(to: "restored")
            #expect(good.status == 0 && good.output.contains("no backup.sqlite.sha256"))
        }
    }

    @Test func `a backup of an earlier version is brought up to date on the way`() async throws {
        try await withTemporaryFolder { folder in
            let stage = try BackupStage(folder)
            let steps = Array(SQLiteDialect().migrations.prefix(3))
            let statements =
                ["CREATE TABLE schema_version (version INTEGER NOT NULL)"] + steps.joined()
                + ["INSERT INTO schema_version (version) VALUES (\(steps.count))"]
            try await stage.rewrite(statements)
            let outcome = try stage.restore(to: "restored")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try stage.errand.run(["events", "tail", "--data", stage.path("restored")]).status == 0)
        }
    }

    @Test func `of PostgreSQL it says which of its tools to use, and makes no file`() throws {
        let home = FileManager.default.temporaryDirectory
        let errand = CommandLineClient(home: home, server: "http://localhost:1")
        let outcome = try errand.run(
            ["backup", "it's.dump"], environment: ["DATABASE_URL": "postgres://ana:secret@db/errand"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("pg_dump --format=custom --no-owner --file='it'\\''s.dump'"))
        #expect(outcome.errors.contains("pg_restore --exit-on-error"))
        #expect(!outcome.errors.contains("secret"))
    }

    @Test func `tasks are restored as before`() throws {
        let errand = CommandLineClient(home: FileManager.default.temporaryDirectory, server: "http://localhost:1")
        let outcome = try errand.run(["restore", "milk"])
        #expect(outcome.status == 64 && outcome.errors.contains("no number or id of a task"))
        #expect(try errand.run(["restore", "12"]).errors.contains("sign"), "it asks who one is")
    }
}

/// A folder with a server's data and its backup.
private struct BackupStage {
    let folder: URL
    let ports: (public: Int, internal: Int)
    let errand: CommandLineClient

    var backup: String { path("backup.sqlite") }

    init(_ folder: URL) throws {
        self.folder = folder
        ports = try ServerProcess.freePorts()
        errand = CommandLineClient(home: folder, server: "http://localhost:\(ports.public)")
    }

    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    func start(_ data: String) async throws -> ServerProcess {
        try await ServerProcess(data: folder.appending(path: data), port: ports.public, internalPort: ports.internal)
    }

    /// A database with some tasks, and nobody at work on it any more.
    func serveSomething() async throws {
        let server = try await start("data")
        let client = await APIClient(port: ports.public).signedUp("ana")
        for title in ["Milk", "Bread", "Tea"] {
            _ = await client.send("POST", "/api/v1/tasks", ["title": .string(title)])
        }
        _ = try await Books.whenAudited(Deployment(place: .folder(folder.appending(path: "data"))))
        try await server.stop()
    }

    func backUp(_ more: String...) throws -> CommandLineClient.Outcome {
        try errand.run(["backup", backup, "--data", path("data")] + more)
    }

    func restore(to data: String) throws -> CommandLineClient.Outcome {
        try errand.run(["restore", backup, "--data", path(data)])
    }

    func refuses(_ reason: String) throws {
        let outcome = try restore(to: "restored")
        #expect(outcome.status == 1 && outcome.errors.contains(reason), "\(reason): \(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: path("restored/errand.sqlite")))
        #expect(try partials() == [])
    }

    /// What commands that failed have left.
    func partials() throws -> [String] {
        (FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?.allObjects ?? [])
            .compactMap { $0 as? String }.filter { $0.contains(".partial") }
    }

    /// Changes the backup behind the program's back.
    func rewrite(_ statements: [String]) async throws {
        let database = try SQLiteDatabase.open(.file(path: backup)) { _ in }
        try await database.write { (connection) throws(ErrandError) in
            do throws(SQLError) {
                for statement in statements { try connection.execute(statement, []) }
            } catch {
                Issue.record("\(error)")
                throw .unavailable
            }
        }
        await database.close()
    }
}

private final class WriteLog: Sendable {
    private let state = Mutex((titles: [String](), isOver: false))

    var titles: [String] { state.withLock(\.titles) }
    var isOver: Bool { state.withLock(\.isOver) }

    func append(_ title: String) { state.withLock { $0.titles.append(title) } }
    func end() { state.withLock { $0.isOver = true } }
}
