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

    /// A statement that the server has prepared, with its arguments.
    private struct Call {
        let sql: String
        let name: String
        let arguments: PostgresArguments
    }

    /// Statements that wait for the next one: few enough that the answers to all fit into the socket's buffer.
    private static let unsentMax = 64

    private let handle: OpaquePointer
    /// Of the transaction; they go with the next statement whose outcome is wanted.
    private var unsent: [Call] = []
    private var names: [Key: String] = [:]
    /// Rows of the transaction that wait for others of their tables.
    private var waiting = WaitingRows()
    /// Whether the transaction is of several jobs: whatever fails may be another's, and all of it is done again.
    private var isShared = false
    /// Statements and rows of the transaction that change something.
    private(set) var changes = 0
    /// Whether a statement of this transaction was in another's way.
    private(set) var hasConflict = false
    /// Is told of statements that fail with the commit.
    private var tellLateFailure: (SQLError) -> Void = { _ in }

    private static let settings = [
        "statement_timeout=30s", "lock_timeout=10s", "idle_in_transaction_session_timeout=60s",
        // No statement runs long enough to be worth compiling, which takes a fifth of a second the first time.
        "jit=off",
        // Nor to be shared out, which takes ten milliseconds: the server takes it for worth it where it thinks that the
        // beginning of a word finds a fiftieth of all tasks there are.
        "max_parallel_workers_per_gather=0",
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
        try writeWhatIsSeen()
        note(sql)
        let result = try run(sql, arguments)
        return result.rowsChanged
    }

    func query(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        try writeWhatIsSeen()
        try queryAside(sql, arguments, row)
    }

    func queryAside(
        _ sql: String, _ arguments: [SQLValue], _ row: (inout SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        note(sql)
        let result = try run(sql, arguments)
        for index in 0..<result.rowCount {
            var values = try result.row(index)
            try row(&values)
        }
    }

    func send(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) {
        try writeWhatIsSeen()
        try sendAside(sql, arguments)
    }

    func sendAside(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) {
        note(sql)
        try enqueue(sql, arguments)
    }

    private func enqueue(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) {
        unsent.append(try call(sql, arguments))
        if unsent.count == PostgresConnection.unsentMax { try flush() }
    }

    /// Counts a statement that may change something. Locks are none; rows that wait were counted when they came.
    private func note(_ sql: String) {
        if !sql.hasPrefix("SELECT") { changes += 1 }
    }

    // MARK: - Rows that wait

    func insert(_ row: [SQLValue], _ shape: RowShape) throws(SQLError) {
        changes += 1
        if waiting.add(row, shape) { try writeOut() }
    }

    func writeOut() throws(SQLError) { try write(all: true) }

    func waitingRows() -> WaitingRows { waiting }

    func restore(_ rows: WaitingRows) { waiting = rows }

    private func writeWhatIsSeen() throws(SQLError) {
        if waiting.hasVisible { try write(all: false) }
    }

    private func write(all: Bool) throws(SQLError) {
        for (sql, arguments) in waiting.take(all: all, PostgresDialect()) { try enqueue(sql, arguments) }
    }

    // MARK: - Transactions

    /// Whether the connection can be used.
    var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }

    /// Whether nothing of the transaction can be kept.
    var isBroken: Bool { hasConflict || !isAlive || PQtransactionStatus(handle) == PQTRANS_INERROR }

    /// Begins with the first statement.
    ///
    /// - Throws: when the server has closed the connection.
    func begin(readOnly: Bool) throws(SQLError) {
        (hasConflict, isShared, changes) = (false, false, 0)
        (unsent, waiting) = ([], WaitingRows())
        tellLateFailure = { _ in }
        // Nothing is to be read between two transactions but that the server has gone.
        if PostgresSocket.waitForInput(PQsocket(handle), 0) { _ = PQconsumeInput(handle) }
        guard isAlive else { throw lost }
        // One snapshot for all that is read. A writer sees what was committed before each of its statements: it
        // holds the lock of whomever it changes, see SQLConcurrency.
        try sendAside(readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN", [])
    }

    /// Like ``begin(readOnly:)``, for jobs that share the transaction. While one of them waits for a lock, the others
    /// keep theirs: not for long.
    func beginShared() throws(SQLError) {
        try begin(readOnly: false)
        isShared = true
        let limit = SQLValue.text("\(PostgresOptions.sharedLockWait)ms")
        try sendAside("SELECT set_config('lock_timeout', $1, true)", [limit])
    }

    /// - Returns: false when a statement that was sent with the commit has failed, so that there was none.
    /// - Throws: also when the server has rolled back instead, as it does after a failed statement.
    func commit() throws(SQLError) -> Bool {
        do throws(SQLError) {
            try writeOut()
            let result = try run("COMMIT", [])
            guard result.commandTag == "COMMIT" else {
                throw SQLError(kind: .other, code: 0, message: "the transaction was rolled back")
            }
            return true
        } catch {
            guard isAlive else { throw error }
            try rollback()
            if error.sql.isEmpty || error.sql == "COMMIT" || error.kind == .conflict { throw error }
            tellLateFailure(error)
            return false
        }
    }

    func tellLateFailures(to report: @escaping @Sendable (SQLError) -> Void) { tellLateFailure = report }

    func rollback() throws(SQLError) {
        (unsent, waiting) = ([], WaitingRows())
        if PQtransactionStatus(handle) != PQTRANS_IDLE { try command("ROLLBACK") }
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
        let call = try call(sql, arguments)
        if unsent.isEmpty {
            let pointer = call.arguments.withPointers { PQexecPrepared(handle, call.name, $0, $1, $2, $3, 1) }
            return try checked(pointer, sql)
        }
        let calls = unsent + [call]
        unsent = []
        return try pipeline(calls)
    }

    private func flush() throws(SQLError) {
        if unsent.isEmpty { return }
        let calls = unsent
        unsent = []
        _ = try pipeline(calls)
    }

    /// Sends several statements at once and reads their outcomes
    /// (<https://www.postgresql.org/docs/current/libpq-pipeline-mode.html>). After one that fails, the server does
    /// none of the rest.
    ///
    /// - Returns: what the last one came to.
    /// - Throws: the first failure.
    private func pipeline(_ calls: [Call]) throws(SQLError) -> PostgresResult {
        guard PQenterPipelineMode(handle) == 1 else { throw lost }
        defer { PQexitPipelineMode(handle) }
        for call in calls {
            let isSent = call.arguments.withPointers { PQsendQueryPrepared(handle, call.name, $0, $1, $2, $3, 1) }
            guard isSent == 1 else { throw lost }
        }
        guard PQpipelineSync(handle) == 1 else { throw lost }
        var (last, failure): (PostgresResult?, SQLError?) = (nil, nil)
        for call in calls {
            // Nothing at all comes when the connection is lost.
            guard let pointer = PQgetResult(handle) else { break }
            if PQresultStatus(pointer) == PGRES_PIPELINE_ABORTED {
                PQclear(pointer)
            } else {
                do throws(SQLError) {
                    last = try checked(pointer, call.sql)
                } catch {
                    failure = failure ?? error
                }
            }
            // The end of this one.
            while let rest = PQgetResult(handle) { PQclear(rest) }
        }
        // The end of all.
        if let end = PQgetResult(handle) { PQclear(end) }
        if let failure { throw failure }
        guard isAlive, let last else { throw lost }
        return last
    }

    private func call(_ sql: String, _ arguments: [SQLValue]) throws(SQLError) -> Call {
        let values = PostgresArguments(arguments)
        return Call(sql: sql, name: try prepare(Key(sql: sql, types: values.types)), arguments: values)
    }

    private var lost: SQLError {
        SQLError(kind: .unreachable, code: 0, message: PostgresConnection.text(PQerrorMessage(handle)))
    }

    private func prepare(_ key: Key) throws(SQLError) -> String {
        if let known = names[key] { return known }
        if names.count >= PostgresConnection.statementsMax {
            try flush()
            try command("DEALLOCATE ALL")
            names = [:]
        }
        let name = "s\(names.count)"
        _ = try checked(PQprepare(handle, name, key.sql, Int32(key.types.count), key.types), key.sql)
        names[key] = name
        return name
    }

    private func checked(_ pointer: OpaquePointer?, _ sql: String) throws(SQLError) -> PostgresResult {
        guard let pointer else { throw lost }
        let result = PostgresResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return result
        default:
            let error = result.error(sql: sql, isConnected: isAlive)
            guard isShared, isAlive else {
                if error.kind == .conflict { hasConflict = true }
                throw error
            }
            hasConflict = true
            throw SQLError(kind: .conflict, code: error.code, message: error.message, sql: sql)
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
