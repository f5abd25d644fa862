import CivilTime
import ErrandCore
import Foundation

/// What a list has to show, worked out on plain values in the most obvious way.
struct TaskOracle {
    let matches: [TodoTask]
    private let search: SearchQuery?

    init(tasks: [TodoTask], filter: TaskFilter) {
        search = filter.search
        matches = tasks.filter { TaskOracle.passes($0, filter) }
    }

    func sorted(by order: TaskOrder) -> [TodoTask] {
        if order.key == .relevance, let search {
            return matches.sorted { left, right in
                let tiers = (TaskOracle.tier(of: left, search), TaskOracle.tier(of: right, search))
                return tiers.0 == tiers.1 ? left.number > right.number : tiers.0 < tiers.1
            }
        }
        return matches.sorted { left, right in
            switch (order.key, left.dueSpan?.start, right.dueSpan?.start) {
            case (.dueDate, nil, _?): return false
            case (.dueDate, _?, nil): return true
            default: break
            }
            switch (order.key, left.position, right.position) {
            case (.manual, nil, _?): return false
            case (.manual, _?, nil): return true
            default: break
            }
            let keys = (TaskOracle.key(left, order.key), TaskOracle.key(right, order.key))
            if keys.0 == keys.1 { return order.isAscending ? left.id < right.id : left.id > right.id }
            return order.isAscending == keys.0.lexicographicallyPrecedes(keys.1)
        }
    }

    private static func key(_ task: TodoTask, _ key: TaskOrder.Key) -> [Int64] {
        switch key {
        case .dueDate: [task.dueSpan?.start.milliseconds ?? 0]
        case .priority: [Int64(task.priority.rawValue)]
        case .title: CollationKey.key(of: task.title).utf8.map { Int64($0) }
        case .manual: task.position?.description.utf8.map { Int64($0) } ?? []
        case .createdAt, .relevance: [task.createdAt.milliseconds]
        case .updatedAt: [task.updatedAt.milliseconds]
        case .completed: task.completedAt.map { [1, $0.milliseconds] } ?? [0]
        }
    }

    private static func passes(_ task: TodoTask, _ filter: TaskFilter) -> Bool {
        if task.isInTrash != filter.inTrash { return false }
        if filter.status == .pending && task.isCompleted || filter.status == .completed && !task.isCompleted {
            return false
        }
        if !filter.priorities.isEmpty, !filter.priorities.contains(task.priority) { return false }
        let carried = filter.tagKeys.filter { key in task.tags.contains { $0.key == key } }
        if filter.anyTag ? carried.isEmpty && !filter.tagKeys.isEmpty : carried.count < filter.tagKeys.count {
            return false
        }
        for condition in filter.due where !passes(task, condition) { return false }
        guard let search = filter.search else { return true }
        if search.isEmpty { return false }
        return search.required.allSatisfy { holds(words(of: task), $0) }
            && !search.excluded.contains { holds(words(of: task), $0) }
    }

    private static func passes(_ task: TodoTask, _ condition: TaskFilter.DueCondition) -> Bool {
        switch condition {
        case .overdue(let instant): !task.isCompleted && task.dueSpan.map { $0.overdue <= instant } ?? false
        case .within(let from, let to):
            task.dueSpan.map { ($0.start >= from ?? $0.start) && (to == nil || $0.start < to ?? $0.start) } ?? false
        case .none: task.dueSpan == nil
        }
    }

    // MARK: - Search

    private static func tier(of task: TodoTask, _ search: SearchQuery) -> Int {
        guard let last = search.required.last else { return 0 }
        let title = words(in: task.title)
        let opening = words(in: search.required.map(\.text).joined(separator: " "))
        if follows(opening, title[...], isPrefix: last.matchesPrefix) { return 0 }
        return search.required.allSatisfy { holds([title], $0) } ? 1 : 2
    }

    private static func words(of task: TodoTask) -> [[String]] {
        [words(in: task.title), words(in: task.description), task.tags.flatMap { words(in: $0.name) }]
    }

    private static func holds(_ fields: [[String]], _ term: SearchQuery.Term) -> Bool {
        let wanted = words(in: term.text)
        return fields.contains { field in
            field.indices.contains { follows(wanted, field[$0...], isPrefix: term.matchesPrefix) }
        }
    }

    /// Whether `text` begins with `wanted`, the last word of which may be cut short.
    private static func follows(_ wanted: [String], _ text: ArraySlice<String>, isPrefix: Bool) -> Bool {
        guard let last = wanted.last, text.count >= wanted.count else { return false }
        let begin = text.prefix(wanted.count)
        guard begin.dropLast().elementsEqual(wanted.dropLast()) else { return false }
        return isPrefix ? begin.last?.hasPrefix(last) == true : begin.last == last
    }

    private static func words(in text: String) -> [String] {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        return folded.unicodeScalars.split { !isSearchable($0) }.map {
            String(String.UnicodeScalarView($0))
        }
    }

    /// Letters, digits and symbols such as emoji are indexed; punctuation separates words.
    private static func isSearchable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .otherSymbol, .privateUse:
            true
        default: false
        }
    }
}
