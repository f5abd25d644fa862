import CivilTime
import ErrandCore
import Interchange
import Synchronization
import TestSupport
import Testing

/// Files of many tasks.
@Suite struct ImportAtSizeTests {
    private static let words = ["milk", "Grüße", "😀👩‍👩‍👧", "שלום", "日本語", "\"quoted\"", "a\\b", "e\u{301}"]
    private static let zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]
    private static let rules = [
        "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    ]

    /// A document with tasks of every kind, one of each again and again.
    private func document(_ count: Int, hasTrash: Bool = true, more: [(String, JSONValue)] = []) -> [UInt8] {
        let tasks = (0..<count).map { task($0, hasTrash) }
        var document: JSONObject = ["format": "errand", "version": 1]
        for (name, value) in more { document.append(name, value) }
        document.append("tasks", .array(tasks))
        return JSONValue.object(document).serialized()
    }

    private func task(_ number: Int, _ hasTrash: Bool) -> JSONValue {
        func one<T>(_ items: [T], _ divisor: Int = 1) -> T { items[number / divisor % items.count] }
        let hex = String(number, radix: 16)
        let digits = String(repeating: "0", count: 12 - hex.count) + hex
        let day = "2027-\(number % 2 == 0 ? "01" : "11")-\(10 + number % 18)"
        var task: JSONObject = [
            "id": .string("0190f3a0-0000-7000-8000-\(digits)"), "title": .string("\(one(Self.words)) \(number)"),
            "description": .string(number % 3 == 0 ? "\(one(Self.words, 2))\n\n- [ ] \(one(Self.words, 3))" : ""),
            "priority": .string(one(["low", "medium", "high", "urgent"])),
            "tags": number % 2 == 0 ? ["home", .string(one(["ärger", "a b", "😀"]))] : [],
            "created_at": "2025-03-01T10:00:00Z", "updated_at": "2025-04-01T10:00:00Z",
        ]
        switch number % 4 {
        case 1: task.append("due", ["kind": "date", "date": .string(day)])
        case 2: task.append("due", ["kind": "floating", "date": .string(day), "time": "09:30"])
        case 3:
            let zone = JSONValue.string(one(Self.zones, 4))
            task.append("due", ["kind": "zoned", "date": .string(day), "time": "23:15", "time_zone": zone])
        default: break
        }
        if number % 4 != 0, number % 3 == 0 {
            let rule = JSONValue.string(one(Self.rules, 3))
            let recurrence: JSONValue = [
                "rrule": rule, "anchor": "schedule", "catch_up": "skip", "exdates": ["2027-05-07"],
            ]
            task.append("recurrence", recurrence)
        }
        if number % 4 == 2 { task.append("reminders", [["before": "PT1H", "repeat_every": "PT10M"]]) }
        if number % 5 == 0 { task.append("completed_at", "2025-04-01T10:00:00Z") }
        if hasTrash, number % 11 == 0 { task.append("deleted_at", "2025-04-01T10:00:00Z") }
        return .object(task)
    }

    /// The export of an account, as the door writes it, without what tells one account from another.
    private func export(_ stage: Stage, of user: User) async throws -> (file: [UInt8], tasks: [JSONValue]) {
        let answer = try await stage.operations.ask(
            ExportTasks(after: 0, limit: 100_000), as: stage.principal(user))
        let document: JSONValue = [
            "format": "errand", "version": 1, "user": answer.user.json,
            "filters": .array(answer.filters.map(\.json)), "tasks": .array(answer.tasks.map(\.exportJSON)),
        ]
        return (document.serialized(), answer.tasks.map { JSONValue(withoutIDsOfReminders: $0.exportJSON) })
    }

    @Test func `ten thousand tasks of every kind come back as they were, with settings and filters`() async throws {
        try await Stage.with(zone: "Europe/Berlin") { stage in
            try await stage.call("filters.add", ["name": "Soon", "expression": "due before: friday"])
            try await stage.call("me.update", ["day_ends_at": "21:30", "date_order": "mdy"])
            let made = try await stage.operations.importTasks(
                ImportFile(document(10_000)), as: stage.principal())
            #expect(made.created == 10_000 && made.notes == [], "\(made.notes.prefix(3))")
            let own = try await export(stage, of: stage.ana)
            let report = try await stage.operations.importTasks(
                ImportFile(own.file), ImportOptions(takesSettings: true), as: stage.principal(stage.ben))
            #expect((report.created, report.filters, report.hasSettings) == (10_000, 1, true))
            #expect(report.notes == [] && report.undoTokens.count == 100)
            let taken = try await export(stage, of: stage.ben)
            #expect(taken.tasks.count == 10_000)
            for (one, other) in zip(own.tasks, taken.tasks) where one != other {
                #expect(one == other)
                return
            }
            let settings = try JSONValue.parse(taken.file)["user"]
            #expect(settings?["day_ends_at"] == "21:30" && settings?["time_zone"] == "Europe/Berlin")
            let filters = try JSONValue.parse(taken.file)["filters"]?.array
            #expect(filters?.map { $0["expression"] } == ["due before: friday"])
        }
    }

    @Test func `one that broke off goes on when the same file comes again`() async throws {
        try await Stage.with { stage in
            let file = ImportFile(document(230, hasTrash: false))
            await #expect(throws: ErrandError.cancelled) {
                _ = try await stage.operations.importTasks(file, as: stage.principal()) {
                    (progress) async throws(CancellationError) in
                    if progress.total == 230, progress.done >= 100 { throw CancellationError() }
                }
            }
            let rest = try await stage.operations.importTasks(file, as: stage.principal())
            #expect((rest.total, rest.created, rest.existing) == (230, 130, 100))
            #expect(rest.undoTokens.count == 2)
            let tasks = try await stage.operations.ask(ExportTasks(after: 0, limit: 500), as: stage.principal()).tasks
            #expect(tasks.count == 230)
            for token in rest.undoTokens.reversed() { try await stage.call("undo", ["token": .string(token)]) }
            let left = try await stage.operations.ask(ExportTasks(after: 0, limit: 500), as: stage.principal()).tasks
            #expect(left.filter { !$0.isInTrash }.count == 100)
        }
    }

    @Test func `it tells how far it has come, and writes nothing before the file is known to its end`() async throws {
        try await Stage.with { stage in
            let told = Mutex<[ImportProgress]>([])
            _ = try await stage.operations.importTasks(ImportFile(document(60)), as: stage.principal()) {
                (progress) async throws(CancellationError) in
                told.withLock { $0.append(progress) }
            }
            let all = told.withLock { $0 }
            #expect(all.map(\.done) == [25, 50, 25, 50, 60])
            #expect(all.map(\.total) == [nil, nil, 60, 60, 60])
        }
    }

    @Test func `what is unknown here of settings and filters is told, and the rest is taken`() async throws {
        try await Stage.with { stage in
            let file = document(
                1,
                more: [
                    ("user", ["day_ends_at": "late", "date_order": "mdy", "email": "x@example.org"]),
                    ("filters", [["name": "A", "expression": "due before ("], ["name": "B", "expression": "today"]]),
                ])
            let report = try await stage.operations.importTasks(
                ImportFile(file), ImportOptions(takesSettings: true), as: stage.principal())
            #expect((report.created, report.filters, report.hasSettings) == (1, 1, true))
            #expect(report.notes.map(\.field) == ["user/day_ends_at", "filters"])
            let writer = stage.principal(scopes: [.readTasks, .writeTasks])
            await #expect(throws: ErrandError.insufficientScope(.writeAccount)) {
                _ = try await stage.operations.importTasks(
                    ImportFile(file), ImportOptions(takesSettings: true), as: writer)
            }
        }
    }

    @Test func `a file that is read from elsewhere is asked for a window at a time`() async throws {
        try await Stage.with { stage in
            let file = WatchedFile(document(2_000))
            let report = try await stage.operations.importTasks(
                ImportFile(file), ImportOptions(isDryRun: true), as: stage.principal())
            #expect(report.created == 2_000 && file.count > 500_000)
            #expect(file.largest <= 131_072)
        }
    }
}

/// Notes how much of it is asked for at once.
private final class WatchedFile: FileContent {
    private let file: HeldFile
    private let asked = Mutex(0)

    init(_ bytes: [UInt8]) { file = HeldFile(bytes) }

    var count: Int { file.count }
    var largest: Int { asked.withLock { $0 } }

    func bytes(at offset: Int, upTo count: Int) throws(TaskFileError) -> [UInt8] {
        asked.withLock { $0 = max($0, count) }
        return file.bytes(at: offset, upTo: count)
    }
}

extension JSONValue {
    /// Reminders have other ids in each account.
    fileprivate init(withoutIDsOfReminders json: JSONValue) {
        guard case .object(var task) = json else {
            self = json
            return
        }
        let reminders = task["reminders"]?.array ?? []
        task["reminders"] = .array(
            reminders.map { reminder in
                guard case .object(var object) = reminder else { return reminder }
                object["id"] = nil
                return .object(object)
            })
        self = .object(task)
    }
}
