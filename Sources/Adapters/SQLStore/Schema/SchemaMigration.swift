/// Brings a database to the schema of this program.
enum SchemaMigration {
    enum Outcome: Sendable {
        case current
        /// The database was made by a later program; it is left as it is.
        case newer(version: Int, known: Int)
        /// A copy into this database did not end.
        case unfinished
        /// Steps are missing.
        case older(version: Int, known: Int)
    }

    /// The version of a database that is being copied into.
    static let unfinishedCopy = -1

    /// Compares without changing anything.
    static func check(on connection: any SQLConnection, steps: [[String]]) throws(SQLError) -> Outcome {
        let version = try version(on: connection)
        if version == unfinishedCopy { return .unfinished }
        if version == steps.count { return .current }
        return version < steps.count
            ? .older(version: version, known: steps.count) : .newer(version: version, known: steps.count)
    }

    /// Takes the steps that are missing, all of them in the caller's transaction: one that is interrupted leaves the
    /// database as it was. Meanwhile no other process does the same.
    static func run(
        on connection: any SQLConnection, dialect: any SQLDialect
    ) throws(SQLError) -> Outcome {
        let steps = dialect.migrations
        if let lock = dialect.concurrency?.migrationLock { try connection.query(lock, []) { (_) throws(SQLError) in } }
        try connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", [])
        let version = try version(on: connection)
        if version == unfinishedCopy { return .unfinished }
        if version > steps.count { return .newer(version: version, known: steps.count) }
        guard version < steps.count else { return .current }
        for statement in steps[version...].joined() {
            if statement == LetterFill.statement {
                try LetterFill.run(on: connection, dialect)
            } else {
                try connection.execute(statement, [])
            }
        }
        try connection.execute("DELETE FROM schema_version", [])
        try connection.execute("INSERT INTO schema_version (version) VALUES ($1)", [.count(steps.count)])
        return .current
    }

    private static func version(on connection: any SQLConnection) throws(SQLError) -> Int {
        var version = 0
        try connection.query("SELECT version FROM schema_version", []) { row throws(SQLError) in
            version = try row.count()
        }
        return version
    }
}
