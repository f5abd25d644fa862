import ErrandCore
import GRDB
import SQLStore

extension SQLiteDatabase {
    enum ProcessRole {
        case writer, reader, checkpointer, memory
    }

    /// One connection, set up for what it is to do.
    static func connect(
        to path: String, as role: ProcessRole, _ options: SQLiteOptions
    ) throws(OpenError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = role == .reader
        configuration.journalMode = role == .writer ? .wal : .default
        configuration.busyMode = .timeout(Double(options.busyTimeout.components.seconds))
        configuration.foreignKeysEnabled = true
        let cache = role == .writer || role == .memory ? SQLiteOptions.writerCacheKiB : SQLiteOptions.readerCacheKiB
        configuration.prepareDatabase { database in
            try SQLiteFunctions.add(to: database)
            // Negative for KiB. Sorts and sets of a list stay in memory; they are bounded by one user's tasks.
            try database.execute(sql: "PRAGMA cache_size = -\(cache); PRAGMA temp_store = MEMORY")
        }
        do {
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            if role == .writer { try makeDurable(connection, options.synchronous) }
            return connection
        } catch {
            throw .failed(SQLError(error))
        }
    }

    /// GRDB sets `synchronous` to NORMAL when it switches a database to WAL, after its `prepareDatabase`.
    private static func makeDurable(_ connection: DatabaseQueue, _ synchronous: SQLiteOptions.Synchronous) throws {
        try connection.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = \(synchronous.rawValue)")
            // For guests; the server's own writer has a ``SQLiteCheckpointer``. Pages that many commits change go into
            // the file once per this many pages of the log, not every 1,000.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = \(SQLiteLogGrowth.step)")
            // A burst makes the log grow; afterwards it shrinks to this size.
            try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == synchronous.rawValue, mode == "wal" else {
                throw SQLError(kind: .other, code: 0, message: "the database did not take its durability settings")
            }
        }
    }

    /// Makes a write inside a read fail here too, where both use one connection.
    static func setReadOnly(
        _ isReadOnly: Bool, _ connection: any SQLConnection, _ report: (SQLError) -> Void
    ) throws(ErrandError) {
        do throws(SQLError) {
            try connection.execute("PRAGMA query_only = \(isReadOnly ? 1 : 0)", [])
        } catch {
            report(error)
            throw .unavailable
        }
    }
}
