import CivilTime
import ErrandCore

/// By which column of a task a list is sorted, and along which index.
struct SortKey {
    /// A stretch of a list in which every task has the key, or none has.
    enum Segment {
        case all, withKey, withoutKey
    }

    let column: String
    let index: String
    /// In the order in which they follow one another.
    let segments: [Segment]
    let isAscending: Bool
    /// Whether the column holds text; the others hold numbers.
    private let isText: Bool

    /// - Returns: nil for relevance, which is no column.
    init?(_ order: TaskOrder) {
        isAscending = order.isAscending
        isText = order.key == .title || order.key == .manual
        switch order.key {
        case .relevance: return nil
        case .dueDate: (column, index, segments) = ("t.due_at", "tasks_by_due", [.withKey, .withoutKey])
        case .priority: (column, index, segments) = ("t.priority", "tasks_by_priority", [.all])
        case .title: (column, index, segments) = ("t.title_key", "tasks_by_title", [.all])
        case .manual: (column, index, segments) = ("t.position_key", "tasks_by_position", [.withKey, .withoutKey])
        case .createdAt: (column, index, segments) = ("t.created_at", "tasks_by_creation", [.all])
        case .updatedAt: (column, index, segments) = ("t.updated_at", "tasks_by_change", [.all])
        case .completed:
            (column, index) = ("t.completed_at", "tasks_by_completion")
            segments = order.isAscending ? [.withoutKey, .withKey] : [.withKey, .withoutKey]
        }
    }

    /// Which segments are still to be read after `position`, the one it lies in first.
    func segments(after position: PagePosition?) -> ArraySlice<Segment> {
        guard segments.count > 1 else { return segments[...] }
        let segment: Segment
        switch position {
        case .number(nil, _): segment = .withoutKey
        case .number, .text: segment = .withKey
        case .match, nil: return segments[...]
        }
        return segments.drop { $0 != segment }
    }

    /// Conditions that a row lies in `segment` and behind `position`.
    func conditions(
        in segment: Segment, after position: PagePosition?, _ text: inout SQLText
    ) throws(ErrandError) -> [String] {
        let comparison = isAscending ? ">" : "<"
        var conditions: [String] = []
        switch segment {
        case .all: break
        case .withKey: conditions.append("\(column) IS NOT NULL")
        case .withoutKey: conditions.append("\(column) IS NULL")
        }
        switch (position, segment) {
        case (nil, _): break
        case (.number(nil, let id), .withoutKey):
            conditions.append("t.id \(comparison) \(text.bind(.id(id)))")
        case (.number(let key?, let id), .all) where !isText, (.number(let key?, let id), .withKey) where !isText:
            let values = "(\(text.bind(.integer(key))), \(text.bind(.id(id))))"
            conditions.append("(\(column), t.id) \(comparison) \(values)")
        case (.text(let key, let id), .all) where isText, (.text(let key, let id), .withKey) where isText:
            let values = "(\(text.bind(.text(key))), \(text.bind(.id(id))))"
            conditions.append("(\(column), t.id) \(comparison) \(values)")
        default: throw .invalidCursor
        }
        return conditions
    }

    func ordering(in segment: Segment) -> String {
        let direction = isAscending ? "ASC" : "DESC"
        return segment == .withoutKey ? "t.id \(direction)" : "\(column) \(direction), t.id \(direction)"
    }
}

extension TaskOrder {
    /// Where `task` stands in this order; see ``SortKey``.
    func position(of task: TodoTask) -> PagePosition {
        switch key {
        case .dueDate: .number(task.dueSpan?.start.milliseconds, task.id)
        case .priority: .number(Int64(task.priority.rawValue), task.id)
        case .title: .text(CollationKey.key(of: task.title), task.id)
        case .manual: task.position.map { .text($0.description, task.id) } ?? .number(nil, task.id)
        case .createdAt, .relevance: .number(task.createdAt.milliseconds, task.id)
        case .updatedAt: .number(task.updatedAt.milliseconds, task.id)
        case .completed: .number(task.completedAt?.milliseconds, task.id)
        }
    }
}
