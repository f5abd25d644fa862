import CivilTime
import TaskLanguage

/// A list as a person asks for it, checked but not yet placed on the time line.
public struct TaskQuery: Hashable, Sendable {
    public enum DueWord: String, Sendable {
        case overdue, today, week, none
    }

    public var search: String?
    public var status: TaskFilter.Status = .all
    public var priorities: Set<Priority> = []
    public var tags: [Tag] = []
    public var anyTag = false
    public var due: DueWord?
    public var dueFrom: TimeBound?
    public var dueTo: TimeBound?
    public var sort: TaskOrder.Key?
    public var isAscending: Bool?
    public var limit = Limits.pageSizeDefault
    public var cursor: String?
    public var wantsCount = false
    public var inTrash = false
    /// A filter expression, not yet read: its words depend on the user.
    public var expression: String?

    public init() {}

    var order: TaskOrder {
        let key = sort ?? (searchText == nil ? .createdAt : .relevance)
        // Relevance without a search has nothing to rank by.
        let usable = key == .relevance && searchText == nil ? .createdAt : key
        return TaskOrder(key: usable, isAscending: isAscending ?? usable.isAscendingByDefault)
    }

    private var searchText: String? {
        guard let search, search.contains(where: { !$0.isWhitespace }) else { return nil }
        return search
    }

    /// The filter for a user with these settings at `now`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` when the filter expression is not understood.
    func filter(for settings: UserSettings, now: Instant) throws(ErrandError) -> TaskFilter {
        var conditions: [TaskFilter.DueCondition] = []
        let today = settings.today(at: now)
        func start(of date: LocalDate) -> Instant { settings.zone.instant(of: date, at: .midnight) }
        switch due {
        case .overdue: conditions.append(.overdue(asOf: now))
        case .today: conditions.append(.within(from: start(of: today), to: start(of: today.adding(days: 1))))
        case .week:
            let monday = today.startOfWeek(beginningOn: settings.weekStart)
            conditions.append(.within(from: start(of: monday), to: start(of: monday.adding(days: 7))))
        case TaskQuery.DueWord.none?: conditions.append(.none)
        case nil: break
        }
        if dueFrom != nil || dueTo != nil {
            conditions.append(.within(from: dueFrom?.start(in: settings.zone), to: dueTo?.end(in: settings.zone)))
        }
        return TaskFilter(
            search: searchText.map(SearchQuery.init), status: status, priorities: priorities,
            tagKeys: tags.withoutRepeats.map(\.key), anyTag: anyTag, due: conditions, inTrash: inTrash,
            expression: try readExpression(settings, now)
        )
    }

    private func readExpression(
        _ settings: UserSettings, _ now: Instant
    ) throws(ErrandError) -> TaskFilter.Expression? {
        guard let expression, expression.contains(where: { !$0.isWhitespace }) else { return nil }
        do throws(FilterSyntaxError) {
            let parsed = try FilterExpression(expression, in: settings.language(at: now))
            return TaskFilter.Expression(parsed, settings, now: now)
        } catch {
            throw .invalid([
                FieldProblem(
                    place: .parameter("filter"), code: .invalidValue,
                    detail: error.detail
                )
            ])
        }
    }

    /// Whether the user's settings, and the day that it is for them, say what the query means.
    var isPlacedByUser: Bool { due != nil || dueFrom != nil || dueTo != nil || expression != nil }

    /// Tells this query apart from others, whatever its limit and page.
    var fingerprint: String {
        ListCursor.fingerprint(of: [
            search ?? "", status.rawValue, priorities.map(\.rawValue).sorted().description,
            tags.map(\.key).joined(separator: ","), "\(anyTag)", due?.rawValue ?? "", "\(String(describing: dueFrom))",
            "\(String(describing: dueTo))", order.key.rawValue, "\(order.isAscending)", "\(inTrash)", expression ?? "",
        ])
    }
}

extension FilterSyntaxError {
    /// For a person: where, and what was expected there.
    var detail: String { "At position \(offset): expected \(expected)." }
}
