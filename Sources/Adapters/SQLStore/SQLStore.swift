public import ErrandCore

/// ``Store`` over any SQL database that a driver opens.
public struct SQLStore: Store {
    /// Why a database cannot be used.
    public enum OpenError: Error, Hashable, Sendable, CustomStringConvertible {
        /// A later version of the program made this database.
        case newerSchema(version: Int, known: Int)
        /// An earlier version of the program made this database, and it was not to be changed.
        case olderSchema(version: Int, known: Int)
        /// A copy into this database did not end, so that part of it is missing.
        case unfinishedCopy
        /// The schema could not be brought up to date; the reporter was told why.
        case migrationFailed

        public var description: String {
            switch self {
            case .newerSchema(let version, let known):
                "The database has schema version \(version), but this program knows only \(known). "
                    + "Run the version of the program that wrote it, or a later one."
            case .olderSchema(let version, let known):
                "The database has schema version \(version), this program has \(known). "
                    + "Run `errand serve` on it once."
            case .unfinishedCopy:
                "A copy into this database did not end. Make it empty and copy again."
            case .migrationFailed: "The schema of the database could not be brought up to date."
            }
        }
    }

    private let database: any SQLDatabase
    private let report: @Sendable (SQLError) -> Void
    private let onCommit: @Sendable (Set<StoreNews>) -> Void
    private let order: LogOrder

    /// Brings the schema up to date and returns the store.
    ///
    /// - Parameters:
    ///   - migrates: false to take the schema as it is, and refuse any other than this program's.
    ///   - report: is told every failure of a statement, with its SQL and without its arguments;
    ///   callers only see ``ErrandError/unavailable``.
    ///   - onCommit: is told what a transaction of this store gave others to do, when it is durable. Where several
    ///   processes share a database, it tells them all itself, this one included.
    public static func open(
        over database: any SQLDatabase, migrates: Bool = true, report: @escaping @Sendable (SQLError) -> Void,
        onCommit: @escaping @Sendable (Set<StoreNews>) -> Void = { _ in }
    ) async throws(OpenError) -> SQLStore {
        let dialect = database.dialect
        let outcome: SchemaMigration.Outcome
        do throws(ErrandError) {
            outcome = try await database.write { (connection) throws(ErrandError) in
                do throws(SQLError) {
                    return try migrates
                        ? SchemaMigration.run(on: connection, dialect: dialect)
                        : SchemaMigration.check(on: connection, steps: dialect.migrations)
                } catch {
                    report(error)
                    throw .unavailable
                }
            }
        } catch {
            throw .migrationFailed
        }
        switch outcome {
        case .current: return SQLStore(database: database, report: report, onCommit: onCommit)
        case .unfinished: throw .unfinishedCopy
        case .newer(let version, let known): throw .newerSchema(version: version, known: known)
        case .older(let version, let known): throw .olderSchema(version: version, known: known)
        }
    }

    private init(
        database: any SQLDatabase, report: @escaping @Sendable (SQLError) -> Void,
        onCommit: @escaping @Sendable (Set<StoreNews>) -> Void
    ) {
        self.database = database
        self.report = report
        self.onCommit = onCommit
        order = LogOrder(of: database, report: report)
    }

    public var commits: Int? { database.commits }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let (dialect, report) = (database.dialect, report)
        return try await database.read { (connection) throws(ErrandError) in
            try body(SQLTransaction(connection: connection, dialect: dialect, isWriting: false, report: report))
        }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let write = writing(body)
        let written = try await database.write { (connection) throws(ErrandError) in try write(connection) }
        return await told(written)
    }

    public func writeShared<Result: Sendable>(
        in space: SpaceID, _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let write = writing(body)
        let written = try await database.writeShared(turn: space.description) { (connection) throws(ErrandError) in
            try write(connection)
        }
        return await told(written)
    }

    /// What a transaction came to, what is to be told of it, and whether its events wait for their places.
    private struct Written<Result: Sendable>: Sendable {
        let result: Result
        let news: Set<StoreNews>
        let hasArrivals: Bool
    }

    private func writing<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) -> @Sendable (any SQLConnection) throws(ErrandError) -> Written<Result> {
        let (dialect, report) = (database.dialect, report)
        return { (connection) throws(ErrandError) in
            let transaction = SQLTransaction(
                connection: connection, dialect: dialect, isWriting: true, report: report
            )
            let result = try body(transaction)
            let (news, hasArrivals) = try transaction.finish()
            return Written(result: result, news: news, hasArrivals: hasArrivals)
        }
    }

    private func told<Result: Sendable>(_ written: Written<Result>) async -> Result {
        if written.hasArrivals { await order.settle() }
        if !written.news.isEmpty { onCommit(written.news) }
        return written.result
    }

    /// Gives events that wait their places in the log: also those of processes that ended between two steps. For a
    /// database with several writers, where somebody has to look now and then.
    public func settleLog() async {
        if database.dialect.concurrency != nil { await order.settleAll() }
    }
}
