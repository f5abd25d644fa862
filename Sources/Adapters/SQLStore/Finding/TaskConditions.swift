import CivilTime
import ErrandCore

/// The conditions of a filter as SQL about a table `t` of tasks.
struct TaskConditions {
    let dialect: any SQLDialect
    let filter: TaskFilter
    let spaceRow: Int64

    /// What the values of the row alone decide. All of them are columns of every `tasks_by_…` index.
    func scalar(_ text: inout SQLText) -> [String] {
        var conditions = [filter.inTrash ? "t.deleted_at IS NOT NULL" : "t.deleted_at IS NULL"]
        switch filter.status {
        case .all: break
        case .pending: conditions.append("t.completed_at IS NULL")
        case .completed: conditions.append("t.completed_at IS NOT NULL")
        }
        if !filter.priorities.isEmpty {
            // One text for every choice, so one prepared statement.
            let mask = filter.priorities.reduce(Int64(0)) { $0 | 1 << Int64($1.rawValue) }
            conditions.append("(1 << t.priority) & \(text.bind(.integer(mask))) <> 0")
        }
        for due in filter.due {
            switch due {
            case .overdue(let instant):
                conditions.append("t.completed_at IS NULL")
                conditions.append("t.overdue_at <= \(text.bind(.instant(instant)))")
            case .within(let from, let to):
                conditions.append("t.due_at IS NOT NULL")
                if let from { conditions.append("t.due_at >= \(text.bind(.instant(from)))") }
                if let to { conditions.append("t.due_at < \(text.bind(.instant(to)))") }
            case .none: conditions.append("t.due_at IS NULL")
            }
        }
        if let expression = filter.expression {
            conditions.append(ExpressionConditions(conditions: self).sql(expression, &text))
        }
        return conditions
    }

    /// Whether nothing but the trash is left out.
    var isPlain: Bool {
        filter.status == .all && filter.priorities.isEmpty && filter.due.isEmpty && filter.tagKeys.isEmpty
            && !filter.inTrash && filter.expression == nil
    }

    /// A subquery that yields the `row_id` of every task with the tag, or with one of the tags.
    func tagged(_ keys: [String], _ text: inout SQLText) -> String {
        let space = text.bind(.integer(spaceRow))
        if keys.count == 1 {
            return "SELECT row_id FROM task_tags WHERE space = \(space) AND tag_key = \(text.bind(.text(keys[0])))"
        }
        let list = dialect.strings(in: text.bind(.text(JSONValue(strings: keys).text)))
        return "SELECT row_id FROM task_tags WHERE space = \(space) AND tag_key IN (\(list))"
    }

    /// Whether row `t` has the tag, or one of the tags, as a subquery about this row.
    func isTagged(_ keys: [String], _ text: inout SQLText) -> String {
        let list = keys.map { text.bind(.text($0)) }.joined(separator: ", ")
        let tag = "SELECT 1 FROM task_tags g WHERE g.row_id = t.row_id AND g.tag_key IN (\(list)) LIMIT 1"
        return "((\(tag)) IS NOT NULL)"
    }

    /// Whether the expression finds row `t`, as a subquery about this row.
    func isMatch(_ expression: String, _ text: inout SQLText) -> String {
        let row = dialect.matches(text.bind(.text(expression)), from: "t.row_id", through: "t.row_id")
        return "((\(row)) IS NOT NULL)"
    }

    /// A subquery that yields the `row_id` of every task that the expression finds.
    ///
    /// - Parameter last: only tasks up to this row; nil for all of the user's.
    func matching(_ expression: String, through last: Int64? = nil, _ text: inout SQLText) -> String {
        dialect.matches(
            text.bind(.text(expression)), from: text.bind(.integer(spaceRow << 32 | 1)),
            through: text.bind(.integer(last ?? (spaceRow << 32 | TaskRow.numberMax)))
        )
    }
}
