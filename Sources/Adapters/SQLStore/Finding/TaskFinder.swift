import CivilTime
import ErrandCore

/// Lists and counts the tasks of one user that pass a filter.
struct TaskFinder {
    private let runner: SQLRunner
    private let filter: TaskFilter
    private let owner: UserID
    private let ownerRow: Int64
    private let conditions: TaskConditions
    /// Nil where the filter has no search.
    private let search: SearchExpressions?

    init(runner: SQLRunner, filter: TaskFilter, owner: UserID, ownerRow: Int64) {
        self.runner = runner
        self.filter = filter
        self.owner = owner
        self.ownerRow = ownerRow
        conditions = TaskConditions(dialect: runner.dialect, filter: filter, ownerRow: ownerRow)
        search = filter.search.flatMap(runner.dialect.expressions(for:))
    }

    /// Whether there is a search that nothing can match.
    private var isVain: Bool { filter.search != nil && search == nil }

    private var tagSets: [RowSet] {
        if filter.tagKeys.isEmpty { return [] }
        return filter.anyTag ? [.tagged(filter.tagKeys)] : filter.tagKeys.map { .tagged([$0]) }
    }

    private var searchSets: [RowSet] {
        [search?.required.map { .matching($0) }, search?.excluded.map { .notMatching($0) }].compactMap { $0 }
    }

    func page(_ request: PageRequest) throws(ErrandError) -> TaskPage {
        if isVain { return TaskPage(tasks: [], end: nil) }
        if request.order.key == .relevance, let search { return try ranked(request, search) }
        let order =
            request.order.key == .relevance
            ? TaskOrder(key: .createdAt, isAscending: request.order.isAscending) : request.order
        guard let key = SortKey(order) else { return TaskPage(tasks: [], end: nil) }
        let sets = tagSets + searchSets
        let plan = try ListPlan(sets, conditions, runner)
        var found: [TodoTask] = []
        for (index, segment) in key.segments(after: request.after).enumerated() where found.count <= request.limit {
            var text = SQLText()
            // One more than asked for tells whether more follow.
            let limit = request.limit + 1 - found.count
            let sql = try list(
                key, segment, after: index == 0 ? request.after : nil, sets: sets, plan: plan, limit: limit, &text
            )
            found += try tasks(sql, text.arguments)
        }
        return page(found, limit: request.limit) { order.position(of: $0) }
    }

    /// The statement for one segment of a list that is sorted by a column.
    private func list(
        _ key: SortKey, _ segment: SortKey.Segment, after: PagePosition?, sets: [RowSet], plan: ListPlan,
        limit: Int, _ text: inout SQLText
    ) throws(ErrandError) -> String {
        var tests = ["t.owner = \(text.bind(.integer(ownerRow)))"]
        tests += try key.conditions(in: segment, after: after, &text)
        tests += conditions.scalar(&text)
        tests += setTests(sets, plan, &text)
        let access = plan.driver == nil ? runner.dialect.scanning(key.index) : runner.dialect.lookingUp
        return """
            SELECT \(TaskRow.columns) FROM tasks t \(access) WHERE \(tests.joined(separator: " AND "))
            ORDER BY \(key.ordering(in: segment)) LIMIT \(text.bind(.count(limit)))
            """
    }

    private func setTests(_ sets: [RowSet], _ plan: ListPlan, _ text: inout SQLText) -> [String] {
        var tests: [String] = []
        for (index, set) in sets.enumerated() {
            tests.append(set.condition(on: index == plan.driver ? "t.row_id" : "+t.row_id", conditions, &text))
        }
        return tests
    }

    func count() throws(ErrandError) -> Int {
        if isVain { return 0 }
        if let expression = search?.required, searchSets.count == 1, conditions.isPlain {
            return try countMatches(expression)
        }
        let sets = tagSets + searchSets
        let plan = try ListPlan(sets, conditions, runner)
        var text = SQLText()
        var tests = ["t.owner = \(text.bind(.integer(ownerRow)))"]
        tests += conditions.scalar(&text)
        tests += setTests(sets, plan, &text)
        let access = plan.driver == nil ? runner.dialect.scanning("tasks_by_due") : runner.dialect.lookingUp
        let sql = "SELECT count(*) FROM tasks t \(access) WHERE \(tests.joined(separator: " AND "))"
        return Int(try runner.number(sql, text.arguments))
    }

    /// Everything that the search index finds, less what is in the trash: the index alone is read, and the trash
    /// is small, so a common word costs a third of what looking at each task would.
    private func countMatches(_ expression: String) throws(ErrandError) -> Int {
        var all = SQLText()
        let matches = conditions.matching(expression, &all)
        let found = try runner.number("SELECT count(*) FROM (\(matches))", all.arguments)
        var trash = SQLText()
        let owned = "t.owner = \(trash.bind(.integer(ownerRow))) AND t.deleted_at IS NOT NULL"
        let inSearch = RowSet.matching(expression).condition(on: "+t.row_id", conditions, &trash)
        let sql = """
            SELECT count(*) FROM tasks t \(runner.dialect.scanning("tasks_in_trash")) WHERE \(owned) AND \(inSearch)
            """
        return Int(found - (try runner.number(sql, trash.arguments)))
    }

    // MARK: - Relevance

    /// Tier after tier, newest first within each, until the page is full.
    private func ranked(_ request: PageRequest, _ search: SearchExpressions) throws(ErrandError) -> TaskPage {
        var first = (tier: 0, row: Int64?.none)
        switch request.after {
        case nil: break
        case .match(let tier, let number): first = (tier, ownerRow << 32 | min(max(number, 1), TaskRow.numberMax) - 1)
        default: throw .invalidCursor
        }
        // Without required terms every task that is not excluded matches equally well.
        let tiers: [String?] = search.required == nil ? [nil] : search.tiers
        var found: [(tier: Int, task: TodoTask)] = []
        for (tier, expression) in tiers.enumerated().dropFirst(first.tier) where found.count <= request.limit {
            var text = SQLText()
            let sql = matches(
                expression, through: tier == first.tier ? first.row : nil, excluding: search.excluded,
                limit: request.limit + 1 - found.count, &text
            )
            found += try tasks(sql, text.arguments).map { (tier, $0) }
        }
        let tierOf = Dictionary(found.map { ($0.task.id, $0.tier) }) { first, _ in first }
        return page(found.map(\.task), limit: request.limit) { .match(tier: tierOf[$0.id] ?? 0, number: $0.number) }
    }

    /// The statement for one tier.
    private func matches(
        _ expression: String?, through last: Int64?, excluding excluded: String?, limit: Int, _ text: inout SQLText
    ) -> String {
        var tests = conditions.scalar(&text)
        for set in tagSets { tests.append(set.condition(on: "t.row_id", conditions, &text)) }
        if let excluded { tests.append(RowSet.notMatching(excluded).condition(on: "t.row_id", conditions, &text)) }
        let source: String
        if let expression {
            source =
                "(\(conditions.matching(expression, through: last, &text))) s CROSS JOIN tasks t ON t.row_id = s.row_id"
        } else {
            let end = last ?? (ownerRow << 32 | TaskRow.numberMax)
            tests.append(
                "t.row_id BETWEEN \(text.bind(.integer(ownerRow << 32))) AND \(text.bind(.integer(end)))"
            )
            source = "tasks t \(runner.dialect.lookingUp)"
        }
        return """
            SELECT \(TaskRow.columns) FROM \(source) WHERE \(tests.joined(separator: " AND "))
            ORDER BY \(expression == nil ? "t" : "s").row_id DESC LIMIT \(text.bind(.count(limit)))
            """
    }

    // MARK: - Results

    private func tasks(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> [TodoTask] {
        try runner.all(sql, arguments) { row throws(SQLError) in try TaskRow.decode(&row, owner: owner) }
    }

    private func page(
        _ found: [TodoTask], limit: Int, _ position: (TodoTask) -> PagePosition
    ) -> TaskPage {
        let tasks = Array(found.prefix(limit))
        return TaskPage(tasks: tasks, end: found.count > limit ? tasks.last.map(position) : nil)
    }
}
