import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let changeCases = [
        Self("events come out of the outbox as they went in") { try await $0.outbox() },
        Self("an undo record belongs to its user and is purged in time") { try await $0.undoRecords() },
        Self("a reply is kept per user, target and key") { try await $0.replies() },
    ]
}

extension StoreConformance {
    private func outbox() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let tasks = [TodoTask.make(owner: ana, title: "\"quoted\" 🎉"), .make(owner: ben)]
        let events = [
            TaskEvent.make(kind: .created, task: tasks[0], number: 1),
            .make(kind: .completed, task: tasks[1], number: 1), .make(kind: .deleted, task: tasks[0], number: 2),
        ]
        try await store.write { (transaction) throws(ErrandError) in
            for event in events { try transaction.outbox.append(event) }
        }
        let stored = try await store.read { (transaction) throws(ErrandError) in
            expectEqual(try transaction.outbox.events(of: nil, after: 0, limit: 2).count, 2, "no more than asked for")
            return try transaction.outbox.events(of: nil, after: 0, limit: 10)
        }
        expectEqual(stored.map(\.event.id), events.map(\.id), "in the order in which they were written")
        expectEqual(stored.map(\.event.type), events.map(\.kind.type), "types")
        expectEqual(stored.map(\.event.userID), [ana, ben, ana], "users")
        expectEqual(stored.map(\.event.subject), events.map { .task($0.task.id) }, "tasks")
        expectEqual(stored.map(\.changeNumber), [1, 1, 2], "cursors")
        expectEqual(stored.map(\.event.data), events.map(\.event.data), "data")
        expect(zip(stored, stored.dropFirst()).allSatisfy { $0.sequence < $1.sequence }, "sequences grow")
        let token = Event(
            id: .make(), type: .tokenCreated, space: ben.personalSpace, subject: .token(.make()), userID: ben,
            occurredAt: .testStart, actor: ["kind": "user"], correlation: .none, content: ["token": ["name": "x"]]
        )
        let (number, back) = try await store.write { (transaction) throws(ErrandError) in
            let number = try transaction.outbox.takeChangeNumber(in: token.space)
            try transaction.outbox.append(token, as: number.next)
            return (number, try transaction.outbox.event(token.id))
        }
        expectEqual(back?.event, token, "an event about something else keeps its subject")
        expectEqual(back?.changeNumber, number.next, "and its number")
        await expectFailure(.unavailable, "a user's cursor is used once") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.outbox.append(.make(task: tasks[0], number: 2))
            }
        }
    }

    private func undoRecords() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let entries = [
            UndoRecord.Entry(taskID: .make(), version: 3, base: nil, previous: nil),
            .init(taskID: .make(), version: 1, base: nil, previous: []),
            .init(
                taskID: .make(), version: 2, base: 1,
                previous: [.init(name: "title", value: "\"a\""), .init(name: "tags", value: ["x", .null])]
            ),
        ]
        let records = (0..<4).map { index in
            UndoRecord(
                token: "token \(index)", userID: ana, space: ana.personalSpace, createdAt: .testStart + .seconds(index),
                entries: index == 0 ? entries : []
            )
        }
        let purged = try await store.write { (transaction) throws(ErrandError) in
            for record in records { try transaction.undo.insert(record) }
            expectEqual(try transaction.undo.find(token: "token 0", of: ana), records[0], "with every entry")
            expectEqual(try transaction.undo.find(token: "token 0", of: ben), nil, "not for others")
            expectEqual(try transaction.undo.find(token: "token 9", of: ana), nil, "unknown")
            let newest = try transaction.undo.newest(
                of: ana, in: ana.personalSpace, since: .testStart + .seconds(1), limit: 2)
            expectEqual(newest, [records[3], records[2]], "the newest first")
            let since = Instant.testStart
            expectEqual(
                try transaction.undo.newest(of: ana, in: ana.personalSpace, since: since, limit: 9).map(\.token),
                ["token 3", "token 2", "token 1"], "after the instant")
            expectEqual(
                try transaction.undo.newest(of: ben, in: ana.personalSpace, since: since, limit: 9), [], "of one person"
            )
            let changed = UndoRecord(
                token: "token 3", userID: ana, space: ana.personalSpace, createdAt: records[3].createdAt,
                entries: entries)
            try transaction.undo.update(changed)
            expectEqual(try transaction.undo.find(token: "token 3", of: ana), changed, "with other entries")
            expectEqual(try transaction.undo.find(token: "token 2", of: ana), records[2], "and no other one")
            expectEqual(try transaction.undo.last(of: ana, in: ana.personalSpace), changed, "the latest")
            expectEqual(try transaction.undo.last(of: ana, in: ben.personalSpace), nil, "of another space")
            expectEqual(
                try transaction.undo.last(of: ben, in: ben.personalSpace), nil, "of somebody who changed nothing")
            try transaction.undo.delete(token: "token 0", of: ben)
            expectEqual(try transaction.undo.find(token: "token 0", of: ana), records[0], "nobody deletes another's")
            try transaction.undo.delete(token: "token 0", of: ana)
            expectEqual(try transaction.undo.find(token: "token 0", of: ana), nil, "used up")
            let limit = Instant.testStart + .seconds(3)
            return [
                try transaction.undo.purge(before: limit, limit: 1),
                try transaction.undo.purge(before: limit, limit: 9),
                try transaction.undo.purge(before: limit, limit: 9),
            ]
        }
        expectEqual(purged, [1, 1, 0], "in portions, and only what is older")
    }

    private func replies() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        @Sendable func key(_ user: UserID, _ target: String, _ key: String, _ mark: UInt8 = 1) -> OnceKey {
            OnceKey(userID: user, target: target, key: key, fingerprint: [UInt8](repeating: mark, count: 32))
        }
        let full = StoredReply(
            status: 201, headers: ["location": "/x", "etag": "\"1\""], body: [0, 1, 255],
            fingerprint: [UInt8](repeating: 1, count: 32)
        )
        let empty = StoredReply(status: 204, headers: [:], body: [], fingerprint: [UInt8](repeating: 2, count: 32))
        try await store.write { (transaction) throws(ErrandError) in
            let replies = transaction.replies
            try replies.insert(full, for: key(ana, "POST /a", "k"), at: .testStart)
            try replies.insert(empty, for: key(ana, "POST /b", "k", 2), at: .testStart + .seconds(1))
            try replies.insert(empty, for: key(ben, "POST /a", "k", 2), at: .testStart + .seconds(2))
            expectEqual(try replies.find(key(ana, "POST /a", "k")), full, "with every field")
            expectEqual(try replies.find(key(ana, "POST /a", "k", 9)), full, "whatever the request's fingerprint")
            expectEqual(try replies.find(key(ana, "POST /b", "k")), empty, "an empty body stays one")
            expectEqual(try replies.find(key(ben, "POST /a", "k")), empty, "each user has their own")
            expectEqual(try replies.find(key(ben, "POST /b", "k")), nil, "and sees no other's")
            expectEqual(try replies.find(key(ana, "POST /a", "K")), nil, "keys are told apart by case")
            expectEqual(try replies.purge(before: .testStart + .seconds(2), limit: 1), 1, "a portion")
            expectEqual(try replies.purge(before: .testStart + .seconds(2), limit: 9), 1, "the rest")
            expectEqual(try replies.find(key(ana, "POST /a", "k")), nil, "gone")
            expectEqual(try replies.find(key(ben, "POST /a", "k")), empty, "newer ones stay")
        }
        await expectFailure(.unavailable, "a key is answered once") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.replies.insert(full, for: key(ben, "POST /a", "k"), at: .testStart)
            }
        }
    }
}
