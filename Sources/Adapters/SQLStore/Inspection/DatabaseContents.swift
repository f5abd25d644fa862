/// What lies in a database: how many rows each table has, and where each audit log ends. Two databases that say the
/// same hold the same changes.
public struct DatabaseContents: Hashable, Sendable {
    /// The last entry of an audit log, with how many there are.
    public struct LogEnd: Hashable, Sendable {
        public let entries: Int64
        public let sequence: Int64
        /// 64 hexadecimal digits.
        public let hash: String
    }

    /// Steps that the schema has taken.
    public let schemaVersion: Int
    /// Steps that this program knows.
    public let knownVersion: Int
    /// By name of table; empty unless the schema is this program's.
    public let rows: [String: Int64]
    /// By number of space; empty unless the schema is this program's.
    public let logs: [Int64: LogEnd]

    /// Whether the schema is this program's.
    public var isCurrent: Bool { schemaVersion == knownVersion }

    /// Why this program cannot serve the database as it is; nil when it can.
    public var refusal: SQLStore.OpenError? {
        if schemaVersion == SchemaMigration.unfinishedCopy { return .unfinishedCopy }
        if schemaVersion > knownVersion { return .newerSchema(version: schemaVersion, known: knownVersion) }
        if schemaVersion < knownVersion { return .olderSchema(version: schemaVersion, known: knownVersion) }
        return nil
    }

    /// Reads all of it in the caller's transaction; some seconds for millions of rows.
    public static func read(on connection: any SQLConnection, dialect: any SQLDialect) throws(SQLError) -> Self {
        var version = 0
        try connection.query("SELECT version FROM schema_version", []) { row throws(SQLError) in
            version = try row.count()
        }
        let known = dialect.migrations.count
        guard version == known else {
            return DatabaseContents(schemaVersion: version, knownVersion: known, rows: [:], logs: [:])
        }
        var rows: [String: Int64] = [:]
        for table in CopiedTable.all {
            try connection.query("SELECT count(*) FROM \(table.name)", []) { row throws(SQLError) in
                rows[table.name] = try row.integer()
            }
        }
        return DatabaseContents(
            schemaVersion: version, knownVersion: known, rows: rows, logs: try logs(on: connection)
        )
    }

    private static func logs(on connection: any SQLConnection) throws(SQLError) -> [Int64: LogEnd] {
        var logs: [Int64: LogEnd] = [:]
        try connection.query(
            """
            SELECT ends.space, ends.entries, ends.seq, audit_entries.hash FROM (
                SELECT space, count(*) AS entries, max(seq) AS seq FROM audit_entries GROUP BY space
            ) ends JOIN audit_entries ON audit_entries.space = ends.space AND audit_entries.seq = ends.seq
            """, []
        ) { row throws(SQLError) in
            let space = try row.integer()
            logs[space] = LogEnd(
                entries: try row.integer(), sequence: try row.integer(), hash: try row.text()
            )
        }
        return logs
    }
}
