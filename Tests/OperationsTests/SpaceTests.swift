import ErrandCore
import TestSupport
import Testing

/// A space is nobody else's, and a number means the task of the space that is asked in.
@Suite struct SpaceTests {
    @Test func `another's space is not found, whatever is asked there, and stays as it is`() async throws {
        try await Stage.with { stage in
            let task = try await stage.operations.perform(
                CreateTask(TaskDraft(title: "Hers")), as: stage.principal()
            ).outcome.task
            let (ben, hers) = (stage.principal(stage.ben), stage.ana.id.personalSpace)
            await #expect(throws: ErrandError.notFound(.space)) {
                try await stage.operations.ask(ReadTask(.id(task.id)), as: ben, in: hers)
            }
            await #expect(throws: ErrandError.notFound(.space)) {
                try await stage.operations.perform(CompleteTask(TaskTarget(.number(1))), as: ben, in: hers)
            }
            await #expect(throws: ErrandError.notFound(.space)) {
                try await stage.operations.perform(CreateTask(TaskDraft(title: "His")), as: ben, in: .make())
            }
            let tasks = try await stage.operations.ask(ListTasks(TaskQuery()), as: stage.principal()).tasks
            #expect(tasks == [task])
        }
    }

    @Test func `a number is looked for in the personal space, or in the one that is named`() async throws {
        try await Stage.with { stage in
            for (user, title) in [(stage.ana, "Hers"), (stage.ben, "His")] {
                _ = try await stage.operations.perform(
                    CreateTask(TaskDraft(title: title)), as: stage.principal(user)
                )
            }
            let unnamed = try await stage.operations.ask(ReadTask(.number(1)), as: stage.principal(stage.ben))
            let named = try await stage.operations.ask(
                ReadTask(.number(1)), as: stage.principal(stage.ben), in: stage.ben.id.personalSpace
            )
            #expect(unnamed.title == "His")
            #expect(named == unnamed)
        }
    }

    @Test func `a right that the credential lacks is refused before the space is looked at`() async throws {
        try await Stage.with { stage in
            let reader = stage.principal(scopes: [.readTasks])
            for space in [nil, stage.ben.id.personalSpace] {
                await #expect(throws: ErrandError.insufficientScope(.writeTasks)) {
                    try await stage.operations.perform(CreateTask(TaskDraft(title: "No")), as: reader, in: space)
                }
            }
        }
    }
}
