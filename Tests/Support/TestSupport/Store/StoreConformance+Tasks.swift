import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let taskCases = [
        Self("a task comes back with every field") { try await $0.roundTripOfTasks() },
        Self("an updated task replaces the one before") { try await $0.updates() },
        Self("each field of a task is updated without the others") { try await $0.updatesOfSingleFields() },
        Self("a task of another user is not found by id or number") { try await $0.isolationOfTasks() },
        Self("two users may use one task id") { try await $0.sharedTaskIDs() },
        Self("tasks are listed by number") { try await $0.tasksByNumber() },
        Self("old trash is purged in portions, with search entry and tags") { try await $0.purgeOfTrash() },
    ]
}

extension StoreConformance {
    private func roundTripOfTasks() async throws {
        let owner = try await addUser()
        let date = try #require(LocalDate("2026-03-29"))
        let time = try #require(LocalTime("02:30:15"))
        let paris = try #require(Zone(identifier: "Europe/Paris"))
        let dues: [Due?] = [nil, .date(date), .floating(date, time), .zoned(date, time, paris)]
        var tasks: [TodoTask] = []
        for (index, due) in dues.enumerated() {
            tasks.append(
                .make(
                    owner: owner, number: Int64(index + 1), title: "Ærlig \"quoted\" \\ 🎉 \(index)",
                    description: index == 0 ? "" : "# Line\n\tcode \u{301}", priority: Priority.allCases[index],
                    tags: index == 0 ? [] : ["Work", "日本", "a\"b\\c", "x,y"], due: due,
                    completedAt: index == 1 ? Instant(milliseconds: -5) : nil,
                    deletedAt: index == 2 ? .latest : nil, version: Int64(index + 1), createdAt: .earliest,
                    updatedAt: Instant(milliseconds: 1)
                )
            )
        }
        tasks.append(
            .make(
                owner: owner, number: 0xFFFF_FFFF, title: String(repeating: "🎉", count: 500),
                description: String(repeating: "é", count: 16_384), tags: (1...50).map { "tag \($0)" }
            )
        )
        try await add(tasks)
        for task in tasks {
            expectEqual(try await find(.id(task.id), of: owner), task, "found by id")
            expectEqual(try await find(.number(task.number), of: owner), task, "found by number")
            let tags = try await find(.id(task.id), of: owner)?.tags.map(\.name)
            expectEqual(tags, task.tags.map(\.name), "tags keep order and spelling")
        }
        for number in [0, -1, 99, .max] as [Int64] {
            expectEqual(try await find(.number(number), of: owner), nil, "no task has number \(number)")
        }
    }

    private func updates() async throws {
        let owner = try await addUser()
        var task = TodoTask.make(owner: owner, title: "Buy milk", tags: ["home", "Shop"])
        try await add([task])
        let before = task
        task.title = "Sell cheese"
        task.description = "now"
        task.tags = [Tag(name: "shop"), Tag(name: "Work")]
        task.priority = .urgent
        task.due = .date(try #require(LocalDate("2026-02-01")))
        task.completedAt = .testStart
        let changed = task.with(version: 2, updatedAt: .testStart + .seconds(1))
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.tasks.update(changed, replacing: before)
        }
        expectEqual(try await find(.id(task.id), of: owner), changed, "the new state is stored")
        let filters: [(TaskFilter, Int, Comment)] = [
            (TaskFilter(search: SearchQuery("milk")), 0, "the old title is no longer found"),
            (TaskFilter(search: SearchQuery("home")), 0, "nor the old tag"),
            (TaskFilter(search: SearchQuery("cheese now work")), 1, "the new words are"),
            (TaskFilter(tagKeys: ["home"]), 0, "a removed tag filters nothing in"),
            (TaskFilter(tagKeys: ["work", "shop"]), 1, "a new tag does"),
            (TaskFilter(status: .pending), 0, "it is no longer pending"),
        ]
        for (filter, expected, comment) in filters {
            expectEqual(try await count(filter, of: owner), expected, comment)
        }
        await expectFailure(.unavailable, "an unknown task cannot be updated") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                let unknown = TodoTask.make(owner: owner, number: 7)
                try transaction.tasks.update(
                    unknown.with(version: 2, updatedAt: .testStart), replacing: unknown
                )
            }
        }
    }

    /// Each field alone, so that nothing depends on another being written too.
    private func updatesOfSingleFields() async throws {
        let owner = try await addUser()
        let day = LocalDate(daysSinceEpoch: 20_000)
        let before = TodoTask.make(owner: owner, title: "Buy milk", tags: ["home"], due: .date(day))
        let reminder = Reminder(id: .make(), moment: .before(CalendarSpan(seconds: 3600)))
        let series = TaskSeries(
            id: SeriesID(before.id.value), original: LocalDateTime(day, .midnight), recurrence: nil,
            template: TaskTemplate(title: "Milk", description: "", priority: .low, tags: [], reminders: []),
            clock: .date
        )
        let changes: [@Sendable (inout TodoTask) -> Void] = [
            { $0.title = "Sell cheese" }, { $0.description = "now" }, { $0.priority = .urgent },
            { $0.tags = [Tag(name: "HOME")] }, { $0.tags = [] }, { $0.completedAt = .testStart },
            {
                $0.due = nil
                $0 = $0.with(version: 2, updatedAt: .testStart)
            },
            { $0.deletedAt = .testStart }, { $0 = $0.with(series: series, reminders: [], reminderAt: nil) },
            { $0 = $0.with(series: nil, reminders: [reminder], reminderAt: nil) },
            { $0 = $0.with(series: nil, reminders: [], reminderAt: .testStart) },
            { $0 = $0.with(version: 9, updatedAt: .testStart + .hours(1)) }, { $0.title = "Cafe\u{301}" },
            { $0.title = "Caf\u{E9}" }, { $0.position = PositionKey("V001") }, { $0.position = PositionKey("V001z") },
            { $0.position = nil },
        ]
        try await add([before])
        var stored = before
        for change in changes {
            var changed = stored
            change(&changed)
            let (new, old) = (changed, stored)
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.tasks.update(new, replacing: old)
            }
            let found = try #require(try await find(.id(before.id), of: owner))
            expectEqual(found, changed, "what was changed, and nothing else")
            expectEqual(found.tags.map(\.name), changed.tags.map(\.name), "tags as they are spelled")
            expectEqual(Array(found.title.utf8), Array(changed.title.utf8), "the title as it was typed")
            stored = changed
        }
        try await store.write { [stored] (transaction) throws(ErrandError) in
            try transaction.tasks.update(stored, replacing: stored)
        }
        expectEqual(try await find(.id(before.id), of: owner), stored, "without a change all stays")
    }

    private func isolationOfTasks() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let task = TodoTask.make(owner: ana, number: 5, title: "secret", tags: ["hidden"])
        try await add([task])
        let stranger = UserID.make()
        for other in [ben, stranger] {
            expectEqual(try await find(.id(task.id), of: other), nil, "by id")
            expectEqual(try await find(.number(5), of: other), nil, "by number")
            expectEqual(try await list(of: other), [], "in a list")
            expectEqual(try await count(of: other), 0, "in a count")
            let filters = [
                TaskFilter(search: SearchQuery("secret")), TaskFilter(search: SearchQuery("-nothing")),
                TaskFilter(tagKeys: ["hidden"]),
            ]
            for filter in filters {
                for key in [TaskOrder.Key.relevance, .title] {
                    let found = try await list(filter, TaskOrder(key: key, isAscending: true), of: other)
                    expectEqual(found, [], "by \(key)")
                }
                expectEqual(try await count(filter, of: other), 0, "counted by search or tag")
            }
            try await store.read { (transaction) throws(ErrandError) in
                expectEqual(try transaction.tasks.all(in: other.personalSpace, after: 0, limit: 10), [], "in an export")
                expectEqual(
                    try transaction.tasks.followingSettings(in: other.personalSpace, after: 0, limit: 10), [],
                    "by due date")
                expectEqual(try transaction.tags.counts(in: other.personalSpace), [], "in tag counts")
                expectEqual(
                    try transaction.tags.tasks(with: "hidden", in: other.personalSpace, limit: 10), [], "by tag")
            }
        }
    }

    private func sharedTaskIDs() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let id = TaskID.make()
        let tasks = [
            TodoTask.make(id: id, owner: ana, title: "Ana's", tags: ["a"]),
            TodoTask.make(id: id, owner: ben, title: "Ben's", tags: ["b"]),
        ]
        try await add(tasks)
        for task in tasks {
            expectEqual(try await find(.id(id), of: task.owner), task, "each finds their own")
            expectEqual(try await list(of: task.owner), [task], "and lists only their own")
        }
        await expectFailure(.unavailable, "one user cannot use it twice") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.tasks.insert(.make(id: id, owner: ana, number: 2))
            }
        }
    }

    private func tasksByNumber() async throws {
        let owner = try await addUser()
        let date = try #require(LocalDate("2026-03-29"))
        let tasks = (1...9).map { number in
            let due: Due? =
                switch number % 3 {
                case 0: .date(date)
                case 1: .zoned(date, .midnight, .utc)
                default: number == 2 ? .floating(date, .midnight) : nil
                }
            return TodoTask.make(
                owner: owner, number: Int64(number), due: due, deletedAt: number == 3 ? .testStart : nil
            )
        }
        try await add(tasks.reversed())
        try await store.read { (transaction) throws(ErrandError) in
            let all = try transaction.tasks.all(in: owner.personalSpace, after: 2, limit: 4).map(\.number)
            expectEqual(all, [3, 4, 5, 6], "a slice of all, trash included")
            expectEqual(try transaction.tasks.all(in: owner.personalSpace, after: 9, limit: 4), [], "after the last")
            let following = try transaction.tasks.followingSettings(in: owner.personalSpace, after: 0, limit: 10).map(
                \.number)
            expectEqual(following, [2, 3, 6, 9], "tasks on dates and floating times")
            let rest = try transaction.tasks.followingSettings(in: owner.personalSpace, after: 2, limit: 2).map(
                \.number)
            expectEqual(rest, [3, 6], "a slice of them")
        }
    }

    private func purgeOfTrash() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let limit = Instant.testStart
        var tasks = (1...7).map { number in
            TodoTask.make(
                owner: number % 2 == 0 ? ana : ben, number: Int64(number), title: "old words", tags: ["gone"],
                deletedAt: limit - .milliseconds(number)
            )
        }
        tasks.append(.make(owner: ana, number: 8, title: "words", tags: ["gone"], deletedAt: limit))
        tasks.append(.make(owner: ana, number: 9, title: "words", tags: ["gone"]))
        try await add(tasks)
        var removed: [Int] = []
        for _ in 0..<4 {
            removed.append(
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.tasks.purgeTrash(before: limit, limit: 3)
                }
            )
        }
        expectEqual(removed, [3, 3, 1, 0], "in portions, oldest first, and only what is older")
        expectEqual(try await list(TaskFilter(inTrash: true), of: ana).map(\.number), [8], "trash that stays")
        expectEqual(try await list(of: ana).map(\.number), [9], "what was not in the trash stays")
        let search = TaskFilter(search: SearchQuery("words"), inTrash: true)
        expectEqual(try await count(search, of: ana), 1, "the search forgets")
        expectEqual(try await count(search, of: ben), 0, "for everybody")
        try await add([.make(owner: ben, number: 1, title: "new"), .make(owner: ben, number: 3, tags: ["gone"])])
        expectEqual(try await count(TaskFilter(tagKeys: ["gone"]), of: ben), 1, "and so do the tags")
        expectEqual(try await count(search, of: ben), 0, "a reused place finds nothing old")
    }
}
