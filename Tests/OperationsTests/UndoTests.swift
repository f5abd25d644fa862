import ErrandCore
import TestSupport
import Testing

/// Several writes, taken back one after the other and brought back.
@Suite struct UndoTests {
    /// The tokens of a command line: what can be taken back, and what can be brought back.
    private struct Stacks {
        var undo: [JSONValue] = []
        var redo: [JSONValue] = []
    }

    @Test func `edits of one task are taken back to the first, and brought back to the last, again and again`()
        async throws
    {
        try await Stage.with { stage in
            var stacks = Stacks()
            stacks.undo.append(try await token(stage, "tasks.create", ["title": "A"]))
            stacks.undo.append(try await token(stage, "tasks.edit", ["task_id": 1, "title": "B"]))
            stacks.undo.append(try await token(stage, "tasks.edit", ["task_id": 1, "priority": "high"]))
            stacks.undo.append(try await token(stage, "tasks.edit", ["task_id": 1, "title": "C", "completed": true]))
            let states = ["A medium false", "B medium false", "B high false", "C high true"]
            for _ in 1...3 {
                for expected in states.dropLast().reversed() {
                    #expect(try await back(stage, &stacks) == expected)
                }
                #expect(try await back(stage, &stacks) == "in the trash")
                #expect(stacks.undo.isEmpty)
                for expected in states { #expect(try await forth(stage, &stacks) == expected) }
                #expect(stacks.redo.isEmpty)
            }
        }
    }

    @Test func `steps back and forth in any order end where they say`() async throws {
        var generator = SeededGenerator(seed: 12)
        try await Stage.with { stage in
            var stacks = Stacks()
            try await stage.call("tasks.create", ["title": "0"])
            var titles = ["0"]
            for step in 1...200 {
                switch Int.random(in: 0...3, using: &generator) {
                case 0:
                    titles = Array(titles.prefix(stacks.undo.count + 1)) + [String(step)]
                    stacks.undo.append(
                        try await token(stage, "tasks.edit", ["task_id": 1, "title": .string(String(step))]))
                    stacks.redo = []
                case 1 where !stacks.redo.isEmpty: _ = try await forth(stage, &stacks)
                default: if !stacks.undo.isEmpty { _ = try await back(stage, &stacks) }
                }
                let task = try await stage.json("tasks.read", ["task_id": 1])
                #expect(task["title"]?.string == titles[stacks.undo.count], "step \(step)")
            }
        }
    }

    @Test func `a batch goes back as one step, also after a later edit of one of its tasks went back`() async throws {
        try await Stage.with { stage in
            var stacks = Stacks()
            for title in ["A", "B"] { try await stage.call("tasks.create", ["title": .string(title)]) }
            let commands: JSONValue = [
                ["id": "1", "op": "complete", "args": ["task_id": 1]],
                ["id": "2", "op": "complete", "args": ["task_id": 2]],
            ]
            stacks.undo.append(try await token(stage, "tasks.batch", ["commands": commands]))
            stacks.undo.append(try await token(stage, "tasks.edit", ["task_id": 2, "title": "C"]))
            #expect(try await back(stage, &stacks) == "B medium true")
            _ = try await back(stage, &stacks)
            #expect(try await stage.json("tasks.list", ["status": "pending"])["items"]?.array?.count == 2)
            _ = try await forth(stage, &stacks)
            #expect(try await stage.json("tasks.list", ["status": "pending"])["items"]?.array?.isEmpty == true)
            #expect(try await forth(stage, &stacks) == "C medium true")
        }
    }

    @Test func `a change in between that stays forbids it`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "A"])
            let first = try await token(stage, "tasks.edit", ["task_id": 1, "title": "B"])
            let second = try await token(stage, "tasks.edit", ["task_id": 1, "title": "C"])
            #expect(try await stage.error(of: "undo", ["token": first]) == .conflict(.undoConflict))
            let third = try await stage.call("undo", ["token": second])
            try await stage.call("tasks.edit", ["task_id": 1, "title": "D"])
            #expect(try await stage.error(of: "undo", ["token": first]) == .conflict(.undoConflict))
            let token = JSONValue(text: third.undoToken)
            #expect(try await stage.error(of: "undo", ["token": token]) == .conflict(.undoConflict))
        }
    }

    private func token(_ stage: Stage, _ name: String, _ arguments: JSONValue) async throws -> JSONValue {
        let token: String = try #require(try await stage.call(name, arguments).undoToken)
        return .string(token)
    }

    private func back(_ stage: Stage, _ stacks: inout Stacks) async throws -> String {
        let (state, token) = try await undo(stage, try #require(stacks.undo.popLast()))
        stacks.redo.append(token)
        return state
    }

    private func forth(_ stage: Stage, _ stacks: inout Stacks) async throws -> String {
        let (state, token) = try await undo(stage, try #require(stacks.redo.popLast()))
        stacks.undo.append(token)
        return state
    }

    private func undo(_ stage: Stage, _ token: JSONValue) async throws -> (String, JSONValue) {
        let answer = try await stage.call("undo", ["token": token])
        let task = try #require(answer.json?["items"]?.array?.first)
        let words = [
            task["title"]?.string ?? "", task["priority"]?.string ?? "", "\(task["completed"]?.bool ?? false)",
        ]
        let state = task["deleted_at"] == .null ? words.joined(separator: " ") : "in the trash"
        let next: String = try #require(answer.undoToken)
        return (state, .string(next))
    }
}
