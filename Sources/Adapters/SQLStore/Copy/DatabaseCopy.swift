import ErrandCore

/// Copies everything that one database holds into another, empty one: ids, numbers, history and hashes stay as they
/// are. For installations that have outgrown their file.
///
/// Nobody may write to either meanwhile. Until the copy is complete, no server accepts the target.
public struct DatabaseCopy: Sendable {
    /// Rows read and written at a time.
    private static let batchSize = 500

    public enum CopyError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The target holds something already.
        case targetInUse
        /// The target has another number of rows in a table than the source.
        case incomplete(table: String, copied: Int64, rows: Int64)
        /// A statement failed; the reporter was told why.
        case failed(table: String)
        case open(SQLStore.OpenError)

        public var description: String {
            switch self {
            case .targetInUse:
                "The target is not empty. If an earlier copy did not end, make it empty and start again."
            case .incomplete(let table, let copied, let rows):
                "The table \(table) has \(rows) rows, of which \(copied) arrived. Is a server still running?"
            case .failed(let table): "The table \(table) could not be copied."
            case .open(let error): error.description
            }
        }
    }

    private let source: any SQLDatabase
    private let target: any SQLDatabase
    private let report: @Sendable (SQLError) -> Void

    /// - Parameter report: is told every failure of a statement, with its SQL and without its arguments.
    public init(
        from source: any SQLDatabase, to target: any SQLDatabase, report: @escaping @Sendable (SQLError) -> Void
    ) {
        self.source = source
        self.target = target
        self.report = report
    }

    /// Copies table after table.
    ///
    /// - Parameter progress: is told when a table is complete, and how many rows it has.
    public func run(_ progress: (_ table: String, _ rows: Int64) -> Void) async throws(CopyError) {
        do throws(SQLStore.OpenError) {
            // Every event has its place in the log before it is copied.
            try await SQLStore.open(over: source, migrates: false, report: report).settleLog()
            _ = try await SQLStore.open(over: target, report: report)
        } catch {
            throw .open(error)
        }
        guard try await count("users", in: target) == 0 else { throw .targetInUse }
        try await mark(version: SchemaMigration.unfinishedCopy)
        for table in CopiedTable.all {
            try await copy(table)
            let (rows, copied) = (try await count(table.name, in: source), try await count(table.name, in: target))
            guard rows == copied else { throw .incomplete(table: table.name, copied: copied, rows: rows) }
            progress(table.name, rows)
        }
        try await mark(version: target.dialect.migrations.count)
    }

    private func copy(_ table: CopiedTable) async throws(CopyError) {
        var last: [SQLValue]?
        let dialect = target.dialect
        while true {
            let after = last
            let rows = try await perform(table.name, on: source, isWriting: false) { connection throws(SQLError) in
                var rows: [[SQLValue]] = []
                let arguments = (after ?? []) + [.count(DatabaseCopy.batchSize)]
                try connection.query(table.selection(isFirst: after == nil), arguments) { row throws(SQLError) in
                    rows.append(row.values)
                }
                return rows
            }
            guard let end = rows.last else { break }
            last = table.key(of: end)
            try await perform(table.name, on: target, isWriting: true) { connection throws(SQLError) in
                for row in rows {
                    try connection.execute(table.insertion, row)
                    if table.name == "tasks" { try DatabaseCopy.index(row, table, dialect, connection) }
                }
            }
        }
        guard table.isCounted, let restart = dialect.countingOn(table.name, table.key[0]) else { return }
        try await perform(table.name, on: target, isWriting: true) { connection throws(SQLError) in
            try connection.query(restart, []) { (_) throws(SQLError) in }
        }
    }

    /// What the store does for a task that it inserts, where the database does not by itself.
    private static func index(
        _ row: [SQLValue], _ table: CopiedTable, _ dialect: any SQLDialect, _ connection: any SQLConnection
    ) throws(SQLError) {
        func column(_ name: String) -> SQLValue { table.columns.firstIndex(of: name).map { row[$0] } ?? .null }
        guard case .text(let title) = column("title"), case .text(let description) = column("description"),
            case .text(let tags) = column("tags"), case .integer(let space) = column("space"),
            let document = dialect.searchDocument(title: title, description: description, tags: tags, space: space)
        else { return }
        try connection.execute(SQLTaskTable.indexing, [column("row_id"), .text(document)])
    }

    private func count(_ table: String, in database: any SQLDatabase) async throws(CopyError) -> Int64 {
        try await perform(table, on: database, isWriting: false) { connection throws(SQLError) in
            var count: Int64 = 0
            try connection.query("SELECT count(*) FROM \(table)", []) { row throws(SQLError) in
                count = try row.integer()
            }
            return count
        }
    }

    private func mark(version: Int) async throws(CopyError) {
        try await perform("schema_version", on: target, isWriting: true) { connection throws(SQLError) in
            try connection.execute("UPDATE schema_version SET version = $1", [.count(version)])
        }
    }

    @discardableResult
    private func perform<Result: Sendable>(
        _ table: String, on database: any SQLDatabase, isWriting: Bool,
        _ body: @escaping @Sendable (any SQLConnection) throws(SQLError) -> Result
    ) async throws(CopyError) -> Result {
        let report = report
        let reporting: @Sendable (any SQLConnection) throws(ErrandError) -> Result = {
            connection throws(ErrandError) in
            do throws(SQLError) {
                return try body(connection)
            } catch {
                report(error)
                throw .unavailable
            }
        }
        do throws(ErrandError) {
            return isWriting ? try await database.write(reporting) : try await database.read(reporting)
        } catch {
            throw .failed(table: table)
        }
    }
}
