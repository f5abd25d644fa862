import ErrandCore

/// Runs the statements of one transaction and turns what goes wrong into domain errors: this is the border.
final class SQLRunner {
    let dialect: any SQLDialect
    private let connection: any SQLConnection
    private let report: @Sendable (SQLError) -> Void
    /// Users are asked for by every table; a transaction has few.
    private var owners: [UserID: Int64] = [:]

    init(connection: any SQLConnection, dialect: any SQLDialect, report: @escaping @Sendable (SQLError) -> Void) {
        self.connection = connection
        self.dialect = dialect
        self.report = report
    }

    /// The row of the user's account; nil when there is none.
    func owner(_ id: UserID) throws(ErrandError) -> Int64? {
        if let known = owners[id] { return known }
        let row = try first("SELECT row_id FROM users WHERE id = $1", [.id(id)]) { row throws(SQLError) in
            try row.integer()
        }
        if let row { owners[id] = row }
        return row
    }

    /// The row of a user who is known to have an account.
    func requiredOwner(_ id: UserID) throws(ErrandError) -> Int64 {
        guard let row = try owner(id) else {
            throw failed(SQLError(kind: .other, code: 0, message: "there is no such user"))
        }
        return row
    }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> Int {
        do throws(SQLError) {
            return try connection.execute(sql, arguments)
        } catch {
            throw failed(error, in: sql)
        }
    }

    /// Like ``execute(_:_:)``, but a key that exists already is `conflict`.
    func execute(
        _ sql: String, _ arguments: [SQLValue], onUniqueViolation conflict: ErrandError
    ) throws(ErrandError) {
        do throws(SQLError) {
            try connection.execute(sql, arguments)
        } catch {
            throw error.kind == .uniqueViolation ? conflict : failed(error, in: sql)
        }
    }

    /// Runs a statement that must change exactly one row.
    func executeOnOne(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) {
        guard try execute(sql, arguments) == 1 else {
            throw failed(SQLError(kind: .other, code: 0, message: "there is no row to change"), in: sql)
        }
    }

    func all<Value>(
        _ sql: String, _ arguments: [SQLValue], _ decode: (inout SQLRow) throws(SQLError) -> Value
    ) throws(ErrandError) -> [Value] {
        var values: [Value] = []
        do throws(SQLError) {
            try connection.query(sql, arguments) { row throws(SQLError) in values.append(try decode(&row)) }
        } catch {
            throw failed(error, in: sql)
        }
        return values
    }

    func first<Value>(
        _ sql: String, _ arguments: [SQLValue], _ decode: (inout SQLRow) throws(SQLError) -> Value
    ) throws(ErrandError) -> Value? {
        try all(sql, arguments, decode).first
    }

    /// The only value of a statement that returns one row with one number.
    func number(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> Int64 {
        guard let value = try first(sql, arguments, { row throws(SQLError) in try row.integer() }) else {
            throw failed(SQLError(kind: .damaged, code: 0, message: "no row came back"), in: sql)
        }
        return value
    }

    /// Runs `body` in a savepoint. Savepoints of one name nest; each command means the innermost.
    func attempt<Value>(_ body: () throws(ErrandError) -> Value) throws(ErrandError) -> Value {
        try execute("SAVEPOINT attempt", [])
        do throws(ErrandError) {
            let value = try body()
            try execute("RELEASE SAVEPOINT attempt", [])
            return value
        } catch {
            // The account may have been made in what is taken back.
            owners = [:]
            try execute("ROLLBACK TO SAVEPOINT attempt", [])
            try execute("RELEASE SAVEPOINT attempt", [])
            throw error
        }
    }

    private func failed(_ error: SQLError, in sql: String = "") -> ErrandError {
        var error = error
        if error.sql.isEmpty { error.sql = sql }
        report(error)
        return .unavailable
    }
}
