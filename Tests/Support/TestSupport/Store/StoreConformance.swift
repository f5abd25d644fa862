public import ErrandCore
public import Testing

/// What every ``Store`` has to do, as cases that run against any of them.
///
///     @Test(arguments: StoreConformance.Case.all)
///     func `SQLite in memory`(_ conformance: StoreConformance.Case) async throws {
///         try await conformance.run { use in
///             let store = …
///             try await use(store)
///         }
///     }
public struct StoreConformance: Sendable {
    /// Opens an empty store, hands it over and closes it.
    public typealias Provider =
        @Sendable (_ use: @escaping @Sendable (any Store) async throws -> Void) async throws -> Void

    /// One promise of the port.
    public struct Case: Sendable, CustomTestStringConvertible {
        public let name: String
        let check: @Sendable (StoreConformance) async throws -> Void

        public var testDescription: String { name }

        init(_ name: String, _ check: @escaping @Sendable (StoreConformance) async throws -> Void) {
            self.name = name
            self.check = check
        }

        public static let all =
            taskCases + transactionCases + listCases + searchCases + letterCases + tagCases + accountCases
            + credentialCases
            + changeCases + timeCases + eventCases + auditCases + conversationCases + deliveryCases + filterCases
            + calendarCases + feedCases + batchCases

        /// Checks the promise on a store of its own.
        public func run(
            sourceLocation: SourceLocation = #_sourceLocation, _ provider: Provider
        ) async throws {
            try await provider { store in
                try await check(StoreConformance(store: store, sourceLocation: sourceLocation))
            }
        }
    }

    let store: any Store
    /// Where the case was asked for, so that a failure names the store that failed.
    let sourceLocation: SourceLocation

    func expect(_ condition: Bool, _ comment: Comment) {
        #expect(condition, comment, sourceLocation: sourceLocation)
    }

    func expectEqual<Value: Equatable>(_ actual: Value, _ expected: Value, _ comment: Comment) {
        #expect(actual == expected, comment, sourceLocation: sourceLocation)
    }

    /// Expects that a transaction fails with `error`.
    func expectFailure(
        _ error: ErrandError, _ comment: Comment, _ body: () async throws(ErrandError) -> Void
    ) async {
        do throws(ErrandError) {
            try await body()
            expect(false, comment)
        } catch let actual {
            expectEqual(actual, error, comment)
        }
    }

    func addUser(_ user: User = .make()) async throws -> UserID {
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
        return user.id
    }

    func add(_ tasks: [TodoTask]) async throws {
        try await store.write { (transaction) throws(ErrandError) in
            for task in tasks { try transaction.tasks.insert(task) }
        }
    }

    func find(_ reference: TaskReference, of owner: UserID) async throws -> TodoTask? {
        try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.find(reference, in: owner.personalSpace)
        }
    }

    /// Every page of a list, one after the other.
    func list(
        _ filter: TaskFilter = TaskFilter(), _ order: TaskOrder = TaskOrder(key: .createdAt, isAscending: true),
        pageSize: Int = 200, of owner: UserID
    ) async throws -> [TodoTask] {
        var tasks: [TodoTask] = []
        var after: PagePosition?
        repeat {
            let request = PageRequest(order: order, after: after, limit: pageSize)
            let page = try await store.read { (transaction) throws(ErrandError) in
                try transaction.tasks.page(request, of: filter, in: owner.personalSpace)
            }
            expect(page.tasks.count <= pageSize, "a page has at most as many tasks as asked for")
            expect(page.end == nil || !page.tasks.isEmpty, "a page that more follow is not empty")
            tasks += page.tasks
            after = page.end
        } while after != nil && tasks.count < 10_000
        return tasks
    }

    func count(_ filter: TaskFilter = TaskFilter(), of owner: UserID) async throws -> Int {
        try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.count(filter, in: owner.personalSpace)
        }
    }
}
