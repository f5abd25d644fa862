import CivilTime
import ErrandCore
import TestSupport
import Testing

/// Lists are written without a tree of values; the bytes are the same.
@Suite struct JSONTextTests {
    private static let titles = [
        "Call", "", "\"quoted\"", "back\\slash", "line\nbreak\ttab\r", "\u{1}\u{1F}", "Käse für München", "買う牛乳を", "👩‍👩‍👧",
        "seven77", "eight888", "eight88\"", "eight888\"", "sixteen characte", "sixteen charact\\", "\u{7F}\u{80}",
        "a\u{22}bcdefghijklmnop", "abcdefghijklmnop\u{5C}", "ÿÿÿÿÿÿÿÿ", "\u{A0}\u{2022}\u{5CAC}\u{225C}",
    ]

    @Test(arguments: titles)
    func `a list is written as its value is`(_ title: String) throws {
        var task = TodoTask.make(owner: .make(), title: title)
        task.description = title + title
        task.tags = [Tag(name: "home"), Tag(name: title)]
        var full = task
        let day = try #require(LocalDate("2026-01-20"))
        full.due = .zoned(day, .midnight, .utc)
        full.dueSpan = full.due?.span(for: .standard(in: .utc))
        full.completedAt = .testStart + .milliseconds(7)
        full.deletedAt = .testStart
        full.reminders = [Reminder(["id": .string(ReminderID.make().description), "before": "PT1H"])].compactMap { $0 }
        full.reminderAt = .testStart
        full.position = PositionKey("V")
        for tasks in [[], [task], [task, full, task]] {
            for (cursor, count) in [(nil, nil), (title, 3)] as [(String?, Int?)] {
                let answer = ListTasks.Answer(tasks: tasks, nextCursor: cursor, count: count)
                #expect(answer.serialized() == answer.json.serialized())
                #expect(try JSONValue.parse(answer.serialized()) == answer.json)
            }
        }
    }
}
