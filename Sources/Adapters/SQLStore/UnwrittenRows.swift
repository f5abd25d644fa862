import ErrandCore

/// What a transaction has written down, and not sent to the database yet: rows that come by the hundred, and that
/// nobody looks at before the commit but those who call ``SQLRunner/writeOut()`` first.
///
/// A statement of many rows costs a fraction of as many statements where each of them is a message to a server.
struct UnwrittenRows {
    /// Rows of one statement.
    static let rowsMax = 500

    private(set) var batches: [(shape: RowShape, rows: [[SQLValue]])] = []
    /// By row of the space. Nobody else takes one before the end of the transaction.
    private(set) var changeNumbers: [Int64: (last: Int64, isWritten: Bool)] = [:]

    /// - Returns: whether there are so many that they are to be written.
    mutating func add(_ row: [SQLValue], _ shape: RowShape) -> Bool {
        guard let index = batches.firstIndex(where: { $0.shape.table == shape.table }) else {
            batches.append((shape, [row]))
            return false
        }
        batches[index].rows.append(row)
        return batches[index].rows.count >= UnwrittenRows.rowsMax
    }

    /// The change number after the last one of the space; nil when this transaction knows of none.
    mutating func nextChangeNumber(of space: Int64) -> Int64? {
        guard let last = changeNumbers[space]?.last else { return nil }
        changeNumbers[space] = (last + 1, false)
        return last + 1
    }

    /// Learns the last change number of a space, as the database has it.
    mutating func note(changeNumber: Int64, of space: Int64) { changeNumbers[space] = (changeNumber, true) }

    mutating func takeBatches() -> [(shape: RowShape, rows: [[SQLValue]])] {
        defer { batches = [] }
        return batches
    }

    /// Change numbers that the database does not have, which has them from here on.
    mutating func takeChangeNumbers() -> [(space: Int64, last: Int64)] {
        let taken = changeNumbers.filter { !$0.value.isWritten }.map { ($0.key, $0.value.last) }
        for (space, last) in taken { changeNumbers[space] = (last, true) }
        return taken
    }
}

/// Columns of a table that rows are inserted with.
struct RowShape: Sendable {
    let table: String
    let types: [SQLColumnType]
    private let names: String
    /// Inserts one row.
    let statement: String

    init(_ table: String, _ columns: [(name: String, type: SQLColumnType)]) {
        self.table = table
        types = columns.map(\.type)
        names = columns.map(\.name).joined(separator: ", ")
        let values = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        statement = "INSERT INTO \(table) (\(names)) VALUES (\(values))"
    }

    /// Inserts what a query yields.
    func statement(from query: String) -> String { "INSERT INTO \(table) (\(names)) \(query)" }
}

extension SQLRunner {
    /// Adds a row: at once, or together with others where the database takes many as fast as one.
    func insert(_ row: [SQLValue], _ shape: RowShape) throws(ErrandError) {
        if concurrency == nil { return try send(shape.statement, row) }
        if unwritten.add(row, shape) { try writeOut() }
    }

    /// Sends what waits. To be called before anybody reads tables that rows are inserted into by ``insert(_:_:)``, or
    /// the counters of spaces.
    func writeOut() throws(ErrandError) {
        try writeChangeNumbers()
        for (shape, rows) in unwritten.takeBatches() {
            if let query = rows.count > 1 ? dialect.rows(of: shape.types) : nil {
                try send(shape.statement(from: query), columns(of: rows, shape.types))
            } else {
                for row in rows { try send(shape.statement, row) }
            }
        }
    }

    /// The part of ``writeOut()`` that the counters of spaces need.
    func writeChangeNumbers() throws(ErrandError) {
        for (space, last) in unwritten.takeChangeNumbers() {
            try send("UPDATE counters SET change_number = $2 WHERE space = $1", [.integer(space), .integer(last)])
        }
    }

    private func columns(of rows: [[SQLValue]], _ types: [SQLColumnType]) -> [SQLValue] {
        types.enumerated().map { index, type in
            switch type {
            case .integer:
                .integers(rows.map { if case .integer(let number) = $0[index] { number } else { nil } })
            case .text:
                .texts(rows.map { if case .text(let text) = $0[index] { text } else { nil } })
            }
        }
    }
}
