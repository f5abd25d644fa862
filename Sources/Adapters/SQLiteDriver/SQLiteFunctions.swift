import GRDB
import GRDBSQLite
import SQLStore

/// Functions that the schema calls, for every connection that may write.
enum SQLiteFunctions {
    /// Adds ``SpaceWords`` to a connection. It changes nothing and reads nothing, so a schema may call it wherever
    /// SQLite trusts schemas less than it does by default (`SQLITE_INNOCUOUS`,
    /// <https://www.sqlite.org/c3ref/c_deterministic.html>).
    static func add(to database: Database) throws {
        let code = sqlite3_create_function_v2(
            database.sqliteConnection, SpaceWords.function, 3,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
            { context, _, values in
                guard let values, let text = sqlite3_value_text(values[1]) else { return sqlite3_result_null(context) }
                let words = SpaceWords(space: sqlite3_value_int64(values[0])).line(
                    of: UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(values[1]))),
                    isTitle: sqlite3_value_int(values[2]) != 0
                )
                words.withUnsafeBytes { bytes in
                    // SQLite copies what is not said to stay (https://www.sqlite.org/c3ref/c_static.html).
                    sqlite3_result_text(
                        context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
                        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                    )
                }
            }, nil, nil, nil
        )
        if code != SQLITE_OK { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
