import CLibpq
import SQLStore

/// ``SQLConnection`` over one libpq connection. Lives on one database thread.
///
/// Arguments and results travel in the binary format; statements are prepared once for each list of types of their
/// arguments, since `$1` without a type is not the same statement as `$1` of type bigint.
final class PostgresConnection: SQLConnection {
    /// More different statements than the store has; what is beyond comes from unusual filters.
    private static let statementsMax = 400

    private struct Key: Hashable {
        let sql: String
        let types: [Oid]
    }

    private let handle: OpaquePointer
    private var names: [Key: String] = [:]
    /// Whether a statement of this transaction was in another's way.
    private(set) var hasConflict = false

    private static let settings = [
        "statement_timeout=30s", "lock_timeout=10s", "idle_in_transaction_session_timeout=60s",
        // No statement runs long enough to be worth compiling, which takes a fifth of a second the first time.
        "jit=off",
    ]

    /// Blocks until connected, some seconds at most.
    ///
    /// - Parameter settings: of the server, for this connection, beside those of every one.
    init(_ options: PostgresOptions, settings: [String] = []) throws(SQLError) {
        // What the URL says of the same parameters counts.
        let parameters = [
            ("application_name", "errand"), ("connect_timeout", "5"), ("client_encoding", "UTF8"),
            ("keepalives_idle", "20"), ("tcp_user_timeout", "20000"),
            ("options", (PostgresConnection.settings + settings).map { "-c \($0)" }.joined(separator: " ")),
            ("dbname", options.url),
        ]
        let handle = PostgresConnection.withCStrings(parameters.map(\.0)) { names in
            PostgresConnection.withCStrings(parameters.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let handle else { throw SQLError(kind: .unreachable, code: 0, message: "out of memory") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            // Names host, port and user; never the password.
            throw SQLError(kind: .unreachable, code: 0, message: PostgresConnection.text(PQerrorMessage(handle)))
        }
        // Notices such as "relation exists, skipping" would go to the standard error.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        try check(encoding: "server_encoding")
    }

    deinit {
        PQfinish(handle)
    }

    private func check(encoding name: String) throws(SQLError) {
        let encoding = PQparameterStatus(handle, name).map { String(cString: $0) } ?? ""
        guard encoding == "UTF8" else {
            throw SQLError(kind: .other, code: 0, message: "the database's encoding is \(encoding); it must be UTF8")
        }
    }

    // MARK: - SQLConnection

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Int {
        let result = try run(sql, arguments)
        return result.rowsChanged
    }

    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        let result = try run(sql, arguments)
        for index in 0..<result.rowCount {
            var values = try result.row(index)
            try row(&values)
        }
    }

    // MARK: - Transactions

    /// Whether the connection can be used.
    var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }

    func begin(readOnly: Bool) throws(SQLError) {
        hasConflict = false
        // One snapshot for all that is read. A writer sees what was committed before each of its statements: it
        // holds the lock of whomever it changes, see SQLConcurrency.
        try command(readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
    }

    /// - Throws: also when the server has rolled back instead, as it does after a failed statement.
    func commit() throws(SQLError) {
        let tag = try command("COMMIT")
        guard tag == "COMMIT" else {
            throw SQLError(kind: .other, code: 0, message: "the transaction was rolled back")
        }
    }

    func rollback() throws(SQLError) {
        try command("ROLLBACK")
    }

    /// Hears of notifications on `channel` from now on.
    func listen(to channel: String) throws(SQLError) {
        try command("LISTEN \(channel)")
    }

    /// What was notified since the last call; waits `milliseconds` at most for the first.
    func notifications(waitingAtMost milliseconds: Int32) throws(SQLError) -> [String] {
        guard PostgresSocket.waitForInput(PQsocket(handle), milliseconds), PQconsumeInput(handle) == 1 else {
            if isAlive { return [] }
            throw SQLError(kind: .unreachable, code: 0, message: "the connection is lost")
        }
        var payloads: [String] = []
        while let notification = PQnotifies(handle) {
            payloads.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        return payloads
    }

    // MARK: - Statements

    /// Runs a statement without arguments.
    ///
    /// - Returns: what the server says that it did.
    @discardableResult
    private func command(_ sql: String) throws(SQLError) -> String {
        let result = try checked(PQexec(handle, sql), sql)
        return result.commandTag
    }

    private func run(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> PostgresResult {
        let values = PostgresArguments(arguments)
        let name = try prepare(Key(sql: sql, types: values.types))
        return try checked(values.withPointers { PQexecPrepared(handle, name, $0, $1, $2, $3, 1) }, sql)
    }

    private func prepare(_ key: Key) throws(SQLError) -> String {
        if let known = names[key] { return known }
        if names.count >= PostgresConnection.statementsMax {
            try command("DEALLOCATE ALL")
            names = [:]
        }
        let name = "s\(names.count)"
        _ = try checked(PQprepare(handle, name, key.sql, Int32(key.types.count), key.types), key.sql)
        names[key] = name
        return name
    }

    private func checked(_ pointer: OpaquePointer?, _ sql: String) throws(SQLError) -> PostgresResult {
        guard let pointer else {
            throw SQLError(kind: .unreachable, code: 0, message: PostgresConnection.text(PQerrorMessage(handle)))
        }
        let result = PostgresResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return result
        default:
            let error = result.error(sql: sql, isConnected: isAlive)
            if error.kind == .conflict { hasConflict = true }
            throw error
        }
    }

    private static func text(_ message: UnsafePointer<CChar>?) -> String {
        guard let message else { return "" }
        return String(cString: message).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Hands over the texts as an array of C strings with a null at its end.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let bytes = texts.map { Array($0.utf8CString) }
        var starts: [Int] = []
        var all: [CChar] = []
        for text in bytes {
            starts.append(all.count)
            all += text
        }
        return all.withUnsafeBufferPointer { buffer in
            let pointers: [UnsafePointer<CChar>?] = starts.map { buffer.baseAddress?.advanced(by: $0) } + [nil]
            return pointers.withUnsafeBufferPointer { list in
                guard let start = list.baseAddress else { preconditionFailure("An array with a null is not empty.") }
                return body(start)
            }
        }
    }
}
