import ErrandCore

/// Runs the statements of one transaction and turns what goes wrong into domain errors: this is the border.
final class SQLRunner {
    let dialect: any SQLDialect
    /// What several writers at a time need; nil in a transaction that reads, and where there is one writer.
    let concurrency: SQLConcurrency?
    private let connection: any SQLConnection
    private let report: @Sendable (SQLError) -> Void
    /// Spaces are asked for by every table; a transaction has few.
    private var spaces: [SpaceID: Int64] = [:]
    private var spacesForChange: [SpaceID: Int64] = [:]
    /// Ends of audit chains, by row of the space, that this transaction has added to: nobody else can meanwhile.
    var auditHeads: [Int64: (sequence: Int64, hash: String)] = [:]
    /// Rows of spaces that were found open in this transaction.
    var openSpaces: Set<Int64> = []
    /// Who was found to have no destination of a kind, or of any for nil, by row of the owner.
    var unreachable: [ChannelKind?: Set<Int64>] = [:]
    /// Those that this transaction has taken.
    var changeNumbers = ChangeNumbers()
    /// Whether there are events of this transaction that have no place in the log yet.
    var hasArrivals = false
    /// Whether this transaction has given events their places.
    private var hasPlaced = false
    /// What others are told of this transaction, once it is committed.
    private(set) var news: Set<StoreNews> = []

    init(
        connection: any SQLConnection, dialect: any SQLDialect, isWriting: Bool,
        report: @escaping @Sendable (SQLError) -> Void
    ) {
        self.connection = connection
        self.dialect = dialect
        concurrency = isWriting ? dialect.concurrency : nil
        self.report = report
        connection.tellLateFailures(to: report)
    }

    /// The row of a space; nil when there is none.
    func row(of space: SpaceID) throws(ErrandError) -> Int64? {
        if let known = spaces[space] { return known }
        let row = try firstAside("SELECT row_id FROM spaces WHERE id = $1", [.id(space)]) { row throws(SQLError) in
            try row.integer()
        }
        if let row { spaces[space] = row }
        return row
    }

    /// Looks spaces up together, and remembers their rows.
    ///
    /// - Parameter number: what else is wanted of each space `s`, as an expression.
    /// - Returns: those that are there.
    func lookUp(
        _ wanted: [SpaceID], _ number: String
    ) throws(ErrandError) -> [(space: SpaceID, row: Int64, number: Int64)] {
        let ids = JSONValue(strings: Set(wanted).map(\.description))
        let sql = "SELECT s.id, s.row_id, \(number) FROM spaces s WHERE s.id IN (\(dialect.strings(in: "$1")))"
        return try all(sql, [.text(ids.text)]) { row throws(SQLError) in
            let (space, found): (SpaceID, Int64) = (try row.id(), try row.integer())
            spaces[space] = found
            return (space, found, try row.integer())
        }
    }

    /// The row of a space, for somebody who is about to look at what is in it and change it: from here on others who
    /// want the same wait for the end of this transaction.
    ///
    /// Changes in one space are thereby made one after the other, whatever the database; in different ones they are
    /// not.
    func rowForChange(of space: SpaceID) throws(ErrandError) -> Int64? {
        guard let concurrency else { return try row(of: space) }
        if let known = spacesForChange[space] { return known }
        let sql = "SELECT row_id FROM spaces WHERE id = $1 \(concurrency.rowLock) spaces"
        let row = try firstAside(sql, [.id(space)]) { row throws(SQLError) in try row.integer() }
        if let row { remember(space, row) }
        return row
    }

    /// Like ``rowForChange(of:)`` for several spaces, in the order of their rows.
    func hold(_ wanted: [SpaceID]) throws(ErrandError) {
        guard let concurrency else { return }
        let ids = JSONValue(strings: Set(wanted).map(\.description))
        let sql = """
            SELECT id, row_id FROM spaces WHERE id IN (\(dialect.strings(in: "$1")))
            ORDER BY row_id \(concurrency.rowLock) spaces
            """
        let found = try all(sql, [.text(ids.text)]) { row throws(SQLError) -> (SpaceID, Int64) in
            (try row.id(), try row.integer())
        }
        for (space, row) in found { remember(space, row) }
    }

    /// Keeps the row of a space that a statement has found, and locked where there are several writers.
    func remember(_ space: SpaceID, _ row: Int64) {
        spaces[space] = row
        if concurrency != nil { spacesForChange[space] = row }
    }

    /// Like ``rowForChange(of:)``, of a space that is known to be there.
    func requiredRowForChange(of space: SpaceID) throws(ErrandError) -> Int64 {
        try required(try rowForChange(of: space))
    }

    /// Like ``row(of:)``, of a space that is known to be there.
    func requiredRow(of space: SpaceID) throws(ErrandError) -> Int64 {
        try required(try row(of: space))
    }

    // A user has the row number of their personal space, and what is a person's own waits for that space too.

    /// The row of the user's account; nil when there is none.
    func owner(_ id: UserID) throws(ErrandError) -> Int64? { try row(of: id.personalSpace) }

    func ownerForChange(_ id: UserID) throws(ErrandError) -> Int64? { try rowForChange(of: id.personalSpace) }

    func requiredOwner(_ id: UserID) throws(ErrandError) -> Int64 { try requiredRow(of: id.personalSpace) }

    func requiredOwnerForChange(_ id: UserID) throws(ErrandError) -> Int64 {
        try requiredRowForChange(of: id.personalSpace)
    }

    private func required(_ row: Int64?) throws(ErrandError) -> Int64 {
        guard let row else { throw failed(SQLError(kind: .other, code: 0, message: "there is no such space")) }
        return row
    }

    /// After a SELECT of table `name` by somebody who is about to change what it found.
    func lock(_ name: String) -> String {
        concurrency.map { " \($0.rowLock) \(name)" } ?? ""
    }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> Int {
        do throws(SQLError) {
            return try connection.execute(sql, arguments)
        } catch {
            throw failed(error, in: sql)
        }
    }

    /// Like ``execute(_:_:)``, for a statement whose outcome nobody looks at: one way to the database less.
    func send(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) {
        do throws(SQLError) {
            try connection.send(sql, arguments)
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

    /// Like ``send(_:_:)``, of a statement that looks at nothing of what waits to be written.
    func sendAside(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) {
        do throws(SQLError) {
            try connection.sendAside(sql, arguments)
        } catch {
            throw failed(error, in: sql)
        }
    }

    /// Adds a row: at once, or together with others where the database takes many as fast as one.
    func insert(_ row: [SQLValue], _ shape: RowShape) throws(ErrandError) {
        do throws(SQLError) {
            try connection.insert(row, shape)
        } catch {
            throw failed(error, in: shape.statement)
        }
    }

    /// Sends what waits. To be called before anybody looks at tables whose rows wait until they are asked for
    /// (``RowShape/Patience``), or at the counters of spaces.
    func writeOut() throws(ErrandError) {
        try writeChangeNumbers()
        do throws(SQLError) {
            try connection.writeOut()
        } catch {
            throw failed(error)
        }
    }

    /// The part of ``writeOut()`` that the counters of spaces need.
    func writeChangeNumbers() throws(ErrandError) {
        for (space, last) in changeNumbers.takeUnwritten() {
            try sendAside(
                "UPDATE counters SET change_number = $2 WHERE space = $1", [.integer(space), .integer(last)])
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

    /// Like ``first(_:_:_:)``, of a statement that looks at nothing of what waits to be written.
    func firstAside<Value>(
        _ sql: String, _ arguments: [SQLValue], _ decode: (inout SQLRow) throws(SQLError) -> Value
    ) throws(ErrandError) -> Value? {
        var value: Value?
        do throws(SQLError) {
            try connection.queryAside(sql, arguments) { row throws(SQLError) in
                if value == nil { value = try decode(&row) }
            }
        } catch {
            throw failed(error, in: sql)
        }
        return value
    }

    /// Runs a statement for what it does, whatever it returns.
    func call(_ sql: String, _ arguments: [SQLValue] = []) throws(ErrandError) {
        _ = try all(sql, arguments) { (_) throws(SQLError) in }
    }

    /// The only row of a statement that returns one.
    func one<Value>(
        _ sql: String, _ arguments: [SQLValue], _ decode: (inout SQLRow) throws(SQLError) -> Value
    ) throws(ErrandError) -> Value {
        try theOne(try first(sql, arguments, decode), of: sql)
    }

    /// Like ``one(_:_:_:)``, of a statement that looks at nothing of what waits to be written.
    func oneAside<Value>(
        _ sql: String, _ arguments: [SQLValue], _ decode: (inout SQLRow) throws(SQLError) -> Value
    ) throws(ErrandError) -> Value {
        try theOne(try firstAside(sql, arguments, decode), of: sql)
    }

    private func theOne<Value>(_ value: Value?, of sql: String) throws(ErrandError) -> Value {
        guard let value else {
            throw failed(SQLError(kind: .damaged, code: 0, message: "no row came back"), in: sql)
        }
        return value
    }

    /// The only value of a statement that returns one row with one number.
    func number(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> Int64 {
        try one(sql, arguments) { row throws(SQLError) in try row.integer() }
    }

    /// Runs `body` in a savepoint. Savepoints of one name nest; each command means the innermost.
    func attempt<Value>(_ body: () throws(ErrandError) -> Value) throws(ErrandError) -> Value {
        try send("SAVEPOINT attempt", [])
        let (announced, arrived, numbers, waiting) = (news, hasArrivals, changeNumbers, connection.waitingRows())
        do throws(ErrandError) {
            let value = try body()
            try execute("RELEASE SAVEPOINT attempt", [])
            return value
        } catch {
            // The account may have been made in what is taken back.
            (spaces, spacesForChange, auditHeads, openSpaces, unreachable) = ([:], [:], [:], [], [:])
            // What had not been sent by then is not there now, even if it was sent since.
            (news, hasArrivals, changeNumbers) = (announced, arrived, numbers)
            connection.restore(waiting)
            try send("ROLLBACK TO SAVEPOINT attempt", [])
            try execute("RELEASE SAVEPOINT attempt", [])
            throw error
        }
    }

    // MARK: - The end of a transaction

    /// Has others told of this transaction, once it is committed.
    func announce(_ item: StoreNews) { news.insert(item) }

    /// Tells others what is new. Nothing but the commit may follow, with which the database gets the rows that wait.
    ///
    /// Of events, whoever gives them their places tells. A transaction that tells commits alone
    /// (<https://www.postgresql.org/docs/current/sql-notify.html>), so it is not said of each.
    func finish() throws(ErrandError) {
        try writeChangeNumbers()
        guard let concurrency else { return }
        for item in StoreNews.allCases where news.contains(item) && (item != .events || hasPlaced) {
            try sendAside(concurrency.announcement, [.text(item.rawValue)])
        }
    }

    /// Gives the events of this transaction, and all that wait, their places in the log, for somebody who wants to
    /// see them within it. Nobody else does the same until its end.
    func placeEvents() throws(ErrandError) {
        if hasArrivals { try placeAll() }
    }

    /// Like ``placeEvents()``, also where this transaction has none.
    func placeAll() throws(ErrandError) {
        guard concurrency != nil else { return }
        try writeOut()
        while try placeSome(after: 0)?.isPartial == true {}
        hasArrivals = false
    }

    /// Gives events that wait their places.
    ///
    /// - Parameter number: up to which no arrival is left, nor will be.
    /// - Returns: nil where events have their places from the start.
    func placeSome(after number: Int64) throws(ErrandError) -> PlacedArrivals? {
        guard let concurrency else { return nil }
        try send(concurrency.logLock, [])
        let placed = try SQLOutboxTable(runner: self).placeSome(after: number, concurrency)
        if placed.last > 0 {
            hasPlaced = true
            announce(.events)
        }
        return placed
    }

    private func failed(_ error: SQLError, in sql: String = "") -> ErrandError {
        var error = error
        if error.sql.isEmpty { error.sql = sql }
        // The driver runs the transaction again.
        if error.kind != .conflict { report(error) }
        return .unavailable
    }
}
