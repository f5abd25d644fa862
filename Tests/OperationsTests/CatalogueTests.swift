import ErrandCore
import TestSupport
import Testing

@Suite struct CatalogueTests {
    @Test func `each row has a name of its own and a sentence about it`() {
        let names = Catalogue.entries.map(\.name) + Catalogue.assisted.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.wholeMatch(of: #/[a-z]+(\.[a-z-]+)?/#) != nil, "\(name)") }
        for summary in Catalogue.entries.map(\.summary) + Catalogue.assisted.map(\.summary) {
            #expect(summary.hasSuffix("."))
        }
    }

    /// Something that each row can read.
    private static let arguments: [String: JSONValue] = [
        "tasks.create": ["title": "A"], "tasks.create-recurring": ["title": "A", "recurring": "daily"],
        "tasks.quick-add": ["text": "A"], "tasks.set-priority": ["priority": "p1"], "tasks.set-tags": ["add": ["a"]],
        "tasks.set-due": ["due": .null], "tasks.set-reminders": ["reminders": []],
        "tasks.batch": ["commands": [["id": "a", "op": "create", "args": ["title": "A"]]]],
        "tasks.reschedule": ["text": "tomorrow"], "reminders.snooze": ["for": "PT10M"], "undo": ["token": "x"],
        "tags.rename": ["name": "b"], "channels.add": ["kind": "webhook", "url": "https://example.org/"],
        "push.subscribe": [
            "endpoint": "https://push.example.org/a",
            "keys": [
                "p256dh":
                    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            ],
        ],
        "push.unsubscribe": ["endpoint": "https://push.example.org/a"],
        "filters.add": ["name": "A", "expression": "p1"], "tasks.place": ["after": .null],
        "recurrences.preview": ["recurrence": "daily"],
    ]

    private func arguments(of entry: AnyCatalogueEntry) -> JSONValue {
        guard case .object(var object) = CatalogueTests.arguments[entry.name] ?? [:] else { return [:] }
        if let argument = entry.subject.argument {
            object.append(argument, .string("0190f3a0-0000-7000-8000-000000000001"))
        }
        return .object(object)
    }

    @Test(arguments: Catalogue.entries.map(\.name))
    func `a row says the right that its operation takes`(_ name: String) async throws {
        let entry = try #require(Catalogue.entry(name))
        #expect(try entry.read(arguments: arguments(of: entry)).requiredScope == entry.scope)
    }

    @Test(arguments: Catalogue.entries.map(\.name))
    func `nothing is done without that right`(_ name: String) async throws {
        try await Stage.with { stage in
            let entry = try #require(Catalogue.entry(name))
            let principal = stage.principal(scopes: Set(Scope.allCases).subtracting([entry.scope]))
            let prepared = try entry.read(arguments: arguments(of: entry))
            await #expect(throws: ErrandError.insufficientScope(entry.scope)) {
                try await prepared.perform(by: stage.operations, as: principal)
            }
        }
    }

    @Test(arguments: Catalogue.entries.map(\.name))
    func `a row names what is unknown to it, and what it is about when that is missing`(_ name: String) async throws {
        let entry = try #require(Catalogue.entry(name))
        guard case .object(var object) = arguments(of: entry) else { return }
        object["nope"] = 1
        if let argument = entry.subject.argument { object[argument] = nil }
        let error = try #require(
            #expect(throws: ErrandError.self) { try entry.read(arguments: .object(object), at: "/arguments") }
        )
        let places = error.fields.map(\.place)
        #expect(places.contains(.body("/arguments/nope")))
        #expect(entry.subject.argument.map { places.contains(.body("/arguments/\($0)")) } ?? true)
    }

    @Test func `to see how words are read takes less than to add a task`() async throws {
        try await Stage.with { stage in
            let entry = try #require(Catalogue.entry("tasks.quick-add"))
            let reader = stage.principal(scopes: [.readTasks])
            let preview = try entry.read(arguments: ["text": "Call Eva tomorrow", "dry_run": true])
            let answer = try await preview.perform(by: stage.operations, as: reader)
            #expect(answer.json?["task"] == .null)
            #expect(answer.json?["parsed"]?["title"] == "Call Eva")
            #expect(!answer.isNew)
        }
    }

    @Test func `a list takes its parameters as JSON or as text`() async throws {
        let json = try TaskQuery(
            .json(
                ["tags": ["a", "b"], "limit": 5, "count": true, "priority": "p1,p2", "due_from": "2026-01-20"], at: "")
        )
        let text = try TaskQuery(
            .parameters([
                .init(name: "tags", value: "a,b"), .init(name: "limit", value: "5"),
                .init(name: "count", value: "true"),
                .init(name: "priority", value: "p1,p2"), .init(name: "due_from", value: "2026-01-20"),
            ])
        )
        #expect(json == text)
        #expect(
            throws: ErrandError.invalid([
                FieldProblem(place: .parameter("limit"), code: .duplicate, detail: "Is given more than once."),
                FieldProblem(place: .parameter("limit"), code: .outOfRange, detail: "Must lie between 1 and 200."),
                FieldProblem(place: .parameter("nope"), code: .unknown, detail: "There is no such parameter."),
            ])
        ) {
            try TaskQuery(
                .parameters([
                    .init(name: "nope", value: ""), .init(name: "limit", value: "5"), .init(name: "limit", value: "0"),
                ])
            )
        }
        #expect(
            throws: ErrandError.invalid([
                FieldProblem(place: .body("/limit"), code: .wrongType, detail: "Must be a whole number."),
                FieldProblem(place: .body("/count"), code: .wrongType, detail: "Must be true or false."),
                FieldProblem(place: .body("/nope"), code: .unknown, detail: "There is no such field."),
            ])
        ) {
            try TaskQuery(.json(["nope": 1, "limit": "5", "count": "true"], at: ""))
        }
    }

    @Test func `an error tells itself as every door does`() {
        let one = ErrandError.invalid("/title", .tooLong, "Must have at most 500 characters, has 501.")
        #expect(one.code == "validation_failed")
        #expect(one.detail == "Must have at most 500 characters, has 501.")
        #expect(one.json["errors"]?.array?.first?["pointer"] == "/title")
        #expect(ErrandError.invalid(one.fields + one.fields).detail == "2 rules are broken; see errors.")
        #expect(ErrandError.insufficientScope(.manageCredentials).code == "session_required")
        #expect(ErrandError.insufficientScope(.writeTasks).detail == "It needs the scope tasks:write.")
        #expect(ErrandError.notFound(.tag).json["errors"] == nil)
        #expect(!ErrandError.malformedEvent("secret").detail.contains("secret"))
    }
}
