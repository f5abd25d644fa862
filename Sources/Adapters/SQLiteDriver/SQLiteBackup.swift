import BlockingThreads
public import ErrandCore
import Foundation
import GRDB
public import SQLStore

/// Copies of a database file, and what makes sure of them. Works beside a server that writes.
public enum SQLiteBackup {
    /// Why there is no copy.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case failed(SQLError)
        /// What SQLite finds wrong with the file, or with the rows in it.
        case damaged(String)
        case audit(AuditWalk.Fault)
        /// A database lies where one was to be put.
        case occupied(path: String)
        /// A server uses the place.
        case inUse(path: String)
        case cannotPlace(path: String)

        public var description: String {
            switch self {
            case .failed(let error): "The database cannot be read: \(error)"
            case .damaged(let finding): "The database is damaged: \(finding)"
            case .audit(let fault): fault.description
            case .occupied(let path): "There is a database already: \(path)"
            case .inUse(let path): "The database \(path) is in use by a server."
            case .cannotPlace(let path): "Nothing can be put at \(path)."
            }
        }
    }

    /// Copies the database `source`, as it is at one moment, over the empty file `target`. Writers go on meanwhile;
    /// what they commit after that moment is not in the copy. The copy is one file, without a log beside it.
    ///
    /// - Returns: what the database held at that moment.
    public static func copy(_ source: String, over target: String) async throws(Failure) -> DatabaseContents {
        try await onThread { () throws(Failure) in
            try reading(source) { from in
                let contents = try DatabaseContents.read(
                    on: SQLiteConnection(from, StatementTexts()), dialect: SQLiteDialect())
                let copy = try DatabaseQueue(path: target)
                try copy.writeWithoutTransaction { to in
                    // In one step, on the snapshot of the transaction that this is in.
                    try from.backup(to: to)
                    // The original says in its header that it has a write-ahead log.
                    try to.execute(sql: "PRAGMA journal_mode = DELETE")
                }
                try copy.close()
                return contents
            }
        }
    }

    /// Has SQLite look at every page, row and index of a file that nobody writes to.
    ///
    /// - Throws: ``Failure/damaged(_:)`` with its first finding.
    public static func checkIntegrity(of path: String) async throws(Failure) {
        try await onThread { () throws(Failure) in
            try reading(path) { database in
                let findings = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
                guard findings == ["ok"] else { throw Failure.damaged(findings.first ?? "no answer") }
                let orphan = try String.fetchOne(database, sql: "PRAGMA foreign_key_check")
                if let orphan { throw Failure.damaged("a row of \(orphan) refers to one that is missing") }
            }
        }
    }

    /// Reads what lies in a file with this program's schema, and walks along its audit logs.
    public static func inspect(
        _ path: String, chain: AuditChain
    ) async throws(Failure) -> (contents: DatabaseContents, walk: AuditWalk) {
        try await onThread { () throws(Failure) in
            try reading(path) { database in
                let connection = SQLiteConnection(database, StatementTexts())
                let contents = try DatabaseContents.read(on: connection, dialect: SQLiteDialect())
                if let refusal = contents.refusal { throw Failure.damaged(refusal.description) }
                let walk = try AuditWalk.run(on: connection, chain: chain)
                if let fault = walk.fault { throw Failure.audit(fault) }
                return (contents, walk)
            }
        }
    }

    /// Gives a complete file its name as the database of a folder in which there is none, while no server can start
    /// there.
    public static func place(_ file: String, as path: String) throws(Failure) {
        let lock: SQLiteFile
        do throws(SQLiteDatabase.OpenError) {
            lock = try SQLiteFile(path: path, makesFile: false)
        } catch {
            if case .inUse = error { throw .inUse(path: path) }
            throw .cannotPlace(path: path)
        }
        defer { lock.release() }
        if let taken = occupant(of: path) { throw .occupied(path: taken) }
        guard rename(file, path) == 0 else { throw .cannotPlace(path: path) }
    }

    /// A file of a database at `path`; nil where there is none. A log without its database counts: SQLite would take
    /// it for that of the next.
    public static func occupant(of path: String) -> String? {
        ["", "-wal", "-shm", "-journal"].map { path + $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// SQLite blocks, which Swift's own threads must not.
    private static func onThread<Result: Sendable>(
        _ work: @escaping @Sendable () throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let worker = BlockingWorker(name: "sqlite-backup")
        let result = await worker.perform { Swift.Result { () throws(Failure) in try work() } }
        await worker.end()
        return try result.get()
    }

    private static func reading<Result>(
        _ path: String, _ use: (Database) throws -> Result
    ) throws(Failure) -> Result {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let result = try queue.read(use)
            try queue.close()
            return result
        } catch let failure as Failure {
            throw failure
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            throw .damaged(error.message ?? "it is not a database")
        } catch {
            throw .failed(SQLError(error))
        }
    }
}
