import Foundation
import GRDB
import SQLStore

/// ``SQLConnection`` over one GRDB connection. Lives on one database thread.
final class SQLiteConnection: SQLConnection {
    /// More different statements than the store has; what is beyond comes from unusual filters.
    static let statementsMax = 400

    private let database: Database
    private let texts: StatementTexts
    /// Whether tasks were added through this connection: they may wait for their search entries, even again, when a
    /// savepoint is taken back.
    private var hasNewTasks = false

    init(_ database: Database, _ texts: StatementTexts) {
        self.database = database
        self.texts = texts
    }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Int {
        do {
            let statement = try statement(sql, with: arguments)
            if arguments.isEmpty {
                // GRDB has to know of what begins and ends transactions, and of what changes the schema.
                try statement.execute()
            } else {
                try SQLiteResult(of: statement, arguments).read { (_) throws(SQLError) in }
            }
            return database.changesCount
        } catch {
            throw SQLError(error, in: sql)
        }
    }

    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        do {
            try SQLiteResult(of: try statement(sql, with: arguments), arguments).read(row)
        } catch {
            throw SQLError(error, in: sql)
        }
    }

    /// Makes the search entries of new tasks, if any wait. To be called before the commit.
    func searchNewTasks() throws(SQLError) {
        if hasNewTasks { for sql in SQLiteDialect.searchEntries { try execute(sql, []) } }
    }

    private func statement(_ sql: String, with arguments: [SQLValue]) throws -> Statement {
        let prepared = try texts.prepared[sql] ?? prepare(sql)
        if !arguments.isEmpty {
            if prepared.addsTasks { hasNewTasks = true }
            if prepared.searches { try searchNewTasks() }
        }
        return prepared.statement
    }

    /// False of a file that an earlier version made, until its schema is brought up to date.
    private func hasWaitingTasks() throws -> Bool {
        try Bool.fetchOne(database, sql: SQLiteDialect.hasWaitingTasks) ?? false
    }

    private func prepare(_ sql: String) throws -> StatementTexts.Prepared {
        if texts.prepared.count >= SQLiteConnection.statementsMax {
            // Clears GRDB's cache of prepared statements, which has no limit of its own.
            database.clearSchemaCache()
            texts.clear()
        }
        let prepared = StatementTexts.Prepared(
            statement: try database.cachedStatement(sql: StatementTexts.rewritten(sql)),
            addsTasks: try SQLiteDialect.addsTasks(sql) && hasWaitingTasks(), searches: SQLiteDialect.searches(sql)
        )
        texts.prepared[sql] = prepared
        return prepared
    }
}

/// The prepared statements of one connection.
final class StatementTexts {
    fileprivate struct Prepared {
        let statement: Statement
        let addsTasks: Bool
        let searches: Bool
    }

    /// By the store's SQL.
    fileprivate var prepared: [String: Prepared] = [:]

    /// Lets go of all statements, without which the connection cannot be closed.
    func clear() { prepared.removeAll(keepingCapacity: true) }

    /// SQLite takes `$1` for a name and numbers names by first appearance; `?1` is a number
    /// (<https://www.sqlite.org/lang_expr.html#varparam>).
    fileprivate static func rewritten(_ sql: String) -> String {
        var bytes = Array(sql.utf8)
        for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "$") {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index + 1]) { bytes[index] = UInt8(ascii: "?") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SQLError {
    /// GRDB's error without the arguments that it may carry.
    init(_ error: any Error, in sql: String = "") {
        switch error {
        case let error as SQLError: self = error
        case let error as DatabaseError:
            let kind: Kind =
                switch error.extendedResultCode {
                case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
                    .uniqueViolation
                case _ where error.resultCode == .SQLITE_BUSY: .busy
                default: .other
                }
            self.init(
                kind: kind, code: Int(error.extendedResultCode.rawValue), message: error.message ?? "", sql: sql
            )
        default: self.init(kind: .other, code: 0, message: "\(type(of: error))", sql: sql)
        }
    }
}
