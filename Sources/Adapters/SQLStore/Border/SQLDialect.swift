public import ErrandCore

/// The few things that databases spell differently. Everything else in this module is one text for all.
public protocol SQLDialect: Sendable {
    /// The schema, step by step; append-only. The version of a database is how many steps it has taken.
    var migrations: [[String]] { get }

    /// After a table name: read it along this index. Empty where the planner is to be trusted.
    func scanning(_ index: String) -> String

    /// After a table name: look rows up by row id, don't read along an index.
    var lookingUp: String { get }

    /// A subquery that yields the strings of the JSON array `parameter`.
    func strings(in parameter: String) -> String

    /// A subquery that yields the `row_id` of the tasks within a range of row ids that match a search expression.
    func matches(_ expression: String, from first: String, through last: String) -> String

    /// The search in the database's own language; nil when nothing can match.
    func expressions(for query: SearchQuery) -> SearchExpressions?
}

/// A ``SearchQuery`` in a database's own query language. Expressions are arguments, never part of SQL.
public struct SearchExpressions: Hashable, Sendable {
    /// Tasks that hold every required term; nil when only excluded terms were given.
    public let required: String?
    /// Tasks that hold one of the excluded terms.
    public let excluded: String?
    /// ``required`` cut into disjoint parts, the best matches first.
    public let tiers: [String]

    public init(required: String?, excluded: String?, tiers: [String]) {
        self.required = required
        self.excluded = excluded
        self.tiers = tiers
    }
}
