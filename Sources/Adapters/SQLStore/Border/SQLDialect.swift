public import ErrandCore

/// The few things that databases spell differently. Everything else in this module is one text for all.
public protocol SQLDialect: Sendable {
    /// The schema, step by step; append-only. The version of a database is how many steps it has taken.
    var migrations: [[String]] { get }

    /// What several writers at a time need; nil where there is one.
    var concurrency: SQLConcurrency? { get }

    /// After a table name: read it along this index. Empty where the planner is to be trusted.
    func scanning(_ index: String) -> String

    /// After a table name: look rows up by row id, don't read along an index.
    var lookingUp: String { get }

    /// The column that tells where a row lies, in every table that keeps its rows apart from its key. It holds until
    /// the end of the statement.
    var rowAddress: String { get }

    /// A subquery that yields the strings of the JSON array `parameter`.
    func strings(in parameter: String) -> String

    /// A query that yields rows whose columns are arrays `$1`, `$2` …, one for each of `columns`, in their order; nil
    /// where rows are inserted one by one as fast.
    func rows(of columns: [SQLColumnType]) -> String?

    /// Makes the database count a column on from its highest value; nil where it does by itself.
    func countingOn(_ table: String, _ column: String) -> String?

    /// How rows are held against a subquery of row ids, such as those of a tag or a search.
    var sets: SQLSets { get }

    /// A subquery that yields the `row_id` of the tasks within a range of row ids that match a search expression.
    /// Where `first` and `last` are one column, it looks at this row alone.
    func matches(_ expression: String, from first: String, through last: String) -> String

    /// The search in the database's own language; nil when nothing can match.
    func expressions(for query: SearchQuery, space: Int64) -> SearchExpressions?

    /// What the search index keeps of a task's texts; nil where the database makes it from the row by itself.
    func searchDocument(title: String, description: String, tags: String, space: Int64) -> String?
}

/// What a database with several writers at a time has to be told so that it behaves like one with a single writer.
///
/// Its events come into the table `arrivals` first, see ``LogOrder``.
public struct SQLConcurrency: Hashable, Sendable {
    /// Taken first in a transaction that changes the schema, until its end.
    public let migrationLock: String
    /// Taken by whoever gives committed events their places in the log, until the end of the transaction: so that
    /// events become visible in the order of their places.
    public let logLock: String
    /// Said before that by a transaction that does nothing else: it waits for others a second at most, ends soon if
    /// its process stands still, and needs not be durable, since events that lose their places get others.
    public let logTurn: String
    /// The first transaction that a statement sees at work, as an expression. Transactions are numbered as they begin
    /// to write.
    public let firstAtWork: String
    /// The number of this transaction, as an expression.
    public let transaction: String
    /// After a SELECT: nobody else changes its rows of this table until the end of the transaction.
    public let rowLock: String
    /// Taken to look at the signing keys and change them, until the end of the transaction.
    public let keyLock: String
    /// Taken to write the audit log of user `$1`, until the end of the transaction.
    public let auditLock: String
    /// Tells every process of `$1` when the transaction commits.
    public let announcement: String

    public init(
        migrationLock: String, logLock: String, logTurn: String, firstAtWork: String,
        transaction: String, rowLock: String, keyLock: String, auditLock: String, announcement: String
    ) {
        self.migrationLock = migrationLock
        self.logLock = logLock
        self.logTurn = logTurn
        self.firstAtWork = firstAtWork
        self.transaction = transaction
        self.rowLock = rowLock
        self.keyLock = keyLock
        self.auditLock = auditLock
        self.announcement = announcement
    }
}

/// What other processes are told of when it was committed, by its name.
public enum StoreNews: String, CaseIterable, Sendable {
    /// There are new events.
    case events
    /// Another reminder may be the next.
    case reminders
    /// There is something to be delivered.
    case deliveries
}

/// What a column of rows holds that are inserted together.
public enum SQLColumnType: Sendable {
    case integer, text
}

/// Two ways to hold rows against a set.
public enum SQLSets: Sendable {
    /// `IN` a subquery. The planner follows a sign before the column, which keeps it from looking rows up by it.
    case hinted
    /// Looks rows up by an array, and tests them one by one with a subquery about the row: each is read as it is
    /// written, whatever the planner thinks.
    case spelledOut
}

/// A ``SearchQuery`` in a database's own query language. Expressions are arguments, never part of SQL.
public struct SearchExpressions: Hashable, Sendable {
    /// Tasks that hold every required term; nil when only excluded terms were given.
    public let required: String?
    /// Tasks that hold one of the excluded terms.
    public let excluded: String?
    /// ``required`` cut into disjoint parts, the best matches first.
    public let tiers: [Tier]

    /// A part of what is found.
    public struct Tier: Hashable, Sendable {
        /// Without what the parts before it find.
        public let rest: String
        /// With that: shorter, and the same where those have found nothing.
        public let whole: String
    }

    public init(required: String?, excluded: String?, tiers: [Tier]) {
        self.required = required
        self.excluded = excluded
        self.tiers = tiers
    }
}
