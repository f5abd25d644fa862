import CivilTime
import ErrandCore
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Conversations in the tables of the store.
@Suite struct ConversationTests {
    @Test(arguments: ConversationStoreConformance.Case.all)
    func `in SQLite`(_ conformance: ConversationStoreConformance.Case) async throws {
        try await conformance.run { use in
            try await TestStore.withStore(at: .memory) { store, _ in
                try await use(ConversationTests.stage(store, ManualClock()))
            }
        }
    }

    @Test(arguments: ConversationStoreConformance.Case.all)
    func `in PostgreSQL`(_ conformance: ConversationStoreConformance.Case) async throws {
        let server = try await TestPostgres.server.value
        try await conformance.run { use in
            try await TestStore.withStore(at: try server.makeDatabase()) { store, _ in
                try await use(ConversationTests.stage(store, ManualClock()))
            }
        }
    }

    @Test func `housekeeping removes what nobody uses, a portion at a time`() async throws {
        try await TestStore.withStore(at: .memory) { store, _ in
            let clock = ManualClock()
            let environment = ConversationTests.environment(store, clock)
            let conversations = StoreConversations(environment: environment)
            let owner = User.make()
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.accounts.insert(owner, passwordHash: nil)
            }
            let (old, slice) = (Housekeeping.conversationBatchSize + 10, 2)
            for number in 0..<(old + slice + 1) {
                if number == old + slice { clock.advance(by: .days(1)) }
                let turns = [try ConversationTurn(.user, "\(number)", at: clock.now())]
                _ = try await conversations.append(
                    ConversationAppend(id: .make(), to: .make(), of: owner.id, opens: true, turns: turns)
                )
            }
            clock.set(.testStart + Limits.conversationLifetime + .milliseconds(1))
            func housekeeping(_ stepTime: Duration) -> Housekeeping {
                Housekeeping(
                    environment: environment, eventRetention: .days(7), consumersOfLog: [], stepTime: stepTime)
            }
            let hurried = try await housekeeping(.zero).runOnce()
            #expect(hurried.conversations == slice && hurried.isPartial, "something, whatever the time")
            let housekeeping = housekeeping(.hours(1))
            let first = try await housekeeping.runOnce()
            #expect(first.conversations == Housekeeping.conversationBatchSize)
            #expect(first.isPartial)
            let second = try await housekeeping.runOnce()
            #expect(second.conversations == 10)
            #expect(!second.isPartial)
            let left = try await conversations.page(of: owner.id, after: nil, limit: 200)
            #expect(left.conversations.map(\.title) == ["\(old + slice)"])
        }
    }

    static func environment(_ store: any Store, _ clock: ManualClock) -> Environment {
        Environment(
            store: store, now: clock.now,
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
    }

    private static func stage(_ store: any Store, _ clock: ManualClock) -> ConversationStoreConformance.Stage {
        ConversationStoreConformance.Stage(
            store: StoreConversations(environment: environment(store, clock)), clock: clock
        ) {
            let user = User.make()
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.accounts.insert(user, passwordHash: nil)
            }
            return user.id
        }
    }
}
