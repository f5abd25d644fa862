import CivilTime
public import ErrandCore
public import Testing

/// What every ``ConversationStore`` has to do, as cases that run against any of them.
///
///     @Test(arguments: ConversationStoreConformance.Case.all)
///     func `in the store`(_ conformance: ConversationStoreConformance.Case) async throws {
///         try await conformance.run { use in … try await use(stage) }
///     }
public struct ConversationStoreConformance: Sendable {
    /// An empty store, and what a case does beside it.
    public struct Stage: Sendable {
        let store: any ConversationStore
        let clock: ManualClock
        let addUser: @Sendable () async throws -> UserID

        /// - Parameters:
        ///   - clock: that of `store`.
        ///   - addUser: makes somebody who may have conversations.
        public init(
            store: any ConversationStore, clock: ManualClock, addUser: @escaping @Sendable () async throws -> UserID
        ) {
            self.store = store
            self.clock = clock
            self.addUser = addUser
        }
    }

    /// Opens a store, hands it over and closes it.
    public typealias Provider =
        @Sendable (_ use: @escaping @Sendable (Stage) async throws -> Void) async throws -> Void

    /// One promise of the port.
    public struct Case: Sendable, CustomTestStringConvertible {
        public let name: String
        let check: @Sendable (ConversationStoreConformance) async throws -> Void

        public var testDescription: String { name }

        init(_ name: String, _ check: @escaping @Sendable (ConversationStoreConformance) async throws -> Void) {
            self.name = name
            self.check = check
        }

        public static let all = turnCases + listCases + limitCases

        /// Checks the promise on a store of its own.
        public func run(
            sourceLocation: SourceLocation = #_sourceLocation, _ provider: Provider
        ) async throws {
            try await provider { stage in
                try await check(ConversationStoreConformance(stage: stage, sourceLocation: sourceLocation))
            }
        }
    }

    let stage: Stage
    /// Where the case was asked for, so that a failure names the store that failed.
    let sourceLocation: SourceLocation

    var store: any ConversationStore { stage.store }
    var now: Instant { stage.clock.now() }

    func expect(_ condition: Bool, _ comment: Comment) {
        #expect(condition, comment, sourceLocation: sourceLocation)
    }

    func expectEqual<Value: Equatable>(_ actual: Value, _ expected: Value, _ comment: Comment) {
        #expect(actual == expected, comment, sourceLocation: sourceLocation)
    }

    func expectNotFound(_ comment: Comment, _ body: () async throws(ErrandError) -> Void) async {
        do throws(ErrandError) {
            try await body()
            expect(false, comment)
        } catch let actual {
            expectEqual(actual, .notFound(.conversation), comment)
        }
    }

    /// A message and its answer.
    func exchange(_ text: String, toolCalls: [JSONValue] = []) throws(ErrandError) -> [ConversationTurn] {
        [
            try ConversationTurn(.user, text, at: now),
            try ConversationTurn(.assistant, "Re: \(text)", toolCalls: toolCalls, at: now),
        ]
    }

    @discardableResult
    func say(
        _ text: String, in id: ConversationID, of owner: UserID, opens: Bool = false, as append: AppendID = .make()
    ) async throws(ErrandError) -> Conversation {
        try await store.append(
            ConversationAppend(id: append, to: id, of: owner, opens: opens, turns: try exchange(text))
        )
    }

    func open(_ text: String, of owner: UserID) async throws(ErrandError) -> Conversation {
        try await say(text, in: .make(at: now), of: owner, opens: true)
    }

    func texts(_ id: ConversationID, of owner: UserID) async throws(ErrandError) -> [String] {
        try await store.transcript(id, of: owner).turns.map(\.text)
    }

    /// Every page of a list, one after the other.
    func list(of owner: UserID, pageSize: Int = 200) async throws(ErrandError) -> [Conversation] {
        var conversations: [Conversation] = []
        var place: ConversationPlace?
        repeat {
            let page = try await store.page(of: owner, after: place, limit: pageSize)
            expect(page.conversations.count <= pageSize, "a page has at most as many as asked for")
            expect(page.end == nil || page.conversations.count == pageSize, "a page that more follow is full")
            conversations += page.conversations
            place = page.end
        } while place != nil && conversations.count < 1_000
        return conversations
    }
}
