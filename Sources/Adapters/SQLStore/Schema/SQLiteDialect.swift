public import ErrandCore

/// SQLite 3.40 or later, with FTS5 and JSON.
public struct SQLiteDialect: SQLDialect {
    public init() {}

    public var migrations: [[String]] { SQLiteSchema.migrations }

    public var concurrency: SQLConcurrency? { nil }

    /// Statements that make the search entries of new tasks: before the commit, and before they are searched.
    public static let searchEntries = SQLiteSchema.searchEntries

    /// Says whether the schema knows of tasks that wait.
    public static let hasWaitingTasks = "SELECT count(*) FROM sqlite_schema WHERE name = 'unsearched_tasks'"

    /// Whether a statement with arguments adds tasks, which then wait for ``searchEntries``.
    public static func addsTasks(_ sql: String) -> Bool { sql.hasPrefix("INSERT INTO tasks ") }

    /// Whether a statement with arguments searches.
    public static func searches(_ sql: String) -> Bool { sql.contains("task_search") }

    public func scanning(_ index: String) -> String { "INDEXED BY \(index)" }

    public var lookingUp: String { "NOT INDEXED" }

    public var rowAddress: String { "rowid" }

    public func strings(in parameter: String) -> String { "SELECT value FROM json_each(\(parameter))" }

    public func rows(of columns: [SQLColumnType]) -> String? { nil }

    public func countingOn(_ table: String, _ column: String) -> String? { nil }

    public var sets: SQLSets { .hinted }

    public func matches(_ expression: String, from first: String, through last: String) -> String {
        """
        SELECT rowid AS row_id FROM task_search
        WHERE task_search MATCH \(expression) AND rowid BETWEEN \(first) AND \(last)
        """
    }

    /// Triggers keep the index, but for new tasks, see ``searchEntries``.
    public func searchDocument(title: String, description: String, tags: String, space: Int64) -> String? { nil }

    /// Expressions of FTS5 over ``SpaceWords``.
    ///
    /// Tier 0: the title begins with the words, in order. Tier 1: all of them are in the title. Tier 2: the rest.
    ///
    /// Excluded terms are an expression of their own, as there may be no others.
    public func expressions(for query: SearchQuery, space: Int64) -> SearchExpressions? {
        guard !query.isEmpty else { return nil }
        let words = SpaceWords(space: space)
        func all(_ terms: [SearchQuery.Term]) -> [String] { terms.map { words.expression(for: $0.phrase) } }
        let excluded = all(query.excluded).joined(separator: " OR ")
        guard !query.required.isEmpty else {
            return SearchExpressions(required: nil, excluded: excluded, tiers: [])
        }
        let required = all(query.required).joined(separator: " AND ")
        let inTitle = "title : (\(required))"
        let opening = words.opening(query.opening)
        return SearchExpressions(
            required: required,
            excluded: query.excluded.isEmpty ? nil : excluded,
            tiers: [
                SearchExpressions.Tier(rest: opening, whole: opening),
                SearchExpressions.Tier(rest: "(\(inTitle)) NOT (\(opening))", whole: inTitle),
                SearchExpressions.Tier(rest: "(\(required)) NOT (\(inTitle))", whole: required),
            ]
        )
    }
}
