import CivilTime
import ErrandCore
import TestSupport
import Testing

/// When an answer is still true, as far as it can be told without the database.
@Suite struct AnswerMomentTests {
    @Test func `it is another moment after every change and with every minute, and after nothing else`() async throws {
        try await Stage.with { stage in
            let operations = stage.operations
            let query = ListTags()
            let ana = stage.principal()
            func isStill(_ moment: AnswerMoment) throws -> Bool { try operations.isStill(moment, for: query, as: ana) }

            let start = try #require(operations.moment)
            _ = try await operations.ask(query, as: ana)
            stage.clock.advance(by: .seconds(59))
            #expect(try isStill(start), "asking changes nothing")
            stage.clock.advance(by: .seconds(1))
            #expect(try !isStill(start))

            let minute = try #require(operations.moment)
            try await stage.call("tasks.create", ["title": "One"], as: stage.ben)
            #expect(try !isStill(minute), "whoever it was")

            let before = try #require(operations.moment)
            await #expect(throws: ErrandError.self) { try await stage.call("tasks.create", ["title": ""]) }
            await #expect(throws: ErrandError.self) {
                try await operations.environment.store.write { (_) throws(ErrandError) in throw .unavailable }
            }
            #expect(try isStill(before), "what was not done changes nothing")
        }
    }

    @Test func `the rights are looked at all the same`() async throws {
        try await Stage.with { stage in
            let moment = try #require(stage.operations.moment)
            #expect(throws: ErrandError.self) {
                try stage.operations.isStill(moment, for: ListTags(), as: stage.principal(scopes: [.readAccount]))
            }
        }
    }
}
