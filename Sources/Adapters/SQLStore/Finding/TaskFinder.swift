import CivilTime
import ErrandCore

/// Lists and counts the tasks of one user that pass a filter.
struct TaskFinder {
    private let runner: SQLRunner
    private let filter: TaskFilter
    private let space: SpaceID
    private let spaceRow: Int64
    private let conditions: TaskConditions
    /// Nil where the filter has no search.
    private let search: SearchExpressions?

    init(runner: SQLRunner, filter: TaskFilter, space: SpaceID, spaceRow: Int64) {
        self.runner = runner
        self.filter = filter
        self.space = space
        self.spaceRow = spaceRow
        conditions = TaskConditions(dialect: runner.dialect, filter: filter, spaceRow: spaceRow)
        search = filter.search.flatMap { runner.dialect.expressions(for: $0, space: spaceRow) }
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
        let plan = try ListPlan(sets, conditions, limit: request.limit, runner)
        var found: [TodoTask] = []
        for (index, segment) in key.segments(after: request.after).enumerated() where found.count <= request.limit {
            var text = SQLText()
            // One more than asked for tells whether more follow.
            let limit = request.limit + 1 - found.count
            let sql = try list(
                key, segment, after: index == 0 ? request.after : nil, sets: sets, plan: plan, limit: limit, &text
            )
            let more = try tasks(sql, text.arguments)
            // Most pages are one segment, and need not be copied to be added to nothing.
            if found.isEmpty { found = more } else { found += more }
        }
        return page(found, limit: request.limit) { order.position(of: $0) }
    }

    /// The statement for one segment of a list that is sorted by a column.
    private func list(
        _ key: SortKey, _ segment: SortKey.Segment, after: PagePosition?, sets: [RowSet], plan: ListPlan,
        limit: Int, _ text: inout SQLText
    ) throws(ErrandError) -> String {
        var tests = ["t.space = \(text.bind(.integer(spaceRow)))"]
        tests += try key.conditions(in: segment, after: after, &text)
        tests += conditions.scalar(&text)
        tests += setTests(sets, plan, &text)
        let access = plan.driver == nil ? runner.dialect.scanning(key.index) : runner.dialect.lookingUp
        return """
            SELECT \(TaskRow.columns) FROM tasks t \(access) WHERE \(tests.joined(separator: " AND "))
            ORDER BY \(key.ordering(in: segment)) LIMIT \(text.bind(.count(limit)))
            """
    }

    private func setTests(
        _ sets: [RowSet], _ plan: ListPlan, for use: RowSet.Use = .test, _ text: inout SQLText
    ) -> [String] {
        var tests: [String] = []
        for (index, set) in sets.enumerated() {
            tests.append(set.condition(for: index == plan.driver ? .lookUp : use, conditions, &text))
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
        var tests = ["t.space = \(text.bind(.integer(spaceRow)))"]
        tests += conditions.scalar(&text)
        tests += setTests(sets, plan, for: .count, &text)
        let access = plan.driver == nil ? runner.dialect.scanning("tasks_by_due") : runner.dialect.lookingUp
        let sql = "SELECT count(*) FROM tasks t \(access) WHERE \(tests.joined(separator: " AND "))"
        return Int(try runner.number(sql, text.arguments))
    }

    /// Everything that the search index finds, less what is in the trash: the index alone is read, and the trash
    /// is small, so a common word costs a third of what looking at each task would.
    private func countMatches(_ expression: String) throws(ErrandError) -> Int {
        var all = SQLText()
        let matches = conditions.matching(expression, &all)
        let found = try runner.number("SELECT count(*) FROM (\(matches)) AS found", all.arguments)
        var trash = SQLText()
        let owned = "t.space = \(trash.bind(.integer(spaceRow))) AND t.deleted_at IS NOT NULL"
        let inSearch = RowSet.matching(expression).condition(for: .test, conditions, &trash)
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
        case .match(let tier, let number): first = (tier, spaceRow << 32 | min(max(number, 1), TaskRow.numberMax) - 1)
        default: throw .invalidCursor
        }
        // Without required terms every task that is not excluded matches equally well.
        let tiers: [SearchExpressions.Tier?] = search.required == nil ? [nil] : search.tiers
        var found: [(tier: Int, task: TodoTask)] = []
        for (tier, expressions) in tiers.enumerated().dropFirst(first.tier) where found.count <= request.limit {
            var text = SQLText()
            // Nothing can be found twice where nothing has been found yet, and each expression is read along all that
            // it finds.
            let isFirst = request.after == nil && found.isEmpty
            let sql = try matches(
                isFirst ? expressions?.whole : expressions?.rest, through: tier == first.tier ? first.row : nil,
                excluding: search.excluded, limit: request.limit + 1 - found.count, &text
            )
            found += try tasks(sql, text.arguments).map { (tier, $0) }
        }
        let tierOf = Dictionary(found.map { ($0.task.id, $0.tier) }) { first, _ in first }
        return page(found.map(\.task), limit: request.limit) { .match(tier: tierOf[$0.id] ?? 0, number: $0.number) }
    }

    /// The statement for one tier.
    ///
    /// Where the search index does not yield rows in their order, a tier with many matches is read along the rows:
    /// the page is full soon. Sorting all matches of a common word would take longer than a page may.
    private func matches(
        _ expression: String?, through last: Int64?, excluding excluded: String?, limit: Int, _ text: inout SQLText
    ) throws(ErrandError) -> String {
        var tests = conditions.scalar(&text)
        let use = expression == nil ? RowSet.Use.lookUp : .test
        let driver = try rareTag(expression)
        for (index, set) in tagSets.enumerated() {
            tests.append(set.condition(for: index == driver ? .lookUp : use, conditions, &text))
        }
        if let excluded { tests.append(RowSet.notMatching(excluded).condition(for: use, conditions, &text)) }
        let source: String
        var sorted = "t"
        if let expression, driver == nil, try isLookedUp(expression, through: last) {
            source = "(\(conditions.matching(expression, through: last, &text))) s CROSS JOIN tasks t"
            tests.append("t.row_id = s.row_id")
            sorted = "s"
        } else {
            let end = last ?? (spaceRow << 32 | TaskRow.numberMax)
            tests.append(
                "t.row_id BETWEEN \(text.bind(.integer(spaceRow << 32))) AND \(text.bind(.integer(end)))"
            )
            if let expression { tests.append(conditions.isMatch(expression, &text)) }
            source = "tasks t \(runner.dialect.lookingUp)"
        }
        return """
            SELECT \(TaskRow.columns) FROM \(source) WHERE \(tests.joined(separator: " AND "))
            ORDER BY \(sorted).row_id DESC LIMIT \(text.bind(.count(limit)))
            """
    }

    /// A set of tags that has so few tasks that they are best looked up, and held against the search one by one.
    private func rareTag(_ expression: String?) throws(ErrandError) -> Int? {
        guard expression != nil, !tagSets.isEmpty, case .spelledOut = runner.dialect.sets else { return nil }
        return try ListPlan(tagSets, conditions, runner).driver
    }

    private func isLookedUp(_ expression: String, through last: Int64?) throws(ErrandError) -> Bool {
        guard case .spelledOut = runner.dialect.sets else { return true }
        var text = SQLText()
        let matches = conditions.matching(expression, through: last, &text)
        let limit = text.bind(.count(ListPlan.fewRows + 1))
        let sql = "SELECT count(*) FROM (\(matches) LIMIT \(limit)) AS few"
        return try runner.number(sql, text.arguments) <= Int64(ListPlan.fewRows)
    }

    // MARK: - Results

    private func tasks(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> [TodoTask] {
        try runner.all(sql, arguments) { row throws(SQLError) in try TaskRow.decode(&row, space: space) }
    }

    private func page(
        _ found: consuming [TodoTask], limit: Int, _ position: (TodoTask) -> PagePosition
    ) -> TaskPage {
        guard found.count > limit else { return TaskPage(tasks: found, end: nil) }
        found.removeLast(found.count - limit)
        return TaskPage(tasks: found, end: found.last.map(position))
    }
}
