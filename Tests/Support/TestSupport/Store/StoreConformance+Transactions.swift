import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let transactionCases = [
        Self("a body that throws leaves nothing behind") { try await $0.rollback() },
        Self("an attempt that throws takes back only itself") { try await $0.attempts() },
        Self("a write in a read fails") { try await $0.writeInRead() },
        Self("concurrent writers lose no number and leave no gap") { try await $0.concurrentWriters() },
        Self("a read sees every acknowledged write") { try await $0.readAfterWrite() },
        Self("numbers and cursors count per user") { try await $0.counters() },
    ]
}

extension StoreConformance {
    private func rollback() async throws {
        let owner = try await addUser()
        let task = TodoTask.make(owner: owner, title: "never", tags: ["never"])
        await expectFailure(.notFound(.tag), "the body's error comes out") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                _ = try transaction.tasks.takeNumber(in: owner.personalSpace)
                try transaction.tasks.insert(task)
                try transaction.outbox.append(
                    .make(task: task, number: try transaction.outbox.takeChangeNumber(in: owner.personalSpace))
                )
                throw .notFound(.tag)
            }
        }
        expectEqual(try await find(.id(task.id), of: owner), nil, "no task")
        expectEqual(try await count(TaskFilter(search: SearchQuery("never")), of: owner), 0, "no search entry")
        try await store.write { (transaction) throws(ErrandError) in
            expectEqual(try transaction.tags.counts(in: owner.personalSpace), [], "no tag")
            expectEqual(try transaction.outbox.events(of: nil, after: 0, limit: 10), [], "no event")
            expectEqual(try transaction.tasks.takeNumber(in: owner.personalSpace), 1, "the number is free again")
            expectEqual(try transaction.outbox.takeChangeNumber(in: owner.personalSpace), 1, "and the cursor")
        }
    }

    private func attempts() async throws {
        let owner = try await addUser()
        let numbers: [Int64] = try await store.write { (transaction) throws(ErrandError) in
            try transaction.tasks.insert(.make(owner: owner, number: 1))
            for number in 2...4 {
                do throws(ErrandError) {
                    try transaction.attempt { () throws(ErrandError) in
                        try transaction.tasks.insert(.make(owner: owner, number: Int64(number)))
                        try? transaction.attempt { () throws(ErrandError) in
                            try transaction.tasks.insert(.make(owner: owner, number: Int64(number + 10)))
                            throw ErrandError.cancelled
                        }
                        if number == 3 { throw .notFound(.task) }
                    }
                } catch {
                    expectEqual(error, .notFound(.task), "the error comes out")
                }
            }
            return try transaction.tasks.all(in: owner.personalSpace, after: 0, limit: 100).map(\.number)
        }
        expectEqual(numbers, [1, 2, 4], "inside the transaction")
        expectEqual(try await list(of: owner).map(\.number).sorted(), [1, 2, 4], "and after it")
        let stranger = User.make()
        try await store.write { (transaction) throws(ErrandError) in
            try? transaction.attempt { () throws(ErrandError) in
                try transaction.accounts.insert(stranger, passwordHash: nil)
                try transaction.tasks.insert(.make(owner: stranger.id))
                throw ErrandError.cancelled
            }
            expectEqual(
                try transaction.tasks.all(in: stranger.id.personalSpace, after: 0, limit: 1), [], "also a whole account"
            )
        }
    }

    private func writeInRead() async throws {
        let owner = try await addUser()
        await expectFailure(.unavailable, "writing in a read") { () throws(ErrandError) in
            try await store.read { (transaction) throws(ErrandError) in
                try transaction.tasks.insert(.make(owner: owner))
            }
        }
        expectEqual(try await count(of: owner), 0, "nothing was written")
        try await add([.make(owner: owner)])
        expectEqual(try await count(of: owner), 1, "writing goes on")
    }

    private func concurrentWriters() async throws {
        let users = [try await addUser(), try await addUser(), try await addUser()]
        let perUser = 60
        let numbers = try await withThrowingTaskGroup(of: (UserID, Int64, ChangeNumber).self) { group in
            for index in 0..<perUser * users.count {
                let owner = users[index % users.count]
                group.addTask {
                    try await store.write { (transaction) throws(ErrandError) in
                        let number = try transaction.tasks.takeNumber(in: owner.personalSpace)
                        let cursor = try transaction.outbox.takeChangeNumber(in: owner.personalSpace)
                        let task = TodoTask.make(owner: owner, number: number)
                        try transaction.tasks.insert(task)
                        try transaction.outbox.append(.make(task: task, number: cursor))
                        return (owner, number, cursor)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let expected = (1...perUser).map(Int64.init)
        for user in users {
            let own = numbers.filter { $0.0 == user }
            expectEqual(own.map(\.1).sorted(), expected, "numbers are given once and without gaps")
            expectEqual(own.map(\.2.value).sorted(), expected, "so are change numbers")
            expectEqual(try await count(of: user), perUser, "every task is there")
        }
        let events = try await store.read { (transaction) throws(ErrandError) in
            try transaction.outbox.events(of: nil, after: 0, limit: 1_000)
        }
        expectEqual(events.count, perUser * users.count, "every event is there")
        for user in users {
            let numbers = events.filter { $0.event.space == user.personalSpace }.map(\.changeNumber.value)
            expectEqual(numbers, expected, "events lie in the order of their change numbers")
        }
    }

    private func readAfterWrite() async throws {
        let owner = try await addUser()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...40 {
                group.addTask {
                    let task = TodoTask.make(owner: owner, number: Int64(number))
                    try await add([task])
                    expectEqual(try await find(.id(task.id), of: owner), task, "task \(number)")
                }
            }
            try await group.waitForAll()
        }
    }

    private func counters() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        try await store.write { (transaction) throws(ErrandError) in
            expectEqual(try transaction.tasks.takeNumber(in: ana.personalSpace), 1, "first number")
            expectEqual(try transaction.tasks.takeNumber(in: ana.personalSpace), 2, "second number")
            expectEqual(
                try transaction.outbox.takeChangeNumber(in: ana.personalSpace), 1, "cursors are counted on their own")
            expectEqual(try transaction.outbox.takeChangeNumber(in: ben.personalSpace), 1, "and per user")
            expectEqual(try transaction.tasks.takeNumber(in: ben.personalSpace), 1, "as numbers are")
            expectEqual(try transaction.outbox.takeChangeNumber(in: ana.personalSpace), 2, "second cursor")
            expect(try transaction.tasks.takeNumbers(in: ana.personalSpace) == (3, 3), "both at once")
            expect(try transaction.tasks.takeNumbers(in: ben.personalSpace) == (2, 2), "and per user")
        }
        await expectFailure(.unavailable, "nobody counts for nobody") { () throws(ErrandError) in
            _ = try await store.write { (transaction) throws(ErrandError) in
                try transaction.tasks.takeNumber(in: .make())
            }
        }
    }
}
