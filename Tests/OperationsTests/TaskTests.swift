import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct TaskTests {
    @Test func `a task is created once, told and read back`() async throws {
        try await Stage.with { stage in
            let id: JSONValue = "0190f3a0-0000-7000-8000-000000000001"
            let made = try await stage.call(
                "tasks.create", ["id": id, "title": " Pay rent ", "tags": ["Home", "home"]])
            #expect(made.isNew)
            #expect(made.sentence == "Added 1: Pay rent.")
            #expect(made.json?["tags"] == ["Home"])
            #expect(made.undoToken != nil)
            let again = try await stage.call("tasks.create", ["id": id, "title": "Other"])
            #expect(!again.isNew)
            #expect(again.json == made.json)
            #expect(again.undoToken == nil)
            #expect(try await stage.json("tasks.read", ["task_id": 1]) == made.json)
            #expect(try await stage.json("tasks.read", ["task_id": id]) == made.json)
            #expect(try await stage.error(of: "tasks.read", ["task_id": 1], as: stage.ben) == .notFound(.task))
            try await stage.call("tasks.delete", ["task_id": 1])
            #expect(try await stage.error(of: "tasks.create", ["id": id, "title": "A"]) == .conflict(.inTrash))
        }
    }

    @Test func `every broken field is named, and what the task is`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "A"])
            #expect(
                try await stage.fields(
                    of: "tasks.create", ["title": "", "priority": 5, "tags": ["x", 1], "nope": true])
                    == ["/title too_short", "/priority wrong_type", "/tags/1 wrong_type", "/nope unknown"]
            )
            #expect(
                try await stage.fields(
                    of: "tasks.edit", ["task_id": -1, "if_version": "1", "scope": "some", "due_date": 1])
                    == ["/if_version wrong_type", "/task_id invalid_value", "/scope invalid_value"],
                "parameters are read before the body"
            )
            #expect(try await stage.fields(of: "tasks.complete", [:]) == ["/task_id required"])
            #expect(try await stage.error(of: "tasks.complete", ["task_id": 7]) == .notFound(.task))
        }
    }

    @Test func `an edit changes what it names, at the version that was seen`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "A", "description": "Long", "due_date": "2026-01-20"])
            let edited = try await stage.call(
                "tasks.edit", ["task_id": 1, "if_version": 1, "title": "B", "description": .null, "due": .null]
            )
            #expect(edited.sentence == "Changed 1: B.")
            #expect(edited.json?["description"] == "")
            #expect(edited.json?["due"] == .null)
            #expect(edited.json?["version"] == 2)
            guard
                case .versionMismatch = try await stage.error(
                    of: "tasks.edit", ["task_id": 1, "if_version": 1, "title": "C"]
                )
            else { Issue.record("an old version was taken"); return }
            let same = try await stage.call("tasks.edit", ["task_id": 1, "title": "B"])
            #expect(same.json?["version"] == 2)
            #expect(same.undoToken == nil, "nothing changed, so there is nothing to take back")
            #expect(
                try await stage.json("tasks.set-priority", ["task_id": 1, "priority": "p1"])["priority"] == "urgent")
            #expect(try await stage.json("tasks.set-tags", ["task_id": 1, "add": ["x", "y"]])["tags"] == ["x", "y"])
            let tags = try await stage.json("tasks.set-tags", ["task_id": 1, "add": ["z"], "remove": ["X"]])["tags"]
            #expect(tags == ["y", "z"])
            #expect(try await stage.fields(of: "tasks.set-tags", ["task_id": 1]) == ["/tags required"])
            let due = try await stage.call("tasks.set-due", ["task_id": 1, "due_date": "2026-02-01"])
            #expect(due.sentence == "Changed 1: B · 2026-02-01.")
            let many = (1...51).map { JSONValue.string("t\($0)") }
            #expect(
                try await stage.fields(of: "tasks.set-tags", ["task_id": 1, "tags": .array(many)]) == ["/tags too_many"]
            )
        }
    }

    @Test func `completing, reopening, deleting and restoring twice is doing it once`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "Pay rent"])
            let done = try await stage.call("tasks.complete", ["task_id": 1])
            #expect(done.sentence == "Completed 1: Pay rent.")
            #expect(done.json?["completed"] == true)
            let again = try await stage.call("tasks.complete", ["task_id": 1])
            #expect(again.json == done.json && again.undoToken == nil)
            #expect(try await stage.call("tasks.reopen", ["task_id": 1]).sentence == "Reopened 1: Pay rent.")
            #expect(try await stage.json("tasks.reopen", ["task_id": 1])["version"] == 3)
            let deleted = try await stage.call("tasks.delete", ["task_id": 1])
            #expect(deleted.json == nil)
            #expect(deleted.sentence == "Put 1: Pay rent into the trash.")
            for name in ["tasks.read", "tasks.complete", "tasks.reopen", "tasks.delete", "tasks.skip"] {
                #expect(try await stage.error(of: name, ["task_id": 1]) == .notFound(.task), "\(name)")
            }
            #expect(try await stage.json("tasks.restore", ["task_id": 1])["deleted_at"] == .null)
            #expect(try await stage.json("tasks.restore", ["task_id": 1])["version"] == 5)
        }
    }

    @Test func `one write is taken back whole, once, and that too`() async throws {
        try await Stage.with { stage in
            let made = try await stage.call("tasks.create", ["title": "A"])
            let edited = try await stage.call(
                "tasks.edit", ["task_id": 1, "title": "B", "tags": ["x"], "completed": true]
            )
            func undo(_ answer: OperationAnswer) -> JSONValue { ["token": JSONValue(text: answer.undoToken)] }
            #expect(try await stage.error(of: "undo", undo(made)) == .conflict(.undoConflict))
            #expect(try await stage.error(of: "undo", undo(edited), as: stage.ben) == .conflict(.undoExpired))
            let undone = try await stage.call("undo", undo(edited))
            #expect(undone.sentence == "Undone: 1: A.")
            #expect(undone.json?["items"]?.array?.first?["tags"] == [])
            #expect(undone.json?["items"]?.array?.first?["completed"] == false)
            #expect(try await stage.error(of: "undo", undo(edited)) == .conflict(.undoExpired))
            #expect(try await stage.json("undo", undo(undone))["items"]?.array?.first?["title"] == "B")
            let last = try await stage.call("tasks.edit", ["task_id": 1, "title": "C"])
            stage.clock.advance(by: Limits.undoLifetime)
            #expect(try await stage.error(of: "undo", undo(last)) == .conflict(.undoExpired))
            #expect(try await stage.fields(of: "undo", ["token": ""]) == ["/token too_short"])
            let long = JSONValue.string(String(repeating: "x", count: Limits.undoTokenLengthMax + 1))
            #expect(try await stage.fields(of: "undo", ["token": long]) == ["/token too_long"])
        }
    }

    /// What a person sees of the first task: its title and tags, or that it is in the trash.
    private func state(_ stage: Stage) async throws -> String {
        let path: JSONValue = ["task_id": 1]
        guard let task = try? await stage.json("tasks.read", path), task["deleted_at"] == .null else { return "gone" }
        return ([task["title"]?.string ?? ""] + (task["tags"]?.array ?? []).compactMap(\.string)).joined(separator: " ")
    }

    @Test func `writes are taken back one after the other, and done again`() async throws {
        try await Stage.with { stage in
            var back: [String?] = []
            for (name, edit) in [
                ("tasks.create", ["title": "A"]), ("tasks.edit", ["task_id": 1, "title": "B"]),
                ("tasks.edit", ["task_id": 1, "tags": ["x"]]), ("tasks.edit", ["task_id": 1, "title": "C"]),
            ] as [(String, JSONValue)] {
                back.append(try await stage.call(name, edit).undoToken)
            }
            /// Takes back what the token is for, and gives the one for that.
            func step(_ token: String?) async throws -> String? {
                try await stage.call("undo", ["token": JSONValue(text: token)]).undoToken
            }
            for _ in 1...2 as ClosedRange<Int> {
                var again: [String?] = []
                for expected in ["B x", "B", "A", "gone"] {
                    again.append(try await step(back.removeLast()))
                    #expect(try await state(stage) == expected)
                }
                for expected in ["A", "B", "B x", "C x"] {
                    back.append(try await step(again.removeLast()))
                    #expect(try await state(stage) == expected)
                }
            }
            // A change from elsewhere is in the way, until it is taken back itself.
            let other = try await stage.call("tasks.edit", ["task_id": 1, "title": "D"]).undoToken
            let kept: JSONValue = ["token": JSONValue(text: back.last ?? nil)]
            #expect(try await stage.error(of: "undo", kept) == .conflict(.undoConflict))
            _ = try await step(other)
            _ = try await step(back.removeLast())
            #expect(try await state(stage) == "B x")
        }
    }

    @Test func `a change of several tasks is taken back before what was done to one of them`() async throws {
        try await Stage.with { stage in
            for title in ["A", "B"] { try await stage.call("tasks.create", ["title": .string(title), "tags": ["x"]]) }
            let edit = try await stage.call("tasks.edit", ["task_id": 1, "title": "C"]).undoToken
            let all = try await stage.call("tags.rename", ["tag": "x", "name": "y"]).undoToken
            let token: JSONValue = ["token": JSONValue(text: edit)]
            #expect(try await stage.error(of: "undo", token) == .conflict(.undoConflict))
            let again = try await stage.call("undo", ["token": JSONValue(text: all)]).undoToken
            #expect(try await state(stage) == "C x")
            let edited = try await stage.call("undo", token).undoToken
            #expect(try await state(stage) == "A x")
            let redo: JSONValue = ["token": JSONValue(text: again)]
            #expect(try await stage.error(of: "undo", redo) == .conflict(.undoConflict), "out of turn")
            try await stage.call("undo", ["token": JSONValue(text: edited)])
            try await stage.call("undo", redo)
            #expect(try await state(stage) == "C y")
        }
    }

    @Test func `a completed occurrence is taken back with its next one, done again, and back once more`() async throws {
        try await Stage.with { stage in
            let rule: JSONValue = ["rrule": "FREQ=DAILY"]
            let first = try await stage.json(
                "tasks.create", ["title": "Pill", "due_date": "2026-01-19", "recurrence": rule])
            func open() async throws -> [Int64] {
                let list = try await stage.json("tasks.list", ["status": "pending", "sort": "due_date"])
                return (list["items"]?.array ?? []).compactMap { $0["number"]?.integer }
            }
            var token = try await stage.call("tasks.complete", ["task_id": 1]).undoToken
            #expect(try await stage.makeNext(after: first)?.number == 2)
            for expected in [[1], [2], [1], [2]] as [[Int64]] {
                token = try await stage.call("undo", ["token": JSONValue(text: token)]).undoToken
                #expect(try await stage.makeNext(after: first) == nil)
                #expect(try await open() == expected)
            }
        }
    }

    private static let commands: JSONValue = [
        ["id": "a", "op": "create", "args": ["title": "A"]],
        ["id": "b", "op": "complete", "args": ["task_id": 99]],
        ["id": "c", "op": "update", "args": ["task_id": 1, "patch": ["title": ""], "nope": 1]],
        ["id": "d", "op": "update", "args": ["task_id": 1, "patch": ["title": "D"]]],
        ["id": "e", "op": "delete", "args": ["task_id": 1]],
    ]

    @Test func `a batch stands on its own, or all or nothing`() async throws {
        try await Stage.with { stage in
            let loose = try await stage.call("tasks.batch", ["commands": TaskTests.commands])
            let results = try #require(loose.json?["results"]?.array)
            #expect(results.map { $0["id"] } == ["a", "b", "c", "d", "e"])
            #expect(results.map { $0["task"]?["title"] } == ["A", nil, nil, "D", nil])
            #expect(results.map { $0["error"]?["code"] } == [nil, "not_found", "validation_failed", nil, nil])
            let broken = results[2]["error"]?["errors"]?.array?.map { $0["pointer"]?.string }
            #expect(broken == ["/commands/2/args/patch/title", "/commands/2/args/nope"])
            #expect(loose.sentence == "Did 3 of 5 commands.")
            let undone = try await stage.json("undo", ["token": JSONValue(text: loose.undoToken)])
            #expect(undone["undone"] == 1, "one undo takes all of it back")

            let strict = try await stage.call("tasks.batch", ["commands": TaskTests.commands, "atomic": true])
            #expect(strict.json?["applied"] == false)
            let aborted = "batch_aborted"
            #expect(
                strict.json?["results"]?.array?.map { $0["error"]?["code"]?.string }
                    == [aborted, "not_found", aborted, aborted, aborted]
            )
            #expect(strict.undoToken == nil)
            #expect(try await stage.json("tasks.list", ["count": true])["count"] == 0, "nothing was written")
        }
    }

    @Test func `the envelope of a batch is judged before its commands`() async throws {
        try await Stage.with { stage in
            let fields = try await stage.fields(
                of: "tasks.batch",
                [
                    "commands": [
                        ["id": "a", "op": "skip", "args": [:]], ["id": "a", "op": "create", "args": ["title": "A"]],
                        ["id": "a", "op": "create", "args": ["title": "A"]], 5,
                    ], "atomic": 1,
                ]
            )
            #expect(fields.contains("/atomic wrong_type"))
            #expect(fields.contains("/commands/0/op invalid_value"))
            #expect(fields.contains("/commands/2/id duplicate"))
            #expect(fields.contains("/commands/3 wrong_type"))
            #expect(try await stage.fields(of: "tasks.batch", ["commands": []]) == ["/commands too_short"])
            #expect(try await stage.json("tasks.list", ["count": true])["count"] == 0)
        }
    }

    @Test func `a list is filtered, counted and turned over page by page`() async throws {
        try await Stage.with { stage in
            for number in 1...5 {
                stage.clock.advance(by: .seconds(1))
                try await stage.call("tasks.create", ["title": .string("Task \(number)"), "tags": ["t"]])
            }
            try await stage.call("tasks.complete", ["task_id": 2])
            let page = try await stage.call("tasks.list", ["limit": 2, "sort": "created_at", "order": "asc"])
            #expect(page.sentence == "2 tasks, and more.")
            #expect(page.json?["items"]?.array?.map { $0["number"] } == [1, 2])
            let next = page.json?["next_cursor"] ?? .null
            let second = try await stage.json(
                "tasks.list", ["limit": 2, "sort": "created_at", "order": "asc", "cursor": next]
            )
            #expect(second["items"]?.array?.map { $0["number"] } == [3, 4])
            #expect(try await stage.error(of: "tasks.list", ["sort": "title", "cursor": next]) == .invalidCursor)
            #expect(try await stage.call("tasks.list", ["status": "completed", "count": true]).sentence == "1 task.")
            #expect(try await stage.call("tasks.list", ["tags": ["T"], "search": "task"]).sentence == "5 tasks.")
            #expect(try await stage.call("tasks.list", [:], as: stage.ben).sentence == "No tasks.")
            #expect(try await stage.fields(of: "tasks.list", ["filter": "due ((("]) == ["?filter invalid_value"])
        }
    }
}
