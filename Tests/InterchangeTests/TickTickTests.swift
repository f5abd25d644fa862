import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct TickTickTests {
    private static let heading =
        "\"Date: 2026-01-10+0000\"\n\"Version: 7.1\"\n\"Status: \n0 Normal\n1 Completed\n2 Archived\"\n"
        + "\"Folder Name\",\"List Name\",\"Title\",\"Kind\",\"Tags\",\"Content\",\"Is Check list\",\"Start Date\","
        + "\"Due Date\",\"Reminder\",\"Repeat\",\"Priority\",\"Status\",\"Created Time\",\"Completed Time\",\"Order\","
        + "\"Timezone\",\"Is All Day\",\"Is Floating\",\"Column Name\",\"Column Order\",\"View Mode\",\"taskId\","
        + "\"parentId\"\n"

    private func read(_ rows: [[String: String]]) throws -> [ReadEntry] {
        let names =
            Self.heading.split(separator: "\n").last?.split(separator: ",").map { $0.dropFirst().dropLast() } ?? []
        let lines = rows.map { row in names.map { "\"\(row[String($0)] ?? "")\"" }.joined(separator: ",") }
        let text = Self.heading + lines.joined(separator: "\n") + "\n"
        #expect(TaskFiles.recognise(Array(text.utf8), name: nil) == .ticktick)
        return try entries(text, .ticktick)
    }

    @Test func `a task has its fields from columns`() throws {
        let entry = try #require(
            try read([
                [
                    "Folder Name": "Private", "List Name": "Home", "Title": "Water plants", "Tags": "green, slow",
                    "Content": "a\nb", "Due Date": "2026-03-29T07:00:00+0000", "Reminder": "PT0S\n-PT30M",
                    "Repeat": "FREQ=WEEKLY;INTERVAL=1;BYDAY=SU", "Priority": "5", "Status": "0",
                    "Created Time": "2026-01-01T08:00:00+0000", "Timezone": "Europe/Berlin", "Is All Day": "false",
                    "Is Floating": "false", "taskId": "42",
                ]
            ]).first)
        let task = try #require(entry.task)
        #expect(entry.notes.isEmpty)
        #expect(task.key == "42")
        #expect(task.tags == ["Private", "Home", "green", "slow"])
        #expect(task.description == "a\nb")
        #expect(task.priority == .high)
        #expect(task.due?.time?.description == "09:00")
        #expect(task.due?.zone?.identifier == "Europe/Berlin")
        #expect(task.recurrence?.source == .rule(try RecurrenceRule("FREQ=WEEKLY;BYDAY=SU")))
        #expect(task.reminders.map(\.moment) == [.before(.zero), .before(CalendarSpan(seconds: 1800))])
        #expect(task.createdAt == Instant("2026-01-01T08:00:00Z"))
    }

    @Test func `a whole day is the day of its zone, and has reminders at times`() throws {
        let task = try #require(
            try read([
                [
                    "List Name": "Home", "Title": "A", "Start Date": "2026-01-04T23:00:00+0000",
                    "Timezone": "Europe/Berlin", "Is All Day": "true", "Reminder": "P0DT9H0M0S",
                ]
            ]).first?.task)
        #expect(task.due == PortableDue(date: try #require(LocalDate("2026-01-05"))))
        #expect(task.reminders.map(\.moment) == [.onDay(daysBefore: 0, try #require(LocalTime("09:00")))])
    }

    @Test func `checklists become lists of Markdown, and parts say what they are part of`() throws {
        let read = try read([
            ["List Name": "L", "Title": "A", "Kind": "CHECKLIST", "Content": "▫one\n▪two\nthree", "taskId": "1"],
            ["List Name": "L", "Title": "B", "parentId": "1", "Status": "-1"],
            ["List Name": "L", "Title": "C", "Status": "2", "Completed Time": "2026-01-02T08:00:00+0000"],
        ])
        #expect(read[0].task?.description == "- [ ] one\n- [x] two\nthree")
        #expect(read[1].task?.description == "Part of: A")
        #expect(read[1].notes.map(\.field) == ["Status", "Part of"])
        #expect(read.map(\.task?.isCompleted) == [false, true, true])
        #expect(read[2].task?.completedAt == Instant("2026-01-02T08:00:00Z"))
    }

    @Test func `what cannot be followed is kept in words`() throws {
        let entry = try #require(
            try read([
                [
                    "List Name": "L", "Title": "A", "Due Date": "soon", "Repeat": "ERULE:NAME=CUSTOM",
                    "Reminder": "later", "Priority": "9", "Timezone": "Nowhere",
                ],
                ["List Name": "L", "Title": "B", "Due Date": "2026-01-01T08:00:00+0000", "Repeat": "ERULE:NAME=X"],
            ]).first)
        #expect(
            entry.task?.description == "due date: soon\nRepeat: ERULE:NAME=CUSTOM\nReminder: later")
        #expect(entry.notes.count == 5)
    }
}
