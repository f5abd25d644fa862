import CivilTime
import TaskLanguage

/// A kind of tasks, as "all overdue ones tagged home" means it.
struct Selection: Hashable {
    var conditions: [FilterExpression] = []
    /// Done on one of these days.
    var doneOn: Range<LocalDate>?
    var wantsDone = false
    /// In the trash.
    var wantsDeleted = false
    /// "all", "everything".
    var hasQuantifier = false
    /// "tasks", "ones".
    var hasNoun = false
    /// Words of titles among the conditions.
    var searches = false

    /// Whether it says which ones.
    var isPlain: Bool { conditions.isEmpty && doneOn == nil && !wantsDone && !wantsDeleted }

    /// - Parameter includesDone: whether done ones count where nothing is said of that.
    func tasks(in finder: TaskFinder, at context: LanguageContext, includesDone: Bool = false) -> [KnownTask] {
        let matcher = SelectionMatcher(finder: finder, context: context)
        let found = finder.tasks.filter { task in
            guard task.isDeleted == wantsDeleted else { return false }
            if let doneOn {
                guard case .completed(let day) = task.status, doneOn.contains(day) else { return false }
            } else if wantsDeleted {
                return conditions.allSatisfy { matcher.holds($0, of: task) }
            } else if wantsDone {
                guard task.isCompleted else { return false }
            } else if task.isCompleted, !includesDone {
                return false
            }
            return conditions.allSatisfy { matcher.holds($0, of: task) }
        }
        return found.sorted { Selection.comesFirst($0, $1) }
    }

    /// By due date; those without come last.
    private static func comesFirst(_ left: KnownTask, _ right: KnownTask) -> Bool {
        switch (left.due, right.due) {
        case (let first?, let second?):
            let (a, b) = (first.date, second.date)
            if a != b { return a < b }
            let (s, t) = (first.time?.secondOfDay ?? 86_400, second.time?.secondOfDay ?? 86_400)
            return s == t ? left.number < right.number : s < t
        case (_?, nil): return true
        case (nil, _?): return false
        case (nil, nil): return left.number < right.number
        }
    }
}

/// Whether filters hold of tasks.
struct SelectionMatcher {
    let finder: TaskFinder
    let context: LanguageContext

    func holds(_ expression: FilterExpression, of task: KnownTask) -> Bool {
        switch expression {
        case .all(let parts): parts.allSatisfy { holds($0, of: task) }
        case .any(let parts): parts.contains { holds($0, of: task) }
        case .not(let part): !holds(part, of: task)
        case .tag(let tag): task.tags.contains { $0.lowercased() == tag.lowercased() }
        case .untagged: task.tags.isEmpty
        case .priority(let priority): task.priority == priority
        case .due(let first, let end): isIn(task.due?.date, first, end)
        case .noDue: task.due == nil
        case .overdue: task.isPending && isPast(task.due)
        case .recurring: task.recurrence != nil
        case .completed: task.isCompleted
        case .reminders: !task.reminders.isEmpty
        case .search(let text):
            finder.find(text.lowercased().split(separator: " ").map(String.init), in: .live).contains(task.number)
        case .created(let first, let end): isIn(task.createdOn, first, end)
        }
    }

    private func isIn(_ day: LocalDate?, _ first: LocalDate?, _ end: LocalDate?) -> Bool {
        guard let day else { return false }
        return first.map { day >= $0 } ?? true && end.map { day < $0 } ?? true
    }

    private func isPast(_ due: ParsedDue?) -> Bool {
        guard let due else { return false }
        guard let time = due.time else { return due.date < context.today }
        let local = LocalDateTime(due.date, time)
        guard let zone = due.zone, let home = context.zone else { return local < context.now }
        return zone.instant(of: local) < home.instant(of: context.now)
    }
}
