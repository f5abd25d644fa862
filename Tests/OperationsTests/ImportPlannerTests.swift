import CivilTime
import ErrandCore
import Interchange
import Recurrence
import TestSupport
import Testing

/// What becomes of tasks of other programs under the limits of this one.
@Suite struct ImportPlannerTests {
    private static let now = Instant("2026-01-15T10:30:00Z") ?? .testStart

    private func plan(
        _ tasks: [PortableTask], locale: String? = nil, format: TaskFileFormat = .csv
    ) throws -> [ImportPlanner.Entry] {
        var settings = UserSettings.standard(in: try #require(Zone(identifier: "Europe/Berlin")))
        settings.locale = locale.flatMap { SpokenLocale($0) }
        let user = User.make(settings: settings)
        let space = try #require(SpaceID("0190f3a0-0000-7000-8000-000000000001"))
        var planner = ImportPlanner(
            ImportBasis(space: space, settings: user.settings, now: ImportPlannerTests.now), format: format)
        return tasks.map { planner.plan(ReadEntry(task: $0)) }
    }

    private func planned(
        _ title: String = "A", locale: String? = nil, _ change: (inout PortableTask) -> Void = { _ in }
    ) throws -> (task: ImportedTask?, notes: [ReadNote]) {
        var task = PortableTask(title: title, line: 7)
        change(&task)
        let entry = try plan([task], locale: locale)[0]
        #expect(entry.notes.allSatisfy { $0.line == 7 })
        return (entry.task, entry.notes)
    }

    @Test func `a long title goes on in the description`() throws {
        let title = String(repeating: "a", count: 499) + "👨‍👩‍👧 end"
        let (task, notes) = try planned(title) { $0.description = "More." }
        #expect(task?.title == String(repeating: "a", count: 499), "no character is cut")
        #expect(task?.description == "👨‍👩‍👧 end\n\nMore.")
        #expect(notes.map(\.field) == ["title"] && notes.first?.severity == .warning)
    }

    @Test func `controls are left out and told, and line breaks become spaces`() throws {
        let (task, notes) = try planned("a\u{0}b\nc") { $0.description = "x\u{7}\ty\n" }
        #expect(task?.title == "ab c" && task?.description == "x\ty\n")
        #expect(notes.map(\.field) == ["title", "description"])
    }

    @Test func `without a title the first line of the description is one`() throws {
        let (task, notes) = try planned(" ") { $0.description = "\nCall Eva\nabout it" }
        #expect(task?.title == "Call Eva" && notes == [])
        let (nothing, errors) = try planned("\u{0}")
        #expect(nothing == nil && errors.last?.severity == .error)
    }

    @Test func `what is too long for a description is counted`() throws {
        let (task, notes) = try planned { $0.description = String(repeating: "é", count: 16_390) }
        #expect(task?.description.unicodeScalars.count == 16_384)
        #expect(notes.first?.detail == "Is longer than 16384 characters; the last 6 are left out.")
    }

    @Test func `tags fit, or are kept as text`() throws {
        let (task, notes) = try planned { task in
            task.tags = ["Home", "home", "a, b", "", String(repeating: "x", count: 61)] + (1...60).map { "t\($0)" }
        }
        #expect(task?.tags.count == 50)
        #expect(task?.tags.prefix(2).map(\.name) == ["Home", "a  b"])
        #expect(task?.description.contains("#a, b") == true && task?.description.contains("#t60") == true)
        #expect(notes.count == 3)
    }

    @Test(
        arguments: [
            (nil, "every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
            ("de-DE", "jeden Montag", "FREQ=WEEKLY;BYDAY=MO"),
            ("de-DE", "every monday", "FREQ=WEEKLY;BYDAY=MO"), (nil, "every blue moon", nil), (nil, "", nil),
        ] as [(String?, String, String?)])
    func `words of recurrence are read in the person's language, then in English`(
        _ locale: String?, _ words: String, _ rule: String?
    ) throws {
        let (task, notes) = try planned(locale: locale) { $0.recurrence = PortableRecurrence(.words(words)) }
        #expect(task?.series?.recurrence?.rule.description == rule)
        #expect((task?.due == nil) == (rule == nil))
        #expect(notes.isEmpty == (rule != nil))
        if rule == nil { #expect(task?.description.hasPrefix("Repeats: \(words)") == true) }
    }

    @Test func `a rule keeps its exceptions and what it is counted from`() throws {
        let (task, notes) = try planned { task in
            task.due = LocalDate("2026-02-02").map { PortableDue(date: $0) }
            var recurrence = PortableRecurrence(.rule(RecurrenceRule(.weekly, interval: 2)))
            recurrence.excludedDays = [LocalDate("2026-02-16")].compactMap { $0 }
            recurrence.start = LocalDateTime("2026-01-05T00:00")
            task.recurrence = recurrence
        }
        #expect(notes == [])
        #expect(task?.series?.recurrence?.exceptions.map(\.description) == ["2026-02-16"])
        #expect(task?.series?.recurrence?.start.description == "2026-01-05T00:00")
        #expect(task?.series?.original.description == "2026-02-02T00:00")
    }

    @Test func `a rule that cannot be is kept as text`() throws {
        let (task, notes) = try planned { task in
            var rule = RecurrenceRule(.daily)
            rule.hours = [9]
            task.due = LocalDate("2026-02-02").map { PortableDue(date: $0) }
            task.recurrence = PortableRecurrence(.rule(rule))
        }
        #expect(task?.series == nil && task?.due != nil)
        #expect(task?.description == "Repeats: FREQ=DAILY;BYHOUR=9" && notes.map(\.field) == ["recurrence"])
    }

    @Test func `reminders fit, or are kept as text`() throws {
        let (task, notes) = try planned { task in
            task.reminders = [
                PortableReminder(.before(CalendarSpan(seconds: 3600))),
                PortableReminder(.at(Instant(seconds: 1_800_000_000)), repeatEvery: CalendarSpan(seconds: 1)),
            ]
            task.reminders += (0..<21).map { PortableReminder(.at(Instant(seconds: 1_900_000_000 + $0 * 60))) }
        }
        #expect(task?.reminders.count == 20 && notes.count == 3)
        #expect(task?.description.contains("Reminder: PT1H before") == true)
    }

    @Test func `a year that no task is due in is kept as text`() throws {
        let (task, notes) = try planned { $0.due = LocalDate("0099-01-02").map { PortableDue(date: $0) } }
        #expect(task?.due == nil && task?.description == "Due: 0099-01-02" && notes.map(\.field) == ["due"])
    }

    @Test func `ids follow from the file, and equal tasks are not one`() throws {
        func keyed(_ key: String?, _ title: String = "A") -> PortableTask {
            var task = PortableTask(title: title, line: 1)
            task.key = key
            return task
        }
        let uuid = "0190f3a0-0000-7000-8000-00000000000a"
        let tasks = [keyed(nil), keyed(nil), keyed(nil, "B"), keyed("1"), keyed("1"), keyed(uuid), keyed("2")]
        let ids = try plan(tasks).compactMap(\.task?.id)
        #expect(Set(ids).count == tasks.count)
        #expect(ids[5].description == uuid, "Errand's own files name the task itself")
        #expect(try plan(tasks).compactMap(\.task?.id) == ids)
        #expect(try plan([keyed("1")], format: .todoist)[0].task?.id != ids[3])
        var ticked = keyed(nil)
        ticked.isCompleted = true
        #expect(try plan([ticked])[0].task?.id == ids[0])
        #expect(try plan([keyed("1", "Renamed")])[0].task?.id == ids[3])
    }

    @Test func `times are kept, as far as they are past`() throws {
        let created = try #require(Instant("2020-01-01T00:00:00Z"))
        let (task, _) = try planned { task in
            (task.createdAt, task.updatedAt, task.isCompleted) = (created, created + .days(2), true)
        }
        #expect(task?.createdAt == created && task?.updatedAt == created + .days(2))
        #expect(task?.completedAt == created + .days(2))
        let (future, _) = try planned { $0.createdAt = ImportPlannerTests.now + .days(1) }
        #expect(future?.createdAt == ImportPlannerTests.now && future?.updatedAt == ImportPlannerTests.now)
    }
}
