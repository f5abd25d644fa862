import CivilTime
import ErrandCore
import Synchronization
import TestSupport
import Testing

/// When an answer is still true, as far as it can be told without the database.
@Suite struct AnswerMomentTests {
    @Test func `it is another moment after every change and with every minute, and after nothing else`() async throws {
        try await Stage.with { stage in
            let operations = stage.operations
            let query = ListTags()
            let ana = stage.principal()
            func isStill(_ moment: AnswerMoment) -> Bool { operations.moment == moment }

            let start = try #require(operations.moment)
            _ = try await operations.ask(query, as: ana)
            stage.clock.advance(by: .seconds(59))
            #expect(isStill(start), "asking changes nothing")
            stage.clock.advance(by: .seconds(1))
            #expect(!isStill(start))

            let minute = try #require(operations.moment)
            try await stage.call("tasks.create", ["title": "One"], as: stage.ben)
            #expect(!isStill(minute), "whoever it was")

            let before = try #require(operations.moment)
            await #expect(throws: ErrandError.self) { try await stage.call("tasks.create", ["title": ""]) }
            await #expect(throws: ErrandError.self) {
                try await operations.environment.store.write { (_) throws(ErrandError) in throw .unavailable }
            }
            #expect(isStill(before), "what was not done changes nothing")
        }
    }

    @Test func `the database says when it begins, before it looks at anything`() async throws {
        try await Stage.with { stage in
            let operations = stage.operations
            try await stage.call("tasks.create", ["title": "One", "tags": ["home"]])
            let before = try #require(operations.moment)
            let begun = Mutex<[AnswerMoment?]>([])
            let answer = try await operations.ask(ListTags(), as: stage.principal()) { moment in
                begun.withLock { $0.append(moment) }
            } unless: { _ in
                #expect(begun.withLock { $0 } == [before])
                return false
            }
            guard case .answer(let tags, let validator) = answer else { throw ErrandError.unavailable }
            #expect(tags.count == 1 && validator != nil)
        }
    }

    @Test func `the rights can be asked for without the database`() async throws {
        try await Stage.with { stage in
            try stage.operations.authorize(ListTags(), as: stage.principal())
            #expect(throws: ErrandError.insufficientScope(.readTasks)) {
                try stage.operations.authorize(ListTags(), as: stage.principal(scopes: [.readAccount]))
            }
        }
    }
}
