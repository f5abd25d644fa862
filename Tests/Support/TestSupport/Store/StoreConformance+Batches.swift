import CivilTime
import ErrandCore
import Testing

/// What a store may put off until the commit is there for whoever asks within the transaction.
extension StoreConformance {
    static let batchCases: [Case] = [
        Case("events that wait are there when they are asked for, and go back with an attempt") {
            try await $0.keepsWaitingEvents()
        },
        Case("a new task is found in its transaction, as it is by then") { try await $0.searchesNewTasks() },
        Case("events of many types are found among others") { try await $0.readsManyTypes() },
    ]

    private func keepsWaitingEvents() async throws {
        let owner = try await addUser()
        let (space, task) = (owner.personalSpace, TodoTask.make(owner: owner, number: 1))
        try await store.write { (transaction) throws(ErrandError) in
            let outbox = transaction.outbox
            func add() throws(ErrandError) {
                try outbox.append(.make(task: task, number: try outbox.takeChangeNumber(in: space)))
            }
            func numbers() throws(ErrandError) -> [Int64] {
                try outbox.events(in: space, after: 0, limit: 9).map(\.changeNumber.value)
            }
            try transaction.tasks.insert(task)
            try add()
            try? transaction.attempt { () throws(ErrandError) in
                try add()
                expectEqual(try numbers(), [1, 2], "within the attempt")
                throw .cancelled
            }
            try add()
            try? transaction.attempt { () throws(ErrandError) in
                try add()
                throw .cancelled
            }
            try add()
            expectEqual(try numbers(), [1, 2, 3], "without what was taken back")
            expectEqual(try outbox.lastChangeNumber(in: space), 3, "nor its numbers")
            try add()
            expect(try transaction.tasks.takeNumbers(in: space) == (1, 5), "both numbers count on")
            expectEqual(try outbox.takeChangeNumber(in: space), 6, "from there")
        }
        try await store.write { (transaction) throws(ErrandError) in
            let events = try transaction.outbox.events(of: nil, after: 0, limit: 9)
            expectEqual(events.map(\.changeNumber.value), [1, 2, 3, 4], "after the commit")
            expectEqual(try transaction.outbox.takeChangeNumber(in: space), 7, "the next one")
        }
    }

    private func searchesNewTasks() async throws {
        let owner = try await addUser()
        let space = owner.personalSpace
        try await store.write { (transaction) throws(ErrandError) in
            func count(_ words: String) throws(ErrandError) -> Int {
                try transaction.tasks.count(TaskFilter(search: SearchQuery(words)), in: space)
            }
            let first = TodoTask.make(owner: owner, number: 1, title: "alpha")
            try transaction.tasks.insert(first)
            var renamed = first
            renamed.title = "beta"
            try transaction.tasks.update(renamed, replacing: first)
            expectEqual(try [count("alpha"), count("beta")], [0, 1], "changed before it was searched")
            try transaction.tasks.insert(.make(owner: owner, number: 2, title: "gamma"))
            try? transaction.attempt { () throws(ErrandError) in
                try transaction.tasks.insert(.make(owner: owner, number: 3, title: "delta"))
                expectEqual(try [count("gamma"), count("delta")], [1, 1], "within an attempt")
                throw .cancelled
            }
            expectEqual(try count("delta"), 0, "taken back")
            try transaction.tasks.update(first, replacing: renamed)
        }
        for (words, count) in [("alpha", 1), ("beta", 0), ("gamma", 1), ("delta", 0)] {
            let found = try await self.count(TaskFilter(search: SearchQuery(words)), of: owner)
            expectEqual(found, count, "\(words) after the commit")
        }
    }

    private func readsManyTypes() async throws {
        let owner = try await addUser()
        let task = TodoTask.make(owner: owner, number: 1)
        try await store.write { (transaction) throws(ErrandError) in
            for index in 0..<40 {
                let kind: TaskEvent.Kind = [7: .completed, 8: .created, 39: .deleted][index] ?? .updated
                let number = try transaction.outbox.takeChangeNumber(in: owner.personalSpace)
                try transaction.outbox.append(.make(kind: kind, task: task, number: number))
            }
        }
        let types: Set<EventType> = [.taskCreated, .taskCompleted, .taskDeleted, .taskRestored, .taskSkipped]
        try await store.read { (transaction) throws(ErrandError) in
            let all = try transaction.outbox.events(of: types, after: 0, limit: 9)
            expectEqual(all.map(\.changeNumber.value), [8, 9, 40], "in their order")
            expectEqual(try transaction.outbox.events(of: types, after: 0, limit: 2), Array(all.prefix(2)), "a slice")
            expectEqual(
                try transaction.outbox.events(of: types, after: all[1].sequence, limit: 1), [all[2]], "after a place")
            expectEqual(try transaction.outbox.events(of: types, after: all[2].sequence, limit: 1), [], "at the end")
        }
    }
}
