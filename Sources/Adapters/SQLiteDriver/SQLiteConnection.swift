import Foundation
import GRDB
import SQLStore

/// ``SQLConnection`` over one GRDB connection. Lives on one database thread.
final class SQLiteConnection: SQLConnection {
    /// More different statements than the store has; what is beyond comes from unusual filters.
    static let statementsMax = 400

    private let database: Database
    private let texts: StatementTexts

    init(_ database: Database, _ texts: StatementTexts) {
        self.database = database
        self.texts = texts
    }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Int {
        do {
            try statement(sql).execute(arguments: StatementArguments(arguments.map { $0.databaseValue }))
            return database.changesCount
        } catch {
            throw SQLError(error, in: sql)
        }
    }

    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        do {
            try SQLiteResult(of: try statement(sql), arguments).read(row)
        } catch {
            throw SQLError(error, in: sql)
        }
    }

    private func statement(_ sql: String) throws -> Statement {
        if texts.isFull {
            // Clears GRDB's cache of prepared statements, which has no limit of its own.
            database.clearSchemaCache()
            texts.clear()
        }
        return try database.cachedStatement(sql: texts.rewritten(sql))
    }
}

/// The statements of one connection in SQLite's spelling.
///
/// SQLite takes `$1` for a name and numbers names by first appearance; `?1` is a number
/// (<https://www.sqlite.org/lang_expr.html#varparam>).
final class StatementTexts {
    private var rewritten: [String: String] = [:]

    var isFull: Bool { rewritten.count >= SQLiteConnection.statementsMax }

    func clear() { rewritten.removeAll(keepingCapacity: true) }

    func rewritten(_ sql: String) -> String {
        if let known = rewritten[sql] { return known }
        var bytes = Array(sql.utf8)
        for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "$") {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index + 1]) { bytes[index] = UInt8(ascii: "?") }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        rewritten[sql] = text
        return text
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
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
