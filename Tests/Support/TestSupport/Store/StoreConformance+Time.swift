import CivilTime
import ErrandCore
import Recurrence
import Testing

/// Series and reminders.
extension StoreConformance {
    static let timeCases: [Case] = [
        Case("a series and reminders come back as they were saved") { try await $0.keepsSeries() },
        Case("tasks of a series are found, the latest first, of one user only") { try await $0.findsSeries() },
        Case("due reminders come longest due first, and move on") { try await $0.firesReminders() },
        Case("reminders of a task are replaced, and go with it") { try await $0.replacesReminders() },
        Case("tasks with reminders follow the user's settings") { try await $0.followsUser() },
        Case("a filter expression finds what it says") { try await $0.filtersByExpression() },
    ]

    private func series(_ owner: UserID, _ task: TodoTask, on day: Int) -> TaskSeries {
        let start = LocalDateTime(LocalDate(daysSinceEpoch: 20_000), .midnight)
        return TaskSeries(
            id: SeriesID(task.id.value), predecessorID: task.id,
            original: LocalDateTime(LocalDate(daysSinceEpoch: 20_000 + day), .midnight), index: day + 1,
            recurrence: TaskRecurrence(
                rule: RecurrenceRule(.daily), anchor: .completion, catchUp: .all,
                exceptions: [.day(start.date), .time(start)], start: start
            ),
            template: TaskTemplate(
                title: "Template", description: "Text", priority: .high, tags: [Tag(name: "home")], reminders: []),
            clock: .zoned(.utc)
        )
    }

    private func reminding(_ owner: UserID, number: Int64 = 1, series: TaskSeries? = nil) -> TodoTask {
        let reminder = Reminder(
            id: .make(), moment: .before(CalendarSpan(seconds: 3600)), repeatEvery: CalendarSpan(seconds: 900))
        return TodoTask.make(owner: owner, number: number)
            .with(series: series, reminders: [reminder], reminderAt: .testStart)
    }

    private func row(
        _ task: TodoTask, at instant: Instant?, id: ReminderID = .make(), parent: ReminderID? = nil
    ) -> ReminderRow {
        ReminderRow(
            id: id, taskID: task.id, memberID: task.owner, snoozeOf: parent, base: instant ?? .testStart,
            nextAt: instant, repeatEvery: CalendarSpan(days: 1, seconds: 900), lastFiredAt: nil
        )
    }

    private func keepsSeries() async throws {
        let owner = try await addUser()
        let plain = TodoTask.make(owner: owner)
        let task = reminding(owner, number: 2, series: series(owner, plain, on: 3))
        try await add([plain, task])
        expectEqual(try await find(.id(task.id), of: owner), task, "all of it")
        expectEqual(try await find(.id(plain.id), of: owner), plain, "nothing where there is nothing")
    }

    private func findsSeries() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let root = TodoTask.make(owner: ana, number: 9)
        let tasks = (1...3).map { reminding(ana, number: Int64($0), series: series(ana, root, on: $0)) }
        try await add(tasks + [root, reminding(ben, series: series(ben, root, on: 1))])
        let found = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.inSeries(SeriesID(root.id.value), in: ana.personalSpace, limit: 2)
        }
        expectEqual(found, [tasks[2], tasks[1]], "the latest two of ana")
    }

    private func firesReminders() async throws {
        let owner = try await addUser()
        let task = reminding(owner)
        let (early, late) = (row(task, at: .testStart), row(task, at: .testStart + .minutes(5)))
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.tasks.insert(task)
            try transaction.reminders.insert([late, early, self.row(task, at: nil)], of: task, for: task.owner)
        }
        let due = try await store.read { (transaction) throws(ErrandError) in
            try transaction.reminders.due(at: .testStart + .minutes(5), limit: 10)
        }
        expectEqual(due.map(\.row), [early, late], "the longest due first, and none that is done")
        expectEqual(due.first?.title, task.title, "with the title")
        let moved = Instant.testStart + .hours(9)
        let next = try await store.write { (transaction) throws(ErrandError) in
            try transaction.reminders.markFired(early, at: .testStart, next: moved)
            try transaction.reminders.markFired(late, at: .testStart, next: nil)
            return try transaction.reminders.nextInstant()
        }
        expectEqual(next, moved, "the next of all")
        expectEqual(try await find(.id(task.id), of: owner)?.reminderAt, moved, "and of the task")
        let again = try await store.read { (transaction) throws(ErrandError) in
            try transaction.reminders.find(early.id, of: owner)
        }
        expectEqual(again?.lastFiredAt, .testStart, "when it fired")
    }

    private func replacesReminders() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let task = reminding(ana)
        let (first, second) = (row(task, at: .testStart), row(task, at: .testStart + .hours(1)))
        let rows = try await store.write { (transaction) throws(ErrandError) in
            try transaction.tasks.insert(task)
            try transaction.reminders.replace([first], of: task, for: task.owner)
            try transaction.reminders.replace([second], of: task, for: task.owner)
            return try transaction.reminders.all(of: task, for: task.owner)
        }
        expectEqual(rows, [second], "the old ones are gone")
        let strange = try await store.read { (transaction) throws(ErrandError) in
            try transaction.reminders.find(second.id, of: ben)
        }
        expectEqual(strange, nil, "another user's is not there")
        let left = try await store.write { (transaction) throws(ErrandError) in
            var gone = task
            gone.deletedAt = .testStart - .days(40)
            try transaction.tasks.update(gone, replacing: task)
            _ = try transaction.tasks.purgeTrash(before: .testStart, limit: 10)
            return try transaction.reminders.nextInstant()
        }
        expectEqual(left, nil, "they go with the task")
    }

    private func followsUser() async throws {
        let owner = try await addUser()
        let zoned = TodoTask.make(
            owner: owner, number: 1, due: .zoned(LocalDate(daysSinceEpoch: 20_000), .midnight, .utc))
        let tasks = [zoned, reminding(owner, number: 2), TodoTask.make(owner: owner, number: 3)]
        try await add(tasks)
        let found = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.followingSettings(in: owner.personalSpace, after: 0, limit: 10)
        }
        expectEqual(found, [tasks[1]], "the one with a reminder")
    }

    private func filtersByExpression() async throws {
        let owner = try await addUser()
        let date = Due.date(LocalDate(daysSinceEpoch: 20_000))
        let root = TodoTask.make(owner: owner, number: 9)
        let tasks = [
            TodoTask.make(owner: owner, number: 1, title: "Rent", priority: .urgent, tags: ["Home"], due: date),
            TodoTask.make(owner: owner, number: 2, title: "Milk", tags: ["shop"]),
            reminding(owner, number: 3, series: series(owner, root, on: 1)),
            TodoTask.make(owner: owner, number: 4, title: "Old", completedAt: .testStart),
        ]
        try await add(tasks)
        let cases: [(TaskFilter.Expression, [Int64])] = [
            (.tag("home"), [1]), (.any([.tag("home"), .tag("shop")]), [1, 2]), (.not(.tag("home")), [2, 3, 4]),
            (.all([.priority(.urgent), .not(.noDue)]), [1]), (.recurring, [3]), (.reminders, [3]), (.completed, [4]),
            (.search(SearchQuery("rent")), [1]), (.untagged, [3, 4]), (.due(from: .testStart, to: nil), []),
            (.not(.due(from: .testStart, to: nil)), [1, 2, 3, 4]), (.search(SearchQuery("-rent")), [2, 3, 4]),
        ]
        for (expression, numbers) in cases {
            let filter = TaskFilter(expression: expression)
            let found = try await list(filter, pageSize: 2, of: owner)
            expectEqual(found.map(\.number).sorted(), numbers, "\(expression)")
            expectEqual(try await count(filter, of: owner), numbers.count, "the count of \(expression)")
        }
    }
}
