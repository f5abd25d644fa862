import CivilTime
import ErrandCore

/// A filter expression as SQL about a table `t` of tasks. Every part is true or false, never NULL, so that NOT
/// means what people mean by it.
struct ExpressionConditions {
    let conditions: TaskConditions

    func sql(_ expression: TaskFilter.Expression, _ text: inout SQLText) -> String {
        switch expression {
        case .all(let parts): joined(parts, " AND ", &text)
        case .any(let parts): joined(parts, " OR ", &text)
        case .not(let inner): "NOT \(sql(inner, &text))"
        case .tag(let key): "(\(RowSet.tagged([key]).condition(for: .test, conditions, &text)))"
        case .untagged: "(t.tags = '[]')"
        case .priority(let priority): "(t.priority = \(text.bind(.count(priority.rawValue))))"
        case .due(let from, let to): within("t.due_at", from, to, &text)
        case .noDue: "(t.due_at IS NULL)"
        case .overdue(let instant):
            "(t.completed_at IS NULL AND t.overdue_at IS NOT NULL AND t.overdue_at <= \(text.bind(.instant(instant))))"
        case .recurring: "(t.recurs = 1)"
        case .completed: "(t.completed_at IS NOT NULL)"
        case .reminders: "(t.reminders <> '[]')"
        case .search(let query): matching(query, &text)
        case .created(let from, let to): within("t.created_at", from, to, &text)
        }
    }

    private func joined(_ parts: [TaskFilter.Expression], _ sign: String, _ text: inout SQLText) -> String {
        var pieces: [String] = []
        for part in parts { pieces.append(sql(part, &text)) }
        return "(\(pieces.joined(separator: sign)))"
    }

    private func within(_ column: String, _ from: Instant?, _ to: Instant?, _ text: inout SQLText) -> String {
        var pieces = ["\(column) IS NOT NULL"]
        if let from { pieces.append("\(column) >= \(text.bind(.instant(from)))") }
        if let to { pieces.append("\(column) < \(text.bind(.instant(to)))") }
        return "(\(pieces.joined(separator: " AND ")))"
    }

    private func matching(_ query: SearchQuery, _ text: inout SQLText) -> String {
        guard let search = conditions.dialect.expressions(for: query, space: conditions.spaceRow) else {
            return "(0 = 1)"
        }
        var pieces: [String] = []
        if let required = search.required {
            pieces.append(RowSet.matching(required).condition(for: .test, conditions, &text))
        }
        if let excluded = search.excluded {
            pieces.append(RowSet.notMatching(excluded).condition(for: .test, conditions, &text))
        }
        return "(\(pieces.joined(separator: " AND ")))"
    }
}
