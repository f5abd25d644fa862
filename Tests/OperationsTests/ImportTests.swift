import CivilTime
import ErrandCore
import Interchange
import Recurrence
import TestSupport
import Testing

@Suite struct ImportTests {
    /// What an account holds, as its export has it: one task of each kind.
    private func fill(_ stage: Stage) async throws {
        try await stage.call(
            "tasks.create",
            [
                "title": "Pay rent", "description": "By **transfer**.", "priority": "p1", "tags": ["Home", "money"],
                "due": ["kind": "zoned", "date": "2026-01-31", "time": "09:00", "time_zone": "Europe/Paris"],
                "recurrence": [
                    "rrule": "FREQ=MONTHLY;BYMONTHDAY=-1", "catch_up": "all", "exdates": ["2026-03-31"],
                ],
                "reminders": [["before": "PT1H", "repeat_every": "PT10M"], ["time": "08:00", "days_before": 1]],
            ]
        )
        let first = try await stage.json("tasks.complete", ["task_id": 1])
        _ = try await stage.makeNext(after: first)
        try await stage.call("tasks.edit", ["task_id": 2, "title": "Pay the rent", "scope": "this"])
        try await stage.call("tasks.create", ["title": "Stretch", "recurrence": ["text": "every! 3 days"]])
        stage.clock.advance(by: .hours(2))
        try await stage.call("tasks.create", ["title": "Old", "completed": true])
        try await stage.call("tasks.create", ["title": "Gone", "due": ["kind": "date", "date": "2026-02-01"]])
        try await stage.call("tasks.delete", ["task_id": 5])
        try await stage.call("tasks.place", ["task_id": 3, "after": .null])
        stage.clock.advance(by: .hours(1))
    }

    private func tasks(_ stage: Stage, of user: User? = nil) async throws -> [TodoTask] {
        try await stage.operations.ask(ExportTasks(after: 0, limit: 1_000), as: stage.principal(user)).tasks
    }

    /// The export of an account, as the door writes it.
    private func export(_ stage: Stage) async throws -> [UInt8] {
        let json: JSONValue = [
            "format": "errand", "version": 1, "tasks": .array(try await tasks(stage).map(\.exportJSON)),
        ]
        return json.serialized()
    }

    private func take(
        _ bytes: [UInt8], into stage: Stage, _ format: TaskFileFormat? = .json, isDryRun: Bool = false,
        as user: User? = nil
    ) async throws -> ImportReport {
        try await stage.operations.importTasks(
            ImportFile(bytes, format: format), ImportOptions(isDryRun: isDryRun), as: stage.principal(user)
        )
    }

    /// A document with one task, `member` of which is as given.
    private func document(_ members: JSONObject) -> [UInt8] {
        var task: JSONObject = ["id": "0190f3a0-0000-7000-8000-000000000001", "title": "A"]
        for member in members.members { task[member.name] = member.value }
        return (["format": "errand", "version": 1, "tasks": [.object(task)]] as JSONValue).serialized()
    }

    @Test func `an export makes the same tasks in another account`() async throws {
        try await Stage.with { stage in
            try await fill(stage)
            let report = try await take(try await export(stage), into: stage, nil, as: stage.ben)
            #expect((report.total, report.created, report.existing, report.leftOut) == (5, 5, 0, 0))
            #expect(report.notes == [] && report.undoTokens.count == 1)
            let own = try await tasks(stage)
            let taken = try await tasks(stage, of: stage.ben)
            #expect(own.count == 5 && taken.map(\.number) == [1, 2, 3, 4, 5])
            for (one, other) in zip(own, taken) {
                var same = other
                same.reminders = one.reminders
                #expect(other.reminders.map(\.moment) == one.reminders.map(\.moment))
                #expect(other.reminders.map(\.repeatEvery) == one.reminders.map(\.repeatEvery))
                #expect(same.exportJSON.withoutZoneOfUser == one.exportJSON.withoutZoneOfUser, "\(one.title)")
                #expect(other.spaceID == stage.ben.id.personalSpace)
            }
            let open = try #require(taken.first { $0.title == "Pay the rent" })
            #expect(open.series?.template.title == "Pay rent" && open.series?.index == 2)
            let done = try await stage.json("tasks.complete", ["task_id": 2], as: stage.ben)
            let id = try #require(TaskID(done["id"]?.string ?? ""))
            let next = try await stage.operations.perform(
                MakeNextOccurrence(after: id), as: stage.principal(stage.ben)
            ).outcome
            #expect(next?.title == "Pay rent" && next?.due?.date.description == "2026-04-30", "31 March is left out")
        }
    }

    @Test func `taken in twice there is one of each, and what was thrown away stays so`() async throws {
        try await Stage.with { stage in
            try await fill(stage)
            let file = try await export(stage)
            _ = try await take(file, into: stage, as: stage.ben)
            let again = try await take(file, into: stage, as: stage.ben)
            #expect((again.created, again.existing, again.leftOut) == (0, 5, 0))
            #expect(again.undoTokens == [])
            try await stage.call("tasks.delete", ["task_id": 3], as: stage.ben)
            let third = try await take(file, into: stage, as: stage.ben)
            #expect((third.created, third.existing, third.leftOut) == (0, 4, 1))
            #expect(third.notes.map(\.detail) == ["Lies in the trash. Restore it from there if you want it back."])
            #expect(try await tasks(stage, of: stage.ben).count == 5)
            #expect(try await tasks(stage, of: stage.ben)[2].isInTrash)
        }
    }

    @Test func `an import is taken back like any other change`() async throws {
        try await Stage.with { stage in
            let report = try await take(document([:]), into: stage)
            let token = try #require(report.undoTokens.last)
            try await stage.call("undo", ["token": .string(token)])
            #expect(try await tasks(stage).map(\.isInTrash) == [true])
        }
    }

    @Test func `a dry run shows what would be, and writes nothing`() async throws {
        try await Stage.with { stage in
            let report = try await take(document(["tags": ["x"]]), into: stage, isDryRun: true)
            #expect(report.isDryRun && report.created == 1 && report.undoTokens == [])
            #expect(report.preview.map { $0["title"] } == ["A"] && report.preview.first?["tags"] == ["x"])
            #expect(report.preview.first?["number"] == nil)
            #expect(try await tasks(stage) == [])
        }
    }

    @Test func `a file that breaks off writes nothing, and says where`() async throws {
        try await Stage.with { stage in
            try await fill(stage)
            let whole = try await export(stage)
            for length in stride(from: 0, to: whole.count, by: 97) {
                let error = await #expect(throws: ErrandError.self) {
                    try await take(Array(whole[..<length]), into: stage, as: stage.ben)
                }
                guard case .line(1, let column?)? = error?.fields.first?.place else {
                    Issue.record("\(length): \(String(describing: error))")
                    continue
                }
                #expect(column <= length + 1)
            }
            #expect(try await tasks(stage, of: stage.ben) == [])
        }
    }

    @Test(arguments: [
        #"{"format":"other","version":1,"tasks":[]}"#, #"{"format":"errand","version":2,"tasks":[]}"#,
        #"{"format":"errand","version":1}"#, #"{"version":1,"tasks":[]}"#, "[]", "null", "{}",
        #"{"format":"errand","version":1,"tasks":[],"tasks":[]}"#, #"{"format":"errand","version":1,"tasks":[]} x"#,
    ])
    func `what is no export is refused`(_ text: String) async throws {
        try await Stage.with { stage in
            await #expect(throws: ErrandError.self) { try await take(Array(text.utf8), into: stage) }
        }
    }

    @Test func `members may come in any order, and unknown ones are passed over`() async throws {
        try await Stage.with { stage in
            let text = """
                {"tasks": [
                {"title": "A", "id": "0190f3a0-0000-7000-8000-000000000001", "colour": "red"},
                {"title": "", "id": "0190f3a0-0000-7000-8000-000000000002"}
                ], "user": {}, "version": 1, "format": "errand"}
                """
            let report = try await take(Array(text.utf8), into: stage)
            #expect((report.total, report.created, report.leftOut) == (2, 1, 1))
            #expect(report.notes.map(\.line) == [3] && report.notes.first?.field == "/title")
        }
    }

    @Test(
        arguments: [
            ["version": 9_223_372_036_854_775_807], ["due": ["kind": "date", "date": "9999-01-01"]],
            ["tags": .array(Array(repeating: "a", count: 51))], ["position": "!"], ["created_at": "yesterday"],
            ["series": ["id": "x"]], ["reminders": [["before": "PT1H"]]],
            [
                "series": [
                    "id": "0190f3a0-0000-7000-8000-000000000009", "parent_id": .null, "original": "2026-01-31T00:00",
                    "index": 9_223_372_036_854_775_807, "recurrence": .null, "clock": "date",
                    "template": ["title": "A", "description": "", "priority": "low", "tags": [], "reminders": []],
                ]
            ],
            ["recurrence": ["rrule": "FREQ=SOMETIMES"]], ["title": 7],
        ] as [JSONObject])
    func `a task that breaks a rule is left out, and told`(_ members: JSONObject) async throws {
        try await Stage.with { stage in
            let report = try await take(document(members), into: stage)
            #expect((report.total, report.created, report.leftOut) == (1, 0, 1))
            #expect(report.notes.first?.severity == .error)
        }
    }

    @Test func `nothing happens in the future`() async throws {
        try await Stage.with { stage in
            _ = try await take(
                document(["created_at": "2999-01-01T00:00:00Z", "completed_at": "2999-01-01T00:00:00Z"]), into: stage)
            let task = try #require(try await tasks(stage).first)
            #expect(task.createdAt == stage.clock.now() && task.completedAt == stage.clock.now())
        }
    }

    @Test func `it takes the right to write, and reads only its own space`() async throws {
        try await Stage.with { stage in
            let reader = stage.principal(scopes: [.readTasks, .readAccount])
            for isDryRun in [true, false] {
                await #expect(throws: ErrandError.insufficientScope(.writeTasks)) {
                    try await stage.operations.importTasks(
                        ImportFile(document([:])), ImportOptions(isDryRun: isDryRun), as: reader)
                }
            }
            _ = try await take(document([:]), into: stage)
            let other = try await take(document([:]), into: stage, as: stage.ben)
            #expect(other.created == 1, "the id of somebody else's task says nothing")
        }
    }
}

extension JSONValue {
    /// What follows from the person's own zone and from the id of the task, left out.
    fileprivate var withoutZoneOfUser: JSONValue {
        guard case .object(var object) = self else { return self }
        for name in ["due_date", "reminder_at", "number"] { object[name] = nil }
        return .object(object)
    }
}
