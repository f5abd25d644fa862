import CivilTime
import ErrandCore
import Testing

/// Audit logs and inboxes.
extension StoreConformance {
    static let auditCases: [Case] = [
        Case("an audit log grows, is filtered and read in order") { try await $0.keepsAudit() },
        Case("an audit entry is about whatever its event was about") { try await $0.keepsSubjects() },
        Case("the end of an audit log is known within a transaction, and goes back with what is taken back") {
            try await $0.knowsTheEndOfAnAuditLog()
        },
        Case("ends of audit logs are known together as they are one by one") { try await $0.looksUpEnds() },
        Case("an audit log takes no number twice and leaves none out") { try await $0.refusesAuditGaps() },
        Case("an inbox lists the newest first, counts and marks") { try await $0.keepsInbox() },
        Case("old notifications go in portions") { try await $0.purgesInbox() },
    ]

    private func entry(_ number: Int64, _ task: TaskID, _ action: String = "task.updated") -> SealedAuditEntry {
        SealedAuditEntry(
            entry: AuditEntry(
                sequence: number, at: .testStart + .minutes(number), actor: ["kind": "user"], action: action,
                subject: .task(task), eventID: .make(), before: ["title": "a \"quoted\" 🎉"], after: ["title": .null],
                previousHash: AuditChain.origin
            ),
            hash: String(repeating: "a\(number)", count: 32)
        )
    }

    private func keepsAudit() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let (task, other) = (TaskID.make(), TaskID.make())
        let entries = [entry(1, task, "task.created"), entry(2, other), entry(3, task)]
        try await store.write { (transaction) throws(ErrandError) in
            for entry in entries { try transaction.audit.append(entry, in: ana.personalSpace) }
            try transaction.audit.append(self.entry(1, task), in: ben.personalSpace)
        }
        try await store.read { (transaction) throws(ErrandError) in
            let audit = transaction.audit
            func newest(_ filter: AuditFilter, before: Int64 = .max, limit: Int = 9) throws(ErrandError) -> [Int64] {
                try audit.newest(in: ana.personalSpace, before: before, filter, limit: limit).map(\.entry.sequence)
            }
            expectEqual(try audit.head(in: ana.personalSpace)?.sequence, 3, "the last number")
            expectEqual(try audit.head(in: ana.personalSpace)?.hash, entries[2].hash, "and hash")
            expectEqual(try audit.head(in: .make())?.sequence, nil, "nobody has none")
            expectEqual(
                try audit.newest(in: ana.personalSpace, before: .max, AuditFilter(), limit: 9), entries.reversed(),
                "all of it")
            expectEqual(try newest(AuditFilter(), before: 3, limit: 1), [2], "a page")
            expectEqual(try newest(AuditFilter(taskID: task)), [3, 1], "of a task")
            expectEqual(try newest(AuditFilter(action: "task.created")), [1], "of a type")
            let time = AuditFilter(from: .testStart + .minutes(2), to: .testStart + .minutes(3))
            expectEqual(try newest(time), [2], "of a time")
            let records = try audit.records(in: ana.personalSpace, after: 1, limit: 1)
            expectEqual(records, [AuditRecord(sequence: 2, entry: entries[1])], "in order, from a number on")
        }
    }

    private func knowsTheEndOfAnAuditLog() async throws {
        let (space, task) = (try await addUser().personalSpace, TaskID.make())
        let (first, second) = (entry(1, task), entry(2, task))
        try await store.write { (transaction) throws(ErrandError) in
            expectEqual(try transaction.audit.head(in: space)?.sequence, nil, "empty")
            try transaction.audit.append(first, in: space)
            expectEqual(try transaction.audit.head(in: space)?.hash, first.hash, "after an entry")
            try? transaction.attempt { () throws(ErrandError) in
                try transaction.audit.append(second, in: space)
                expectEqual(try transaction.audit.head(in: space)?.sequence, 2, "within an attempt")
                throw .cancelled
            }
            expectEqual(try transaction.audit.head(in: space)?.sequence, 1, "after the attempt")
            try transaction.audit.append(second, in: space)
        }
        try await store.read { (transaction) throws(ErrandError) in
            expectEqual(try transaction.audit.head(in: space)?.sequence, 2, "in another transaction")
        }
    }

    private func looksUpEnds() async throws {
        let (ana, ben) = (try await addUser().personalSpace, try await addUser().personalSpace)
        let entries = [entry(1, .make()), entry(2, .make())]
        try await store.write { (transaction) throws(ErrandError) in
            for entry in entries { try transaction.audit.append(entry, in: ana) }
        }
        try await store.write { (transaction) throws(ErrandError) in
            let nobody = UserID.make().personalSpace
            let (audit, erasure) = (transaction.audit, transaction.erasure)
            try erasure.lookUp([ana, ben, nobody, ana])
            try audit.lookUpHeads(in: [ana, ben, nobody, ana])
            expectEqual(try [ana, ben, nobody].map(erasure.isClosed), [false, false, true], "who is there")
            expectEqual(try audit.head(in: ana)?.hash, entries[1].hash, "the last one")
            expectEqual(try audit.head(in: ben)?.sequence, nil, "empty")
            try? transaction.attempt { () throws(ErrandError) in
                try audit.append(entry(1, .make()), in: ben)
                throw .cancelled
            }
            expectEqual(try audit.head(in: ben)?.sequence, nil, "taken back")
            try audit.append(entry(3, .make()), in: ana)
            try audit.lookUpHeads(in: [ana, ben])
            expectEqual(try audit.head(in: ana)?.sequence, 3, "with what was added since")
        }
    }

    private func keepsSubjects() async throws {
        let owner = try await addUser()
        let entry = SealedAuditEntry(
            entry: AuditEntry(
                sequence: 1, at: .testStart, actor: ["kind": "user", "via": "page"], action: "session.started",
                subject: .session(.make()), eventID: .make(), before: .null, after: [:],
                previousHash: AuditChain.origin
            ),
            hash: String(repeating: "b", count: 64)
        )
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.audit.append(entry, in: owner.personalSpace)
            let filter = AuditFilter(action: "session.started")
            let space = owner.personalSpace
            expectEqual(try transaction.audit.newest(in: space, before: .max, filter, limit: 9), [entry], "in a list")
            expectEqual(
                try transaction.audit.records(in: space, after: 0, limit: 9), [AuditRecord(sequence: 1, entry: entry)],
                "and as it is kept, which its columns agree with")
        }
    }

    private func refusesAuditGaps() async throws {
        let owner = try await addUser()
        let first = entry(1, .make())
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.audit.append(first, in: owner.personalSpace)
        }
        for number in [1, 3] as [Int64] {
            await expectFailure(.unavailable, "number \(number) is not the next") { () throws(ErrandError) in
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.audit.append(self.entry(number, .make()), in: owner.personalSpace)
                }
            }
        }
    }

    private func notification(_ owner: UserID, at instant: Instant = .testStart) -> Notification {
        Notification(
            id: .make(), userID: owner, reminderID: .make(), taskID: .make(), title: "Call \"Mum\"", dueAt: nil,
            remindAt: .testStart, isLate: true, createdAt: instant, readAt: nil,
            receipts: [Notification.Receipt(channel: Notification.inApp, status: .delivered, at: instant)]
        )
    }

    private func keepsInbox() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let all = [notification(ana), notification(ana), notification(ana)]
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.notifications
            for one in all + [self.notification(ben)] { expect(try table.insert(one), "it is new") }
            expect(try !table.insert(all[0]), "it is there")
            expectEqual(
                try table.page(of: ana, unreadOnly: false, after: nil, limit: 2), [all[2], all[1]], "the newest two")
            let rest = try table.page(of: ana, unreadOnly: false, after: all[1].id, limit: 2)
            expectEqual(rest, [all[0]], "those after")
            expectEqual(try table.unreadCount(of: ana), 3, "each once, none of others")
            expectEqual(try table.find(all[0].id, of: ben), nil, "another user's is not there")
            expectEqual(try table.markRead(all[2].id, of: ana, at: .testStart), 1, "one is marked")
            expectEqual(try table.markRead(all[2].id, of: ana, at: .testStart + .hours(1)), 0, "once")
            expectEqual(try table.find(all[2].id, of: ana)?.readAt, .testStart, "with the first time")
            expectEqual(
                try table.page(of: ana, unreadOnly: true, after: nil, limit: 9), [all[1], all[0]], "the unread ones")
            expectEqual(try table.markRead(nil, of: ana, at: .testStart), 2, "all the others")
            expectEqual(try table.unreadCount(of: ben), 1, "of this user only")
            expect(try !table.delete(all[0].id, of: ben), "nobody removes another's")
            expect(try table.delete(all[0].id, of: ana), "its owner does")
            expect(try !table.delete(all[0].id, of: ana), "once")
        }
    }

    private func purgesInbox() async throws {
        let owner = try await addUser()
        let old = (Int64(1)...3).map { self.notification(owner, at: .testStart - .days($0)) }
        try await store.write { (transaction) throws(ErrandError) in
            for one in old + [self.notification(owner)] { try transaction.notifications.insert(one) }
            expectEqual(
                try transaction.notifications.purge(before: .testStart, outsideInbox: .testStart, limit: 2), 2,
                "a portion")
            expectEqual(
                try transaction.notifications.purge(before: .testStart, outsideInbox: .testStart, limit: 2), 1,
                "the rest")
            expectEqual(try transaction.notifications.unreadCount(of: owner), 1, "new ones stay")
        }
    }
}
