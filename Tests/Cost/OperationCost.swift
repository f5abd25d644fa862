import CivilTime
import Dispatch
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport

/// Does each hot operation a number of times between two marks that callgrind hears, and prints how often: what an
/// operation costs in instructions is counted without a clock. Run by `cost.py`; with a name and a number it does that
/// operation alone so many times, for a profiler.
@main
enum OperationCost {
    /// Dispatch would end the first thread, which valgrind does not survive: so it waits.
    static func main() {
        let done = DispatchSemaphore(value: 0)
        let failed = Atomic(false)
        Task.detached {
            do { try await measure() } catch {
                FileHandle.standardError.write(Data("\(error)\n".utf8))
                failed.store(true, ordering: .relaxed)
            }
            done.signal()
        }
        done.wait()
        exit(failed.load(ordering: .relaxed) ? 1 : 0)
    }

    private static func measure() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "operation-cost-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let report: @Sendable (SQLError) -> Void = { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
        let path = folder.appending(path: "errand.sqlite").path()
        let file = try SQLiteDatabase.open(.file(path: path)) { report($0) }
        let hot = try await HotOperations(try await SQLStore.open(over: file) { report($0) })
        let wanted = CommandLine.arguments.dropFirst()
        for (name, usual, operation) in hot.all where wanted.isEmpty || wanted.first == name {
            let times = wanted.last.flatMap { Int($0) } ?? usual
            // What is done once, like preparing a statement, is no part of what one costs.
            for index in 0..<5 { try await operation(index) }
            Marks.costBegins()
            for index in 5..<times + 5 { try await operation(index) }
            Marks.costEnds()
            FileHandle.standardOutput.write(Data("\(name) \(times)\n".utf8))
        }
        await file.close()
    }
}

/// Calls that nothing else in this program makes, so that callgrind can be told to count between them.
private enum Marks {
    static func costBegins() { _ = getppid() }
    static func costEnds() { _ = getpgrp() }
}

/// The same in every run.
private final class Chance: Sendable {
    private let generator = Mutex(SeededGenerator(seed: 7))

    func makeID(at instant: Instant) -> UniqueID { generator.withLock { .version7(at: instant, using: &$0) } }

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in (0..<count).map { _ in .random(in: .min ... .max, using: &generator) } }
    }
}

/// What people do all day, on a list of a thousand tasks.
struct HotOperations: Sendable {
    private static let size = 1_000

    private let operations: Operations
    private let me: Principal
    private let tasks: [TodoTask]

    init(_ store: SQLStore) async throws {
        let (clock, chance) = (ManualClock(), Chance())
        operations = Operations(
            environment: Environment(
                store: store, now: clock.now, makeID: { chance.makeID(at: $0) }, randomBytes: { chance.bytes($0) }
            )
        )
        let form = try SignUpForm(["email": "me@example.org", "password": "a quiet walk in the woods"])
        let signedIn = try await Accounts(operations: operations).signUp(form, passwordHash: "none")
        me = Principal(
            userID: signedIn.user.id, actor: .session(signedIn.session.id), scopes: Set(Scope.allCases))
        var tasks: [TodoTask] = []
        for index in 0..<Self.size {
            let draft = try TaskDraft(HotOperations.task(index))
            tasks.append(try await operations.perform(CreateTask(draft), as: me).outcome.task)
            clock.advance(by: .seconds(1))
        }
        self.tasks = tasks
    }

    var all: [(name: String, times: Int, operation: @Sendable (Int) async throws -> Void)] {
        [
            ("create", 100, { try await create($0) }),
            ("complete", 100, { try await complete($0) }),
            ("list of 20", 100, { _ in try await list { $0.sort = .dueDate } }),
            ("search, 1,000 matches", 20, { _ in try await list { $0.search = "report" } }),
            ("quick add, read", 100, { try await read($0) }),
        ]
    }

    /// Number `index` of the tasks, as the body of a create.
    private static func task(_ index: Int) -> JSONValue {
        [
            "title": .string("Write the report for Chloé \(index)"), "description": "About the budget and the garden.",
            "priority": .string(["low", "medium", "high", "urgent"][index % 4]),
            "tags": [.string(["home", "work", "someday"][index % 3])],
            "due_date": .string("2026-0\(index % 9 + 1)-1\(index % 7)"),
        ]
    }

    private func create(_ index: Int) async throws {
        _ = try await operations.perform(CreateTask(try TaskDraft(HotOperations.task(index))), as: me)
    }

    private func complete(_ index: Int) async throws {
        _ = try await operations.perform(CompleteTask(TaskTarget(.id(tasks[index].id))), as: me)
    }

    private func list(_ change: (inout TaskQuery) -> Void) async throws {
        var query = TaskQuery()
        query.limit = 20
        change(&query)
        let answer = try await operations.ask(ListTasks(query), as: me)
        guard answer.tasks.count == 20, answer.serialized().count > 1_000 else { throw ErrandError.notFound(.task) }
    }

    private func read(_ index: Int) async throws {
        let line = "Pay rent \(index) every month on the 1st at 9am #home p1 remind me 1 day before"
        let form = try QuickAddForm(["text": .string(line), "dry_run": true])
        _ = try await operations.perform(QuickAddTask(form), as: me)
    }
}
