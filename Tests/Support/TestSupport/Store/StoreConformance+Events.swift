import CivilTime
import ErrandCore
import Testing

/// The log of events, its readers, and what they have handled.
extension StoreConformance {
    static let eventCases: [Case] = [
        Case("events are read by place, by type and by user") { try await $0.readsEvents() },
        Case("an event keeps where it came from") { try await $0.keepsCorrelation() },
        Case("a consumer's progress is kept") { try await $0.keepsProgress() },
        Case("what was published is not published again") { try await $0.publishes() },
        Case("what waits is counted by type, with the age of the oldest") { try await $0.countsBacklogs() },
        Case("old events go once all are done with them, dead letters stay") { try await $0.purgesEvents() },
        Case("dead letters are kept, asked for again and removed") { try await $0.keepsDeadLetters() },
        Case("an inbox takes an event once") { try await $0.entersInbox() },
        Case("a lease has one holder until it ends") { try await $0.leases() },
    ]

    /// Events about one task, the last ones later.
    private func addEvents(
        _ count: Int, of owner: UserID, number: Int64 = 1, correlation: Correlation = .none
    ) async throws -> [StoredEvent] {
        let task = TodoTask.make(owner: owner, number: number)
        return try await store.write { (transaction) throws(ErrandError) in
            let end = try transaction.outbox.end()
            try transaction.tasks.insert(task)
            for index in 0..<Int64(count) {
                let cursor = try transaction.outbox.takeChangeNumber(in: owner.personalSpace)
                try transaction.outbox.append(
                    .make(
                        kind: index == 0 ? .created : .updated, task: task, number: cursor,
                        at: .testStart + .minutes(index), correlation: correlation
                    )
                )
            }
            return try transaction.outbox.events(of: nil, after: end, limit: 100)
        }
    }

    private func readsEvents() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let (first, second) = (try await addEvents(3, of: ana), try await addEvents(2, of: ben))
        try await store.read { (transaction) throws(ErrandError) in
            let outbox = transaction.outbox
            expectEqual(try outbox.end(), second[1].sequence, "the end is the last event")
            expectEqual(try outbox.place(beforeLast: 2), first[2].sequence, "the last two come after it")
            expectEqual(try outbox.place(beforeLast: 9), 0, "there are not so many")
            expectEqual(
                try outbox.events(of: nil, after: first[1].sequence, limit: 2), [first[2], second[0]], "a slice")
            let updated = try outbox.events(of: ["task.updated", "x"], after: first[1].sequence, limit: 9)
            expectEqual(updated, [first[2], second[1]], "of a type, after a place")
            expectEqual(try outbox.events(of: ["task.completed"], after: 0, limit: 9), [], "none of another type")
            expectEqual(
                try outbox.events(in: ana.personalSpace, after: 1, limit: 9), [first[1], first[2]], "of one user")
            expectEqual(try outbox.events(in: .make(), after: 0, limit: 9), [], "of nobody")
            expectEqual(try outbox.lastChangeNumber(in: ana.personalSpace), 3, "the last change of ana")
            expectEqual(try outbox.lastChangeNumber(in: .make()), 0, "nobody changed anything")
        }
    }

    private func keepsCorrelation() async throws {
        let correlation = Correlation(
            requestID: "r-1", traceparent: "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
        )
        let events = try await addEvents(2, of: try await addUser(), correlation: correlation)
        expectEqual(events.map(\.event.correlation), [correlation, correlation], "request and trace")
        expectEqual(events.map(\.event.occurredAt), [.testStart, .testStart + .minutes(1)], "and when it happened")
    }

    private func keepsProgress() async throws {
        let later = ConsumerProgress(place: 7, attempts: 2, retryAt: .testStart)
        let (before, after) = try await store.write { (transaction) throws(ErrandError) in
            let before = try transaction.consumers.progress(of: "test")
            try transaction.consumers.save(ConsumerProgress(place: 5, attempts: 0, retryAt: nil), of: "test")
            try transaction.consumers.save(later, of: "test")
            return (before, try transaction.consumers.progress(of: "test"))
        }
        expectEqual(before, .beginning, "everybody begins at the beginning")
        expectEqual(after, later, "all of it")
    }

    private func publishes() async throws {
        let events = try await addEvents(3, of: try await addUser())
        try await store.write { (transaction) throws(ErrandError) in
            let outbox = transaction.outbox
            expectEqual(try outbox.unpublished(limit: 2), [events[0], events[1]], "in order, no more than asked for")
            try outbox.markPublished(through: events[1])
            expectEqual(try outbox.unpublished(limit: 9), [events[2]], "what is left")
            try outbox.markPublished(through: events[0])
            expectEqual(try outbox.unpublished(limit: 9), [events[2]], "the mark never goes back")
        }
    }

    private func countsBacklogs() async throws {
        let events = try await addEvents(4, of: try await addUser())
        try await store.write { (transaction) throws(ErrandError) in
            let outbox = transaction.outbox
            expectEqual(try outbox.backlog(of: "a").counts, ["task.created": 1, "task.updated": 3], "all")
            expectEqual(try outbox.backlog(of: nil).total, 4, "none is published")
            expectEqual(try outbox.backlog(of: nil).oldest, .testStart, "the oldest of all")
            try outbox.markPublished(through: events[1])
            try transaction.consumers.save(
                ConsumerProgress(place: events[3].sequence, attempts: 0, retryAt: nil), of: "a"
            )
            expectEqual(try outbox.backlog(of: nil).counts, ["task.updated": 2], "what is left")
            expectEqual(try outbox.backlog(of: nil).oldest, .testStart + .minutes(2), "the oldest of the rest")
            expectEqual(try outbox.backlog(of: "a"), EventBacklog(), "it is done with all")
            expectEqual(
                try outbox.backlog(of: "b").countsByTopic(of: ["task.updated"]), [.taskEvents: 3], "of one type"
            )
            expectEqual(
                try outbox.backlog(of: "a").countsByTopic(of: nil), [.taskEvents: 0, .reminders: 0], "every topic"
            )
        }
    }

    private func purgesEvents() async throws {
        let events = try await addEvents(6, of: try await addUser())
        try await store.write { (transaction) throws(ErrandError) in
            func purge(_ minutes: Int64) throws(ErrandError) -> Int {
                try transaction.outbox.purge(before: .testStart + .minutes(minutes), doneBy: ["a", "b"], limit: 2)
            }
            func setPlace(_ index: Int, of consumer: String) throws(ErrandError) {
                try transaction.consumers.save(
                    ConsumerProgress(place: events[index].sequence, attempts: 0, retryAt: nil), of: consumer
                )
            }
            try transaction.outbox.markPublished(through: events[4])
            try setPlace(4, of: "a")
            expectEqual(try purge(60), 0, "one consumer has not begun")
            try setPlace(3, of: "b")
            try transaction.consumers.addDeadLetter(
                DeadLetter(consumer: "a", event: events[0], reason: "x", addedAt: .testStart)
            )
            expectEqual(try purge(2), 1, "only what is old, and no dead letter")
            expectEqual(try purge(60), 2, "no more than asked for, and what both are done with")
            expectEqual(try purge(60), 0, "nothing else")
            let left = try transaction.outbox.events(of: nil, after: 0, limit: 9)
            expectEqual(left, [events[0], events[4], events[5]], "the rest stays")
        }
    }

    private func keepsDeadLetters() async throws {
        let events = try await addEvents(2, of: try await addUser())
        let letters = events.map { DeadLetter(consumer: "a", event: $0, reason: "x", addedAt: .testStart) }
        let again = DeadLetter(consumer: "a", event: events[0], reason: "y", addedAt: .testStart + .hours(1))
        let other = DeadLetter(consumer: "b", event: events[0], reason: "z", addedAt: .testStart)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.consumers
            for letter in letters + [other] { try table.addDeadLetter(letter) }
            expectEqual(try table.deadLetters(of: "a", toReplay: false, limit: 9), letters, "of one consumer")
            expectEqual(
                try table.deadLetters(of: nil, toReplay: false, limit: 9), [letters[0], other, letters[1]], "of all")
            expectEqual(try table.deadLetterCounts(), ["a": 2, "b": 1], "how many")
            expectEqual(try table.deadLetters(of: "a", toReplay: true, limit: 9), [], "nobody asked for one")
            expectEqual(try table.requestReplay(of: "a", event: events[0].event.id), 1, "one is asked for")
            expectEqual(try table.deadLetters(of: "a", toReplay: true, limit: 9), [letters[0]], "that one")
            try table.addDeadLetter(again)
            expectEqual(try table.deadLetters(of: "a", toReplay: true, limit: 9), [], "failed again, it waits")
            expectEqual(try table.deadLetters(of: "a", toReplay: false, limit: 1), [again], "with the last reason")
            expectEqual(try table.requestReplay(of: "a", event: nil), 2, "all of a consumer")
            expect(try table.isSettled(events[0], for: "a"), "it is put aside")
            try table.removeDeadLetter(again)
            expectEqual(try table.deadLetters(of: nil, toReplay: false, limit: 9), [other, letters[1]], "one is gone")
            expect(try !table.isSettled(events[0], for: "a"), "it is not, any more")
            _ = try table.enterInbox(of: "a", events[0].event.id, at: .testStart)
            expect(try table.isSettled(events[0], for: "a"), "it was handled")
            expect(try !table.isSettled(events[1], for: "b"), "by another, or another event")
            expectEqual(try transaction.outbox.event(events[1].event.id), events[1], "an event by its id")
            expectEqual(try transaction.outbox.event(.make()), nil, "none")
        }
    }

    private func entersInbox() async throws {
        let (first, second) = (EventID.make(), EventID.make())
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.consumers
            expect(try table.enterInbox(of: "a", first, at: .testStart), "it is new")
            expect(try !table.enterInbox(of: "a", first, at: .testStart), "it was there before")
            expect(try table.enterInbox(of: "b", first, at: .testStart), "others have their own")
            expect(try table.enterInbox(of: "a", second, at: .testStart + .hours(2)), "another event")
            expectEqual(try table.purgeInbox(before: .testStart + .hours(1), limit: 9), 2, "the old ones go")
            expect(try !table.enterInbox(of: "a", second, at: .testStart), "the others stay")
            let third = EventID.make()
            expectEqual(
                try table.enterInbox(of: "a", [third, second, first, third], at: .testStart), [first, third],
                "of several, those that are new")
            expectEqual(try table.enterInbox(of: "a", [first, third], at: .testStart), [], "which they are once")
            expectEqual(try table.enterInbox(of: "a", [], at: .testStart), [], "none")
        }
    }

    private func leases() async throws {
        let (one, two) = (EventID.make().value, EventID.make().value)
        let start = Instant.testStart
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.consumers
            expect(try table.takeLease("x", for: one, now: start, until: start + .minutes(1)), "it is free")
            expect(try !table.takeLease("x", for: two, now: start, until: start + .minutes(9)), "it is taken")
            expectEqual(try table.leaseEnd("x", of: two), nil, "two has none")
            expect(try table.takeLease("x", for: one, now: start, until: start + .minutes(2)), "it is renewed")
            expectEqual(try table.leaseEnd("x", of: one), start + .minutes(2), "until then")
            expect(
                try table.takeLease("x", for: two, now: start + .minutes(2), until: start + .minutes(3)),
                "it has ended")
            expectEqual(try table.leaseEnd("x", of: one), nil, "one has lost it")
            expect(try table.takeLease("y", for: one, now: start, until: start + .minutes(1)), "another lease")
        }
    }
}
