import CivilTime
import ErrandCore
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Who searches few tasks does not wait for those of others.
@Suite struct SearchGrowthTests {
    /// Tasks of others that have what is sought, at first and then. Few are many already: an index of a few rows is
    /// read in one piece.
    private static let others = (few: 1_500, many: 16_000)
    /// Twenty tasks of one's own, at one end of the index or the other.
    private static let own = 20

    /// Each finds some or nothing among one's own, where its words are in all tasks of others.
    private static let searches: [(text: String, matches: Int)] = [
        ("report", own), ("repor", own), ("call", own), ("\"the garden\"", 0), ("call garden", own),
        ("report -call", 0), ("call -report", 0), ("\"garden report\"", 0), ("gard rep", own), ("-garden", 0),
    ]

    @Test(arguments: [true, false])
    func `a search in a file finds what its own space holds`(isFirst: Bool) async throws {
        // What it costs, the benchmark of growth tells: a few thousand rows in memory tell nothing that would hold.
        try await TestStore.withStore(at: .memory) { store, _ in
            let me = try await Self.begin(store, isFirst: isFirst)
            for (text, matches) in Self.searches { try await Self.find(text, matches, store, me.user) }
            try await Self.fill(store, of: me.other, Self.others.few + 1...Self.others.many)
            for (text, matches) in Self.searches { try await Self.find(text, matches, store, me.user) }
        }
    }

    @Test func `a search in PostgreSQL reads what its own space holds`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            let (me, other) = try await Self.begin(store, isFirst: true)
            let counting = CountingDatabase(database)
            let counted = try await SQLStore.open(over: counting) { _ in }
            func costs() async throws -> [Int64] {
                // As the server does by itself, some time after rows have come.
                try await database.write { (connection) throws(ErrandError) in
                    _ = try rows("ANALYZE", on: connection)
                }
                var costs: [Int64] = []
                for (text, matches) in Self.searches {
                    let before = counting.blocks
                    try await Self.find(text, matches, counted, me)
                    costs.append(counting.blocks - before)
                }
                return costs
            }
            let few = try await costs()
            try await Self.fill(store, of: other, Self.others.few + 1...Self.others.many)
            let many = try await costs()
            for (index, (text, _)) in Self.searches.enumerated() {
                #expect(few[index] > 0)
                #expect(many[index] < few[index] * 2, "\(text): \(few[index]) blocks, then \(many[index])")
            }
        }
    }

    /// Two users, of whom the other has a few tasks.
    private static func begin(_ store: SQLStore, isFirst: Bool) async throws -> (user: User, other: User) {
        let (me, other) = (User.make(), User.make())
        try await store.write { (transaction) throws(ErrandError) in
            for user in isFirst ? [me, other] : [other, me] {
                try transaction.accounts.insert(user, passwordHash: nil)
            }
        }
        try await fill(store, of: me, 1...own)
        try await fill(store, of: other, 1...others.few)
        return (me, other)
    }

    private static func fill(_ store: SQLStore, of user: User, _ numbers: ClosedRange<Int>) async throws {
        for start in stride(from: numbers.lowerBound, through: numbers.upperBound, by: 500) {
            try await store.write { (transaction) throws(ErrandError) in
                for number in start...min(start + 499, numbers.upperBound) {
                    let task = TodoTask.make(
                        owner: user.id, number: Int64(number),
                        title: "Call about the report in the red garden"
                    )
                    try transaction.tasks.insert(task)
                }
            }
        }
    }

    private static func find(_ text: String, _ matches: Int, _ store: SQLStore, _ user: User) async throws {
        let filter = TaskFilter(search: SearchQuery(text))
        let order = TaskOrder(key: .relevance, isAscending: false)
        let page = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.page(
                PageRequest(order: order, after: nil, limit: 50), of: filter, in: user.id.personalSpace
            )
        }
        #expect(page.tasks.count == matches, "\(text)")
        let count = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.count(filter, in: user.id.personalSpace)
        }
        #expect(count == matches, "\(text)")
    }
}
