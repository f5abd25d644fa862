import ErrandCore
import TestSupport
import Testing

/// What lies in the database when all is over, of one user.
struct Books: Sendable {
    let events: [StoredEvent]
    /// Events in the order of the audit log.
    let audited: [EventID]
    let firstBad: Int64?
    let tasks: [TodoTask]
    let notifications: Int
    /// Whether a reminder is still to fire.
    let hasReminders: Bool
    let deadLetters: Int

    static let empty = Books(
        events: [], audited: [], firstBad: nil, tasks: [], notifications: 0, hasReminders: false, deadLetters: 0
    )

    /// Reads everything in one transaction.
    static func read(_ deployment: Deployment) async throws -> Books {
        try await deployment.withStore { store in
            try await store.read { (transaction) throws(ErrandError) in
                let all = try transaction.outbox.events(of: nil, after: 0, limit: 1_000_000)
                // Others may have signed up as well; the one who did something is meant.
                guard let owner = all.first(where: { $0.event.subject.taskID != nil })?.event.userID else {
                    return Books.empty
                }
                let events = all.filter { $0.event.userID == owner }
                var verification = AuditVerification(chain: AuditChain(sha256: SHA256Digest.of))
                let records = try transaction.audit.records(in: owner.personalSpace, after: 0, limit: 1_000_000)
                for record in records {
                    if let entry = record.entry { verification.check(entry) } else { verification.markUnreadable() }
                }
                return Books(
                    events: events, audited: records.compactMap { $0.entry?.entry.eventID },
                    firstBad: verification.firstBad,
                    tasks: try transaction.tasks.all(in: owner.personalSpace, after: 0, limit: 1_000_000),
                    notifications: try transaction.notifications.unreadCount(of: owner),
                    hasReminders: try transaction.reminders.nextInstant() != nil,
                    deadLetters: try transaction.consumers.deadLetters(of: nil, toReplay: false, limit: 9).count
                )
            }
        }
    }

    /// Reads until nothing is left for a consumer to do, for a minute and a half at most.
    static func whenSettled(_ deployment: Deployment) async throws -> Books {
        try await read(deployment) { $0.isSettled }
    }

    /// Reads until every event is in the audit log, for as long.
    static func whenAudited(_ deployment: Deployment) async throws -> Books {
        try await read(deployment) { $0.audited.count >= $0.events.count }
    }

    private static func read(_ deployment: Deployment, until isEnough: (Books) -> Bool) async throws -> Books {
        var books = try await read(deployment)
        for _ in 0..<300 where !isEnough(books) {
            try await Task.sleep(for: .milliseconds(300))
            books = try await read(deployment)
        }
        return books
    }

    private var isSettled: Bool {
        let parents = Set(tasks.compactMap { $0.series?.predecessorID })
        return audited.count == events.count && notifications == reminders && !hasReminders
            && tasks.allSatisfy { !$0.isCompleted || $0.series == nil || parents.contains($0.id) }
    }

    private var reminders: Int { events.count { $0.event.type == .reminderTrigger } }

    /// Holds the books against what was acknowledged.
    ///
    /// - Parameter inOrder: whether audit entries are in the order of the events, whatever the task; else only of
    ///   each task.
    func check(_ entries: [Ledger.Entry], inOrder: Bool) {
        #expect(deadLetters == 0)
        #expect(firstBad == nil, "the audit chain verifies")
        let all = events.map(\.event)
        // Thousands of ids: only whether they are the same is worth showing.
        let isSame = inOrder ? audited == all.map(\.id) : hasOrderOfTasks(all)
        #expect(isSame, "one audit entry for each event, in its order")
        #expect(Set(all.map(\.id)).count == all.count)
        var counts: [String: Int] = [:]
        for event in all { counts["\(event.type) \(event.subject.id)", default: 0] += 1 }
        let missing = entries.filter { counts["\($0.kind) \($0.task)"] != 1 }
        #expect(
            missing.isEmpty, "\(missing.count) acknowledged changes without exactly one event: \(missing.prefix(3))")
        // Of a recurring task, each completion has its successor, once.
        var successors: [TaskID: Int] = [:]
        for task in tasks { if let parent = task.series?.predecessorID { successors[parent, default: 0] += 1 } }
        let completed = tasks.filter { $0.series != nil && $0.isCompleted }
        #expect(completed.count > 0, "series went on")
        let wrong = completed.count { successors[$0.id] != 1 }
        #expect(wrong == 0, "completed occurrences without exactly one successor")
        for task in tasks where task.series != nil && !task.isCompleted { #expect(successors[task.id] == nil) }
        #expect(notifications == reminders, "one notification for each reminder")
        let hasGaps = Set(events.map(\.changeNumber.value)) != Set(1...Int64(max(events.count, 1)))
        #expect(!hasGaps, "change numbers have no gaps")
    }

    private func hasOrderOfTasks(_ all: [Event]) -> Bool {
        let place = Dictionary(audited.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        guard place.count == all.count, audited.count == all.count else { return false }
        var last: [Subject: Int] = [:]
        for event in all where event.type != .reminderTrigger {
            guard let here = place[event.id], here > last[event.subject] ?? -1 else { return false }
            last[event.subject] = here
        }
        return true
    }
}
