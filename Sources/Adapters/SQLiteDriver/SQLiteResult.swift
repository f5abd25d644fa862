import GRDB
import GRDBSQLite
import SQLStore

/// What a prepared statement returns, read through SQLite's own interface: a page of a list has some 500 values, and
/// wrapping each of them in GRDB's rows and values takes longer than finding them.
struct SQLiteResult {
    /// Has SQLite copy what it is given, which is gone when the call is over.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let statement: OpaquePointer

    /// - Throws: `DatabaseError` for arguments that the statement does not take.
    init(of prepared: Statement, _ arguments: [SQLValue]) throws {
        statement = prepared.sqliteStatement
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        guard Int(sqlite3_bind_parameter_count(statement)) == arguments.count else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "wrong number of arguments")
        }
        for (index, value) in arguments.enumerated() { try bind(value, at: CInt(index + 1)) }
    }

    /// Gives each row to `row`; the statement can be used again afterwards.
    ///
    /// - Throws: `DatabaseError`, and what `row` throws.
    func read(_ row: (inout SQLRow) throws(SQLError) -> Void) throws {
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        let columns = SQLiteColumns(statement: statement, count: Int(sqlite3_column_count(statement)))
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                var next = SQLRow(columns)
                try row(&next)
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    private func bind(_ value: SQLValue, at index: CInt) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let value): sqlite3_bind_int64(statement, index, value)
            case .real(let value): sqlite3_bind_double(statement, index, value)
            case .text(var text):
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { characters in
                        // No address would stand for NULL.
                        characters.baseAddress.map {
                            sqlite3_bind_text(statement, index, $0, CInt(characters.count), SQLiteResult.transient)
                        } ?? sqlite3_bind_text(statement, index, "", 0, SQLiteResult.transient)
                    }
                }
            case .blob(let bytes):
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob(statement, index, bytes, CInt(bytes.count), SQLiteResult.transient)
            case .integers, .texts: preconditionFailure("SQLite has no arrays, and its dialect asks for none.")
            }
        if code != SQLITE_OK { throw failure() }
    }

    private func failure() -> DatabaseError {
        let database = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database)),
            message: sqlite3_errmsg(database).map { String(cString: $0) }
        )
    }
}

/// The columns of the row that a statement is at.
private struct SQLiteColumns: SQLColumns {
    let statement: OpaquePointer
    let count: Int

    func value(at index: Int) -> SQLValue {
        let index = CInt(index)
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, index)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, index)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return .blob(Array(bytes))
        default: return .null
        }
    }
}
