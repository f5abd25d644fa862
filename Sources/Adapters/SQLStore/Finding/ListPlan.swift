import ErrandCore

/// How to read a list. The database cannot know how many tasks carry a tag or hold a word; a look does.
///
/// - Few (``fewRows`` or less): look these rows up one by one, filter and sort them. A rare tag in a list
///   of 100,000 would else be sought through the whole index of the order.
/// - Many: read along the index of the order and test each row against the sets. The page is full soon;
///   at worst every entry is read once, and an index holds all that is tested.
struct ListPlan {
    /// Looking up and sorting so many rows takes about as long as a page of any list may.
    static let fewRows = 2_000

    /// The set to look rows up from; nil to read along the index.
    let driver: Int?

    init(_ sets: [RowSet], _ conditions: TaskConditions, _ runner: SQLRunner) throws(ErrandError) {
        var best: (index: Int, count: Int64)?
        for (index, set) in sets.enumerated() {
            if case .notMatching = set { continue }
            var text = SQLText()
            let rows = set.rows(conditions, &text)
            let limit = text.bind(.count(ListPlan.fewRows + 1))
            let count = try runner.number("SELECT count(*) FROM (\(rows) LIMIT \(limit)) AS few", text.arguments)
            if count <= best?.count ?? Int64(ListPlan.fewRows) { best = (index, count) }
        }
        driver = best?.index
    }
}
