import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let listCases = [
        Self("every list has the order and the pages of plain sorting") { try await $0.listsLikeOracle() },
        Self("tasks without due date come last in both directions") { try await $0.dueOrder() },
        Self("a list by title is alphabetical") { try await $0.titleOrder() },
        Self("ends of due ranges") { try await $0.dueRanges() },
        Self("a cursor of another order is refused") { try await $0.foreignCursors() },
        Self("changes between pages repeat nothing that stood still") { try await $0.changesBetweenPages() },
        Self("common and rare tags give the same lists") { try await $0.manyTasksWithTags() },
    ]
}

extension TaskOrder {
    static let every: [TaskOrder] = [Key.dueDate, .priority, .title, .createdAt, .updatedAt, .completed, .manual]
        .flatMap { [TaskOrder(key: $0, isAscending: true), TaskOrder(key: $0, isAscending: false)] }
}

extension StoreConformance {
    private func listsLikeOracle() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = RandomTasks(seed: seed)
        let (ana, ben) = (try await addUser(), try await addUser())
        let tasks = random.tasks(count: 90, owner: ana)
        try await add(tasks)
        try await add(random.tasks(count: 20, owner: ben))
        for _ in 0..<24 {
            let filter = random.filter()
            let oracle = TaskOracle(tasks: tasks, filter: filter)
            let total = try await count(filter, of: ana)
            expectEqual(total, oracle.matches.count, "count of \(filter), seed \(seed)")
            let ranked = TaskOrder(key: .relevance, isAscending: true)
            for order in TaskOrder.every + (filter.search == nil ? [] : [ranked]) {
                let found = try await list(filter, order, pageSize: random.pageSize(), of: ana)
                expectEqual(
                    found.map(\.number), oracle.sorted(by: order).map(\.number),
                    "\(order) of \(filter), seed \(seed)"
                )
            }
        }
    }

    private func dueOrder() async throws {
        let owner = try await addUser()
        let date = try #require(LocalDate("2026-03-29"))
        let dues: [Due?] = [nil, .date(date), nil, .date(date.adding(days: -1)), .date(date)]
        try await add(
            dues.enumerated().map { index, due in
                .make(id: .make(at: .testStart + .seconds(index)), owner: owner, number: Int64(index + 1), due: due)
            }
        )
        for pageSize in 1...6 {
            let up = try await list(
                TaskFilter(), TaskOrder(key: .dueDate, isAscending: true), pageSize: pageSize, of: owner
            )
            expectEqual(up.map(\.number), [4, 2, 5, 1, 3], "ascending in pages of \(pageSize)")
            let down = try await list(
                TaskFilter(), TaskOrder(key: .dueDate, isAscending: false), pageSize: pageSize, of: owner
            )
            expectEqual(down.map(\.number), [5, 2, 4, 3, 1], "descending in pages of \(pageSize)")
        }
    }

    private func titleOrder() async throws {
        let owner = try await addUser()
        let long = String(repeating: "x", count: 200)
        let titles = ["banana", "Apple", "äpfel", "apple pie", "Zebra", long + "b", long + "a", "BANANA"]
        try await add(
            titles.enumerated().map { index, title in
                .make(
                    id: .make(at: .testStart + .seconds(index)), owner: owner, number: Int64(index + 1), title: title
                )
            }
        )
        for pageSize in [1, 3, 50] {
            let found = try await list(
                TaskFilter(), TaskOrder(key: .title, isAscending: true), pageSize: pageSize, of: owner
            )
            expectEqual(
                found.map(\.number), [3, 2, 4, 1, 8, 7, 6, 5], "by title, however long, in pages of \(pageSize)"
            )
        }
    }

    private func dueRanges() async throws {
        let owner = try await addUser()
        let date = try #require(LocalDate("2026-03-29"))
        let noon = try #require(LocalTime("12:00"))
        try await add([
            .make(owner: owner, number: 1, due: .date(date)),
            .make(owner: owner, number: 2, due: .zoned(date, noon, .utc)),
            .make(owner: owner, number: 3, due: .zoned(date, noon, .utc), completedAt: .testStart),
            .make(owner: owner, number: 4),
        ])
        let start = Zone.utc.instant(of: date, at: .midnight)
        let middle = Zone.utc.instant(of: date, at: noon)
        let end = start + .days(1)
        let cases: [(TaskFilter.DueCondition, [Int64])] = [
            (.overdue(asOf: middle - .milliseconds(1)), []),
            (.overdue(asOf: middle), [2]),
            (.overdue(asOf: end - .milliseconds(1)), [2]),
            (.overdue(asOf: end), [1, 2]),
            (.within(from: start, to: middle), [1]),
            (.within(from: start, to: middle + .milliseconds(1)), [1, 2, 3]),
            (.within(from: middle, to: nil), [2, 3]),
            (.within(from: nil, to: start), []),
            (.within(from: nil, to: nil), [1, 2, 3]),
            (.none, [4]),
        ]
        for (condition, expected) in cases {
            let filter = TaskFilter(due: [condition])
            expectEqual(try await list(filter, of: owner).map(\.number).sorted(), expected, "\(condition)")
            expectEqual(try await count(filter, of: owner), expected.count, "count of \(condition)")
        }
        let both = TaskFilter(due: [.overdue(asOf: end), .within(from: middle, to: nil)])
        expectEqual(try await list(both, of: owner).map(\.number), [2], "conditions combine")
    }

    private func foreignCursors() async throws {
        let owner = try await addUser()
        try await add([.make(owner: owner)])
        let id = TaskID.make()
        let cases: [(TaskOrder.Key, PagePosition)] = [
            (.title, .number(1, id)), (.createdAt, .text("a", id)), (.createdAt, .number(nil, id)),
            (.dueDate, .match(tier: 0, number: 1)), (.relevance, .number(1, id)), (.manual, .number(1, id)),
            (.dueDate, .text("a", id)), (.manual, .match(tier: 0, number: 1)),
        ]
        for (key, position) in cases {
            let request = PageRequest(order: TaskOrder(key: key, isAscending: true), after: position, limit: 5)
            let filter = TaskFilter(search: SearchQuery("milk"))
            await expectFailure(.invalidCursor, "\(position) in a list by \(key)") { () throws(ErrandError) in
                _ = try await store.read { (transaction) throws(ErrandError) in
                    try transaction.tasks.page(request, of: filter, in: owner.personalSpace)
                }
            }
        }
    }

    private func changesBetweenPages() async throws {
        let owner = try await addUser()
        let tasks = (1...10).map { number in
            TodoTask.make(owner: owner, number: Int64(number), createdAt: .testStart + .seconds(number))
        }
        try await add(tasks)
        let order = TaskOrder(key: .createdAt, isAscending: true)
        let first = try await store.write { (transaction) throws(ErrandError) in
            let page = try transaction.tasks.page(
                PageRequest(order: order, after: nil, limit: 4), of: TaskFilter(), in: owner.personalSpace
            )
            var gone = tasks[3]
            gone.deletedAt = .testStart
            try transaction.tasks.update(gone, replacing: tasks[3])
            try transaction.tasks.insert(.make(owner: owner, number: 11, createdAt: .testStart))
            return page
        }
        expectEqual(first.tasks.map(\.number), [1, 2, 3, 4], "first page")
        let second = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.page(
                PageRequest(order: order, after: first.end, limit: 10), of: TaskFilter(), in: owner.personalSpace
            )
        }
        expectEqual(second.tasks.map(\.number), [5, 6, 7, 8, 9, 10], "second page")
        expectEqual(second.end, nil, "nothing follows")
    }

    /// Enough tasks for a store to choose another way to read the list.
    private func manyTasksWithTags() async throws {
        let owner = try await addUser()
        let tasks: [TodoTask] = (1...5_000).map { number in
            var tags: [String] = []
            if number % 2 == 0 { tags.append("Half") }
            if number % 3 == 0 { tags.append("Third") }
            if number % 500 == 0 { tags.append("Few") }
            return TodoTask.make(
                owner: owner, number: Int64(number), title: number % 700 == 0 ? "rare word" : "common word",
                priority: Priority.allCases[number % 4], tags: tags, completedAt: number % 5 == 0 ? .testStart : nil,
                createdAt: .testStart + .seconds(number % 17)
            )
        }
        try await add(tasks)
        let searches: [SearchQuery?] = [nil, "common", "rare", "word -rare", "-rare", "-common"].map { text in
            text.map { SearchQuery($0) }
        }
        let tags: [([String], Bool)] = [
            ([], false), (["half"], false), (["few"], false), (["half", "third"], false), (["half", "few"], false),
            (["half", "third"], true), (["third", "few", "none"], true), (["none", "half"], false),
        ]
        for search in searches {
            for (keys, anyTag) in tags {
                let filter = TaskFilter(
                    search: search, status: .completed, priorities: [.low, .urgent], tagKeys: keys, anyTag: anyTag
                )
                let oracle = TaskOracle(tasks: tasks, filter: filter)
                expectEqual(try await count(filter, of: owner), oracle.matches.count, "count of \(filter)")
                let orders: [TaskOrder.Key] =
                    [TaskOrder.Key.createdAt, .priority, .completed, .dueDate] + (search == nil ? [] : [.relevance])
                for key in orders {
                    let order = TaskOrder(key: key, isAscending: false)
                    let found = try await list(filter, order, pageSize: 150, of: owner)
                    expectEqual(
                        found.map(\.number), oracle.sorted(by: order).map(\.number), "\(order) of \(filter)"
                    )
                }
            }
        }
    }
}
