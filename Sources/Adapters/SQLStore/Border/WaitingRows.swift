/// Rows that a transaction has added, and that a driver has not sent to the database yet, since a statement of many
/// rows costs a fraction of as many statements.
///
/// Rows of some tables wait until the commit, or until somebody asks for them by ``SQLConnection/writeOut()``; those of
/// others only while statements pass that look at nothing of what waits, see ``RowShape/Patience``.
public struct WaitingRows: Sendable {
    /// Rows of one statement.
    static let rowsMax = 500

    private var batches: [(shape: RowShape, rows: [[SQLValue]])] = []
    /// Whether rows wait that the next statement may look at.
    public private(set) var hasVisible = false

    public init() {}

    /// - Returns: whether there are so many that they are to be written.
    public mutating func add(_ row: [SQLValue], _ shape: RowShape) -> Bool {
        if shape.patience == .untilSeen { hasVisible = true }
        guard let index = batches.firstIndex(where: { $0.shape.table == shape.table }) else {
            batches.append((shape, [row]))
            return false
        }
        batches[index].rows.append(row)
        return batches[index].rows.count >= WaitingRows.rowsMax
    }

    /// Takes the rows off as statements with their arguments: rows that others refer to come first, as they came.
    ///
    /// - Parameter all: false to leave those that wait until they are asked for.
    public mutating func take(
        all: Bool, _ dialect: any SQLDialect
    ) -> [(sql: String, arguments: [SQLValue])] {
        let wanted = batches.filter { all || $0.shape.patience == .untilSeen }
        // Which table came first says nothing: a task that made its table's rows too many is followed by its tags.
        let taken = wanted.filter(\.shape.isReferredTo) + wanted.filter { !$0.shape.isReferredTo }
        batches.removeAll { all || $0.shape.patience == .untilSeen }
        hasVisible = false
        return taken.flatMap { $0.shape.insertions(of: $0.rows, dialect) }
    }
}

/// Columns of a table that rows are inserted with.
public struct RowShape: Sendable {
    /// How long rows wait for others of their table.
    public enum Patience: Sendable {
        /// Until a statement that may look at them, which is each that does not say otherwise.
        case untilSeen
        /// Until the commit: whoever looks at the table has what waits written before.
        case untilAsked
    }

    let table: String
    let patience: Patience
    /// Whether rows of other shapes refer to its rows, which are written before them.
    let isReferredTo: Bool
    private let columns: [Column]
    /// Inserts one row.
    public let statement: String

    /// - Parameter columns: with their types, and what the database makes of a text where it is not one.
    init(_ table: String, _ patience: Patience, isReferredTo: Bool = false, _ columns: [Column]) {
        self.table = table
        self.patience = patience
        self.isReferredTo = isReferredTo
        self.columns = columns
        let values = columns.indices.map { columns[$0].value("$\($0 + 1)") }
        statement = "INSERT INTO \(table) (\(RowShape.names(columns))) VALUES (\(values.joined(separator: ", ")))"
    }

    private static func names(_ columns: [Column]) -> String { columns.map(\.name).joined(separator: ", ") }

    /// A column, and how a row says what is in it.
    struct Column: Sendable {
        let name: String
        let type: SQLColumnType
        /// What the database makes of a text; nil for the text itself.
        var cast: String?

        func value(_ expression: String) -> String { cast.map { "CAST(\(expression) AS \($0))" } ?? expression }
    }

    fileprivate func insertions(
        of rows: [[SQLValue]], _ dialect: any SQLDialect
    ) -> [(sql: String, arguments: [SQLValue])] {
        guard rows.count > 1, let query = dialect.rows(of: columns.map(\.type)) else {
            return rows.map { (statement, $0) }
        }
        return [(statement(from: query), arrays(of: rows))]
    }

    /// Inserts what a query yields.
    private func statement(from query: String) -> String {
        let insertion = "INSERT INTO \(table) (\(RowShape.names(columns)))"
        guard columns.contains(where: { $0.cast != nil }) else { return "\(insertion) \(query)" }
        let values = columns.map { $0.value("r.\($0.name)") }.joined(separator: ", ")
        return "\(insertion) SELECT \(values) FROM (\(query)) AS r (\(RowShape.names(columns)))"
    }

    private func arrays(of rows: [[SQLValue]]) -> [SQLValue] {
        columns.enumerated().map { index, column in
            switch column.type {
            case .integer:
                .integers(rows.map { if case .integer(let number) = $0[index] { number } else { nil } })
            case .text:
                .texts(rows.map { if case .text(let text) = $0[index] { text } else { nil } })
            }
        }
    }
}
