import ErrandCore

/// A part of a filter that comes from another table than the tasks: some of the user's rows.
enum RowSet {
    /// Tasks with one of these tags.
    case tagged([String])
    /// Tasks that a search expression finds.
    case matching(String)
    /// All tasks but those that a search expression finds.
    case notMatching(String)

    /// - Parameter column: the row id to test. A sign before it keeps it from being looked up by.
    func condition(on column: String, _ conditions: TaskConditions, _ text: inout SQLText) -> String {
        switch self {
        case .tagged, .matching: "\(column) IN (\(rows(conditions, &text)))"
        case .notMatching: "\(column) NOT IN (\(rows(conditions, &text)))"
        }
    }

    func rows(_ conditions: TaskConditions, _ text: inout SQLText) -> String {
        switch self {
        case .tagged(let keys): conditions.tagged(keys, &text)
        case .matching(let expression), .notMatching(let expression): conditions.matching(expression, &text)
        }
    }
}
