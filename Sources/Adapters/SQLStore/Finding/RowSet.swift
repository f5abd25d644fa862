import ErrandCore

/// A part of a filter that comes from another table than the tasks: some of the user's rows.
enum RowSet {
    /// Tasks with one of these tags.
    case tagged([String])
    /// Tasks that a search expression finds.
    case matching(String)
    /// All tasks but those that a search expression finds.
    case notMatching(String)

    /// What a condition is for.
    enum Use {
        /// Rows are looked up from the set.
        case lookUp
        /// Rows come in some order, and the first that pass are wanted.
        case test
        /// All rows that pass are counted.
        case count
    }

    /// A condition on the row of table `t`.
    func condition(for use: Use, _ conditions: TaskConditions, _ text: inout SQLText) -> String {
        let isExcluding = if case .notMatching = self { true } else { false }
        // A tag of one row is found at once; all rows of a tag would have to be put together first.
        let isTags = if case .tagged = self { true } else { false }
        switch (conditions.dialect.sets, use) {
        case (.hinted, .test) where isTags: return test(conditions, &text)
        case (.hinted, .lookUp): return "t.row_id \(isExcluding ? "NOT IN" : "IN") (\(rows(conditions, &text)))"
        case (.hinted, _): return "+t.row_id \(isExcluding ? "NOT IN" : "IN") (\(rows(conditions, &text)))"
        case (.spelledOut, .lookUp) where !isExcluding: return "t.row_id = ANY(ARRAY(\(rows(conditions, &text))))"
        case (.spelledOut, .count): return "t.row_id \(isExcluding ? "NOT IN" : "IN") (\(rows(conditions, &text)))"
        case (.spelledOut, _): return (isExcluding ? "NOT " : "") + test(conditions, &text)
        }
    }

    /// A subquery that yields the rows of the set, or those that it leaves out.
    func rows(_ conditions: TaskConditions, _ text: inout SQLText) -> String {
        switch self {
        case .tagged(let keys): conditions.tagged(keys, &text)
        case .matching(let expression), .notMatching(let expression): conditions.matching(expression, &text)
        }
    }

    /// Whether one row is in the set, or in what it leaves out.
    private func test(_ conditions: TaskConditions, _ text: inout SQLText) -> String {
        switch self {
        case .tagged(let keys): conditions.isTagged(keys, &text)
        case .matching(let expression), .notMatching(let expression):
            conditions.isMatch(expression, &text)
        }
    }
}
