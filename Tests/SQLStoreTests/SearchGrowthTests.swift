import CivilTime
import ErrandCore
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Who searches few tasks does not wait for those of others.
@Suite struct SearchGrowthTests {
    /// Tasks of others that have what is sought.
    private static let others = 6_000
    /// Twenty tasks of one's own, at one end of the index or the other.
    private static let own = 20

    /// Each finds some or nothing among one's own, where its words are in all tasks of others.
    private static let searches: [(text: String, matches: Int)] = [
        ("report", own), ("repor", own), ("call", own), ("\"the garden\"", 0), ("call garden", own), ("report -call", 0),
        ("call -report", 0), ("\"garden report\"", 0), ("gard rep", own), ("-garden", 0),
    ]

    @Test(arguments: [true, false])
    func `a search in a file costs what its own space holds`(isFirst: Bool) async throws {
        try await TestStore.withStore(at: .memory) { store, _ in try await Self.check(store, isFirst: isFirst) }
    }

    @Test func `a search in PostgreSQL costs what its own space holds`() async throws {
        let server = try await TestPostgres.server.value
        try await TestStore.withStore(at: try server.makeDatabase()) { store, _ in
            try await Self.check(store, isFirst: true)
        }
    }

    private static func check(_ store: SQLStore, isFirst: Bool) async throws {
        let (me, other) = (User.make(), User.make())
        try await store.write { (transaction) throws(ErrandError) in
            for user in isFirst ? [me, other] : [other, me] {
                try transaction.accounts.insert(user, passwordHash: nil)
            }
        }
        // What a search costs where nobody else has a task that it could find.
        try await fill(store, of: me, own)
        var alone: [Duration] = []
        for (text, matches) in searches { alone.append(try await cost(of: text, matches, store, me)) }
        try await fill(store, of: other, others)
        for (index, (text, matches)) in searches.enumerated() {
            let beside = try await cost(of: text, matches, store, me)
            #expect(beside < alone[index] * 4 + .microseconds(150), "\(text): \(alone[index]), then \(beside)")
        }
    }

    private static func fill(_ store: SQLStore, of user: User, _ count: Int) async throws {
        for start in stride(from: 0, to: count, by: 500) {
            try await store.write { (transaction) throws(ErrandError) in
                for number in start + 1...min(start + 500, count) {
                    let task = TodoTask.make(
                        owner: user.id, number: Int64(number), title: "Call about the report",
                        description: "It is in the red garden."
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
