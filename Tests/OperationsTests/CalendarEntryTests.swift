import CivilTime
import ErrandCore
import Interchange
import Recurrence
import TestSupport
import Testing

/// What becomes of what calendar programs write.
@Suite struct CalendarEntryTests {
    private static let uid = "0190f3a0-0000-7000-8000-00000000000a"

    private func text(_ lines: [String], uid: String = Self.uid, besides: [String] = []) -> [UInt8] {
        let todo = ["BEGIN:VTODO", "UID:\(uid)"] + lines + ["END:VTODO"]
        let all = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"] + todo + besides + ["END:VCALENDAR", ""]
        return Array(all.joined(separator: "\r\n").utf8)
    }

    private func put(
        _ bytes: [UInt8], _ stage: Stage, as name: String = "a.ics", if condition: CalendarCondition = .none,
        of user: User? = nil
    ) async throws -> PutCalendarEntry.Outcome {
        let object = try CalendarObject(bytes)
        let command = PutCalendarEntry(name, object, if: condition)
        return try await stage.operations.perform(command, as: stage.principal(user)).outcome
    }

    private func saved(_ outcome: PutCalendarEntry.Outcome) throws -> CalendarEntry {
        guard case .saved(let entry, _, _) = outcome else {
            Issue.record("not saved: \(outcome)")
            throw ErrandError.unavailable
        }
        return entry
    }

    private func read(_ name: String, _ stage: Stage) async throws -> CalendarEntry? {
        try await stage.operations.ask(ReadCalendarEntries([name]), as: stage.principal()).first
    }

    private func told(_ name: String, _ stage: Stage) async throws -> String {
        String(decoding: try #require(try await read(name, stage)).text(), as: UTF8.self)
    }

    private func token(_ stage: Stage) async throws -> CalendarToken {
        try await stage.operations.ask(ReadCalendarToken(), as: stage.principal())
    }

    private func changes(
        _ since: CalendarToken, _ stage: Stage, limit: Int = .max
    ) async throws
        -> ListCalendarChanges.Changes?
    {
        try await stage.operations.ask(ListCalendarChanges(since: since, limit: limit), as: stage.principal())
    }

    @Test func `a to-do becomes a task, and is given back octet for octet`() async throws {
        try await Stage.with { stage in
            let bytes = text(["SUMMARY:Paint", "DUE;VALUE=DATE:20260401", "LOCATION:Attic", "PRIORITY:2"])
            let outcome = try await put(bytes, stage)
            guard case .saved(let entry, true, true) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(entry.task.title == "Paint" && entry.task.priority == .high && entry.task.description.isEmpty)
            #expect(entry.task.id.description == Self.uid && entry.name == "a.ics")
            #expect(try entry.text() == bytes)
            let again = try await put(bytes, stage)
            guard case .saved(let same, false, true) = again else {
                Issue.record("\(again)")
                return
            }
            #expect(same.tag == entry.tag, "nothing has changed")
        }
    }

    @Test func `only what the program changed is changed, and what it alone knows stays`() async throws {
        try await Stage.with { stage in
            _ = try await put(
                text(["SUMMARY:Paint", "DTSTART:20260401T080000Z", "DUE:20260401T090000Z", "X-ODD:1"]), stage)
            try await stage.call("tasks.edit", ["task_id": 1, "title": "Paint it", "tags": ["home"]])
            let shown = try await told("a.ics", stage)
            #expect(shown.contains("SUMMARY:Paint it") && shown.contains("X-ODD:1"))
            #expect(shown.contains("DTSTART:20260401T080000Z") && shown.contains("CATEGORIES:home"))
            let changed = shown.replacing("X-ODD:1", with: "X-ODD:2").replacing("SUMMARY:Paint it", with: "SUMMARY:Go")
            let entry = try saved(try await put(Array(changed.utf8), stage))
            #expect(entry.task.title == "Go" && entry.task.tags.map(\.name) == ["home"])
            #expect(String(decoding: try entry.text(), as: UTF8.self).contains("X-ODD:2"))
        }
    }

    @Test(
        arguments: [
            "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "RRULE:FREQ=SECONDLY", "X-ODD:1",
            "CATEGORIES:\((0...Limits.tagsPerTaskMax).map { "tag\($0)" }.joined(separator: ","))",
        ]
    ) func `what has no place in a task stays with the program, and out of the description`(line: String) async throws {
        try await Stage.with { stage in
            let bytes = text(["SUMMARY:A", "DUE;VALUE=DATE:20260401", line])
            let entry = try saved(try await put(bytes, stage))
            #expect(entry.task.description.isEmpty && entry.task.series == nil)
            #expect(try entry.text() == bytes)
        }
    }

    @Test func `states and names are insisted on`() async throws {
        try await Stage.with { stage in
            let first = try saved(try await put(text(["SUMMARY:A"]), stage, if: .absent))
            #expect(try await put(text(["SUMMARY:B"]), stage, if: .absent) == .changed)
            #expect(try await put(text(["SUMMARY:B"]), stage, if: .tagged(["\"9.9\""])) == .changed)
            let second = try saved(try await put(text(["SUMMARY:B"]), stage, if: .tagged([first.tag])))
            #expect(second.task.title == "B" && second.tag != first.tag)
            #expect(try await put(text(["SUMMARY:C"]), stage, as: "new.ics", if: .present) == .changed)
            #expect(try await put(text(["SUMMARY:C"]), stage, as: "other.ics") == .uidTaken("a.ics"))
            #expect(try await put(text(["SUMMARY:C"], uid: "another"), stage) == .uidTaken("a.ics"))
            let delete = DeleteCalendarEntry("a.ics", if: .tagged([first.tag]))
            #expect(try await stage.operations.perform(delete, as: stage.principal()).outcome == .changed)
            #expect(try await put(text(["SUMMARY:C"]), stage, of: stage.ben) != .changed, "of another person")
            #expect(try await read("a.ics", stage)?.task.title == "B")
        }
    }

    @Test func `what was deleted and comes again is the task that it was`() async throws {
        try await Stage.with { stage in
            let first = try saved(try await put(text(["SUMMARY:A"]), stage))
            let delete = DeleteCalendarEntry("a.ics")
            #expect(try await stage.operations.perform(delete, as: stage.principal()).outcome == .deleted)
            #expect(try await stage.operations.perform(delete, as: stage.principal()).outcome == .notThere)
            #expect(try await read("a.ics", stage) == nil)
            // Another one takes its name meanwhile.
            let other = try saved(try await put(text(["SUMMARY:Other"], uid: "other"), stage))
            let back = try saved(try await put(text(["SUMMARY:Again"]), stage, as: "b.ics"))
            #expect(back.task.id == first.task.id && back.task.title == "Again" && other.task.id != first.task.id)
            #expect(try await read("a.ics", stage)?.task.title == "Other")
            #expect(try await read("b.ics", stage)?.task.title == "Again")
        }
    }

    @Test func `a to-do without a title has that of its description, or is refused`() async throws {
        try await Stage.with { stage in
            let entry = try saved(try await put(text(["DESCRIPTION:Line one\\nLine two"]), stage))
            #expect(entry.task.title == "Line one")
            await #expect(throws: ErrandError.self) {
                try await put(text(["PRIORITY:1"], uid: "b"), stage, as: "b.ics")
            }
        }
    }

    @Test func `a task of Errand has a name and is changed under it`() async throws {
        try await Stage.with { stage in
            let task = try await stage.json(
                "tasks.create",
                [
                    "title": "Call", "due": ["kind": "floating", "date": "2026-04-01", "time": "09:00"],
                    "reminders": [["before": "PT1H"]],
                ])
            let name = "\(task["id"]?.string ?? "").ics"
            let shown = try await told(name, stage)
            let changed = shown.replacing("SUMMARY:Call", with: "SUMMARY:Call Ben")
            let entry = try saved(try await put(Array(changed.utf8), stage, as: name))
            #expect(entry.task.title == "Call Ben" && entry.task.version == 2)
            #expect(entry.task.reminders.count == 1 && entry.task.due?.local.description == "2026-04-01T09:00")
            let moved = changed.replacing("DUE:20260401T090000", with: "DUE:20260402T100000")
            let later = try saved(try await put(Array(moved.utf8), stage, as: name))
            #expect(later.task.due?.local.description == "2026-04-02T10:00")
            #expect(later.task.reminders == entry.task.reminders, "a reminder that was not touched stays the same one")
        }
    }

    // MARK: Series

    private let weekly = [
        "SUMMARY:Water", "DTSTART;VALUE=DATE:20260105", "DUE;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY", "X-ODD:1",
    ]

    @Test func `completing an occurrence brings the next one, with what the program wrote`() async throws {
        try await Stage.with { stage in
            _ = try await put(text(weekly), stage)
            let done = text(weekly + ["STATUS:COMPLETED", "COMPLETED:20260105T080000Z"])
            let entry = try saved(try await put(done, stage))
            #expect(entry.task.isCompleted)
            let shown = String(decoding: try entry.text(), as: UTF8.self)
            #expect(!shown.contains("RRULE") && shown.contains("X-ODD:1"), "done, it does not come again")
            let next = try #require(try await stage.makeNext(after: entry.task.json))
            let told = try await told("\(next.id).ics", stage)
            #expect(told.contains("UID:\(next.id)") && told.contains("X-ODD:1") && told.contains("RRULE:FREQ=WEEKLY"))
            #expect(!told.contains("COMPLETED"))
            #expect(next.due?.date.description == "2026-01-12")
        }
    }

    @Test func `going on to a later date of the rule goes on in the series`() async throws {
        try await Stage.with { stage in
            _ = try await put(text(weekly), stage)
            let moved = weekly.map { $0.replacing("20260105", with: "20260119") }
            let entry = try saved(try await put(text(moved), stage))
            #expect(entry.task.due?.date.description == "2026-01-19" && !entry.task.isCompleted)
            #expect(entry.task.series?.index == 3)
            let done = try await stage.json("tasks.complete", ["task_id": 1])
            #expect(try await stage.makeNext(after: done)?.due?.date.description == "2026-01-26")
        }
    }

    @Test func `an occurrence completed by a component of its own completes the task`() async throws {
        try await Stage.with { stage in
            _ = try await put(text(weekly), stage)
            func override(_ day: String) -> [String] {
                [
                    "BEGIN:VTODO", "UID:\(Self.uid)", "RECURRENCE-ID;VALUE=DATE:\(day)", "SUMMARY:Water",
                    "STATUS:COMPLETED", "END:VTODO",
                ]
            }
            let later = try saved(try await put(text(weekly, besides: override("20260112")), stage))
            #expect(!later.task.isCompleted, "another occurrence than the one that is due")
            let now = try saved(try await put(text(weekly, besides: override("20260105")), stage))
            #expect(now.task.isCompleted)
        }
    }

    @Test func `another rule is followed, and none ends the series`() async throws {
        try await Stage.with { stage in
            let id = try saved(try await put(text(weekly), stage)).task.series?.id
            let daily = weekly.map { $0.replacing("FREQ=WEEKLY", with: "FREQ=DAILY;INTERVAL=3") }
            let changed = try saved(try await put(text(daily), stage))
            #expect(changed.task.series?.id == id)
            #expect(changed.task.series?.recurrence?.rule.description == "FREQ=DAILY;INTERVAL=3")
            let once = try saved(try await put(text(weekly.filter { !$0.hasPrefix("RRULE") }), stage))
            #expect(once.task.series?.recurrence == nil && once.task.due != nil)
        }
    }

    // MARK: Synchronisation

    @Test func `a program is told what has changed since it looked`() async throws {
        try await Stage.with { stage in
            let start = try await token(stage)
            _ = try await put(text(["SUMMARY:A", "X-ODD:1"]), stage)
            try await stage.call("tasks.create", ["title": "B"])
            let first = try #require(try await changes(start, stage))
            #expect(first.entries.map(\.task.title).sorted() == ["A", "B"] && first.removed.isEmpty && !first.isCut)
            #expect(try await changes(first.token, stage)?.entries.isEmpty == true)

            _ = try await put(text(["SUMMARY:A", "X-ODD:2"]), stage)
            let second = try #require(try await changes(first.token, stage))
            #expect(second.entries.map(\.name) == ["a.ics"], "also what Errand does not know")

            try await stage.call("tasks.delete", ["task_id": 1])
            let third = try #require(try await changes(second.token, stage))
            #expect(third.entries.isEmpty && third.removed == ["a.ics"])

            let cut = try #require(try await changes(start, stage, limit: 1))
            #expect(cut.isCut && cut.entries.count + cut.removed.count == 1)
            let rest = try #require(try await changes(cut.token, stage))
            #expect(!rest.isCut && rest.entries.map(\.task.title) == ["B"])
            #expect(CalendarToken(rest.token.description) == rest.token)
        }
    }

    @Test func `who looked too long ago, or in the future, begins anew`() async throws {
        try await Stage.with { stage in
            _ = try await put(text(["SUMMARY:A"]), stage)
            #expect(try await changes(try #require(CalendarToken("urn:errand:sync:999.0")), stage) == nil)
            for text in ["", "urn:errand:sync:", "urn:errand:sync:1", "urn:errand:sync:-1.0", "http://a.b/1.0"] {
                #expect(CalendarToken(text) == nil, "\(text)")
            }
        }
    }

    @Test func `rights are those of tasks`() async throws {
        try await Stage.with { stage in
            let reader = stage.principal(scopes: [.readTasks])
            let object = try CalendarObject(text(["SUMMARY:A"]))
            await #expect(throws: ErrandError.insufficientScope(.writeTasks)) {
                try await stage.operations.perform(PutCalendarEntry("a.ics", object), as: reader)
            }
            await #expect(throws: ErrandError.insufficientScope(.readTasks)) {
                try await stage.operations.ask(ReadCalendarToken(), as: stage.principal(scopes: []))
            }
        }
    }
}
