import ErrandCore

/// How to read a list. The database cannot know how many tasks carry a tag or hold a word; a look does.
///
/// - Few (``fewRows`` or less): look these rows up one by one, filter and sort them. A rare tag in a list
///   of 100,000 would else be sought through the whole index of the order.
/// - Many: read along the index of the order and test each row against the sets. The page is full soon;
///   at worst every entry is read once, and an index holds all that is tested.
/// - In between, where a page is likely to be full before half as many entries are read as there are rows to look up:
///   along the index too, unless the whole index were too long to read.
struct ListPlan {
    /// Looking up and sorting so many rows takes about as long as a page of any list may.
    static let fewRows = 2_000
    /// Reading along an index of so many entries, each tested against a tag, takes about as long.
    static let fewEntries: Int64 = 20_000

    /// The set to look rows up from; nil to read along the index.
    let driver: Int?

    /// - Parameter limit: how many tasks are wanted; nil for all.
    init(
        _ sets: [RowSet], _ conditions: TaskConditions, limit: Int? = nil, _ runner: SQLRunner
    ) throws(ErrandError) {
        var best: (index: Int, count: Int64)?
        for (index, set) in sets.enumerated() {
            if case .notMatching = set { continue }
            var text = SQLText()
            let rows = set.rows(conditions, &text)
            let limit = text.bind(.count(ListPlan.fewRows + 1))
            let count = try runner.number("SELECT count(*) FROM (\(rows) LIMIT \(limit)) AS few", text.arguments)
            if count <= best?.count ?? Int64(ListPlan.fewRows) { best = (index, count) }
        }
        if let limit, let few = best, case .tagged = sets[few.index], sets.count == 1,
            try ListPlan.isSoonFull(limit, of: few.count, conditions, runner)
        {
            best = nil
        }
        driver = best?.index
    }

    /// Whether `limit` of `count` rows are likely found sooner along the order than by looking at each of `count`.
    private static func isSoonFull(
        _ limit: Int, of count: Int64, _ conditions: TaskConditions, _ runner: SQLRunner
    ) throws(ErrandError) -> Bool {
        guard count > 2 * Int64(limit) else { return false }
        var text = SQLText()
        let start = text.bind(.integer(conditions.spaceRow << 32))
        let end = text.bind(.integer(conditions.spaceRow << 32 | TaskRow.numberMax))
        let last = "SELECT max(row_id) FROM tasks WHERE row_id BETWEEN \(start) AND \(end)"
        // Tasks have numbers in the order in which they were made.
        let entries = try runner.number(last, text.arguments) & TaskRow.numberMax
        return entries <= fewEntries && 2 * Int64(limit) * entries < count * count
    }
}
