import ErrandClient
import ErrandCore
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// One story told at every door: each must do the same and say the same.
@Suite struct DoorParityTests {
    /// What is asked for, as ``AnyCatalogueEntry/read(arguments:at:bodyIn:)`` reads it; `undo` without a token means
    /// the last change.
    private static let story: [(name: String, arguments: JSONValue)] = [
        (
            "tasks.create",
            [
                "title": " Pay rent ", "due_date": "2026-01-31", "priority": "p1", "tags": ["Home", "home"],
                "recurrence": ["rrule": "FREQ=MONTHLY;BYMONTHDAY=-1"],
            ]
        ),
        ("tasks.create", ["title": "", "priority": "p9", "tags": ["a,b"], "nope": 1]),
        ("tasks.create", ["title": "A", "due": ["kind": "date"]]),
        ("tasks.edit", ["task_id": 1, "title": "Pay the rent", "description": "By transfer"]),
        ("tasks.edit", ["task_id": 1, "if_version": 1, "title": "Late"]),
        ("tasks.edit", ["task_id": 1, "if_version": 2, "title": "Pay the rent, please"]),
        ("tasks.edit", ["task_id": 1, "title": 5, "due_date": "never", "a/b": .null]),
        ("tasks.edit", ["task_id": 77, "title": "A"]),
        ("tasks.set-tags", ["task_id": 1, "add": ["money"], "remove": ["HOME"]]),
        ("tasks.set-tags", ["task_id": 1]),
        ("tasks.complete", ["task_id": 1]),
        ("tasks.complete", ["task_id": 1]),
        ("tasks.complete", ["task_id": 77]),
        ("tasks.skip", ["task_id": 1]),
        ("tasks.reschedule", ["task_id": 1, "text": "tomorrow"]),
        ("tasks.reopen", ["task_id": 1, "if_version": 5]),
        ("tasks.skip", ["task_id": 1]),
        ("tasks.reschedule", ["task_id": 1, "text": "march 3 at 9am"]),
        ("tasks.reschedule", ["task_id": 1, "text": "when pigs fly"]),
        ("undo", [:]),
        ("undo", [:]),
        ("undo", ["token": "undo_nothing"]),
        ("undo", ["token": ""]),
        ("tasks.create", ["title": "Buy milk"]),
        ("tasks.skip", ["task_id": 2]),
        ("tasks.delete", ["task_id": 2]),
        ("tasks.complete", ["task_id": 2]),
        ("tasks.restore", ["task_id": 2]),
        ("tasks.quick-add", ["text": "Call Eva tomorrow at 9am #phone"]),
        ("tasks.quick-add", ["text": "tomorrow"]),
        ("tags.rename", ["tag": "phone", "name": "calls"]),
        ("tags.remove", ["tag": "phone"]),
        ("tasks.list", ["sort": "title", "order": "asc", "count": "true"]),
    ]

    /// The story at one door, over a store of its own.
    private func story(
        at door: @escaping @Sendable (TestAPI, String) async throws -> any Door
    ) async throws -> [Told] {
        let told = Mutex<[Told]>([])
        try await TestAPI.with { api in
            let story = try await tell(at: try await door(api, try await api.lastingToken(zone: "UTC")))
            told.withLock { $0 = story }
        }
        return told.withLock { $0 }
    }

    private func tell(at door: any Door) async throws -> [Told] {
        var told: [Told] = []
        var undoToken: String?
        for (name, arguments) in DoorParityTests.story {
            var step = arguments
            if name == "undo", arguments == [:] { step = ["token": JSONValue(text: undoToken)] }
            let answer = try await door.take(name, step)
            undoToken = answer.undoToken ?? undoToken
            told.append(answer)
        }
        return told
    }

    @Test func `REST, a batch, the command line and the catalogue do the same and say the same`() async throws {
        let stories = [
            try await story(at: { RESTDoor(api: $0, token: $1) }),
            try await story(at: { BatchDoor(api: $0, token: $1) }),
            try await story(at: { try ClientDoor($0, $1) }), try await story(at: { try await CatalogueDoor($0, $1) }),
        ]
        let first = stories[0]
        for (story, name) in zip(stories, ["REST", "batch", "command line", "catalogue"]) {
            #expect(story.count == first.count)
            for (index, (told, expected)) in zip(story, first).enumerated() {
                #expect(told == expected, "\(name): \(DoorParityTests.story[index])")
            }
        }
        // What REST said is what it should be: the others are compared with it.
        let failures = first.map { $0.code ?? "" }
        #expect(
            failures.filter { !$0.isEmpty } == [
                "validation_failed", "validation_failed", "version_mismatch", "validation_failed", "not_found",
                "validation_failed", "not_found", "already_completed", "already_completed", "validation_failed",
                "undo_expired", "validation_failed", "not_recurring", "not_found", "validation_failed", "not_found",
            ])
        #expect(first[1].fields.map(\.name) == ["title", "priority", "tags[0]", "nope"])
        #expect(first.last?.json["count"] == 3)
    }

    @Test(arguments: [nil, "2025-11-25"])
    func `an agent does the same as REST, in the words of its tools`(_ legacy: String?) async throws {
        let rest = try await story(at: { RESTDoor(api: $0, token: $1) })
        let agent = try await story(at: { AgentToolDoor(agent: AgentClient(api: $0, token: $1, legacy: legacy)) })
        for (step, (told, expected)) in zip(DoorParityTests.story, zip(agent, rest)) {
            #expect((told.code == nil) == (expected.code == nil), "\(step): \(told.detail)")
            #expect((told.undoToken == nil) == (expected.undoToken == nil), "\(step)")
            guard expected.code == nil, let tasks = told.json["tasks"]?.array else { continue }
            switch step.name {
            case "tasks.list", "undo":
                #expect(tasks == (expected.json["items"]?.array ?? []).map(\.brief), "\(step)")
            case "tasks.delete": #expect(tasks.count == 1)
            default: #expect(tasks == [expected.json.brief], "\(step)")
            }
        }
        #expect(agent.count == rest.count && agent.contains { $0.json["tasks"] != nil })
    }

    /// The same, as a program and as a person says it.
    private static let sayings: [(name: String, arguments: JSONValue, sentence: String)] = [
        (
            "tasks.create", ["title": "Pay rent", "due_date": "2026-01-31", "priority": "p1"],
            "add Pay rent on january 31 p1"
        ),
        ("tasks.create", ["title": "Buy milk", "tags": ["home"]], "add Buy milk #home"),
        ("tasks.edit", ["task_id": 1, "title": "Pay the rent"], "rename 1 to Pay the rent"),
        ("tasks.set-tags", ["task_id": 1, "add": ["money"]], "tag the rent money"),
        ("tasks.reschedule", ["task_id": 1, "text": "february 3"], "move the rent to february 3"),
        ("tasks.complete", ["task_id": 2], "I bought milk"),
        ("tasks.reopen", ["task_id": 2], "reopen milk"),
        ("tasks.delete", ["task_id": 2], "delete the milk"),
        ("tasks.restore", ["task_id": 2], "restore the milk"),
    ]

    @Test func `a chat does the same as REST, in sentences`() async throws {
        try await TestAPI.with { api in
            let (ana, ben) = (try await api.token(of: "ana"), try await api.token(of: "ben"))
            let rest = RESTDoor(api: api, token: ana)
            for (name, arguments, sentence) in DoorParityTests.sayings {
                #expect(try await rest.take(name, arguments).code == nil, "\(name)")
                let answer = try await api.send(.post, "/api/v1/chat", token: ben, json: ["message": .string(sentence)])
                #expect(answer.json["tool_calls"]?.array?.count == 1, "\(sentence)")
                #expect(answer.json["tool_calls"]?.array?.first?["result"]?["undo"] != nil, "\(sentence)")
                let lists = [ana, ben].map { token in
                    { @Sendable in try await RESTDoor(api: api, token: token).take("tasks.list", ["sort": "title"]) }
                }
                #expect(try await lists[0]() == (try await lists[1]()), "\(sentence)")
            }
        }
    }
}
