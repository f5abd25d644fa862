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
    func `a search in a file finds what its own space holds, up to its border`(isFirst: Bool) async throws {
        try await TestStore.withStore(at: .memory) { store, _ in
            // Not by time: a few thousand rows tell nothing by it that would hold. The benchmark of growth does.
            try await Self.check(store, isFirst: isFirst, isTimed: false) {}
        }
    }

    @Test func `a search in PostgreSQL costs what its own space holds`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, database in
            try await Self.check(store, isFirst: true, isTimed: true) {
                // As the server does by itself, some time after rows have come.
                try await database.write { (connection) throws(ErrandError) in
                    _ = try rows("ANALYZE", on: connection)
                }
            }
        }
    }

    private static func check(
        _ store: SQLStore, isFirst: Bool, isTimed: Bool, settle: @Sendable () async throws -> Void
    ) async throws {
        let (me, other) = (User.make(), User.make())
        try await store.write { (transaction) throws(ErrandError) in
            for user in isFirst ? [me, other] : [other, me] {
                try transaction.accounts.insert(user, passwordHash: nil)
            }
        }
        try await fill(store, of: me, 1...own)
        try await fill(store, of: other, 1...others.few)
        try await settle()
        var few: [Duration] = []
        for (text, matches) in searches { few.append(try await cost(of: text, matches, store, me)) }
        try await fill(store, of: other, others.few + 1...others.many)
        try await settle()
        for (index, (text, matches)) in searches.enumerated() {
            let many = try await cost(of: text, matches, store, me)
            #expect(!isTimed || many < few[index] * 3 + .microseconds(300), "\(text): \(few[index]), then \(many)")
        }
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

    /// The best of some.
    private static func cost(
        of text: String, _ matches: Int, _ store: SQLStore, _ user: User
    ) async throws -> Duration {
        let filter = TaskFilter(search: SearchQuery(text))
        let order = TaskOrder(key: .relevance, isAscending: false)
        return try await store.read { (transaction) throws(ErrandError) in
            var best = Duration.seconds(60)
            for _ in 0..<15 {
                let start = ContinuousClock.now
                let page = try transaction.tasks.page(
                    PageRequest(order: order, after: nil, limit: 50), of: filter, in: user.id.personalSpace
                )
                best = min(best, ContinuousClock.now - start)
                #expect(page.tasks.count == matches, "\(text)")
            }
            #expect(try transaction.tasks.count(filter, in: user.id.personalSpace) == matches, "\(text)")
            return best
        }
    }
}
