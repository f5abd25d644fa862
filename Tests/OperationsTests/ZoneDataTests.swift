import CivilTime
import ErrandCore
import Testing

/// What becomes of stored instants when the rules of zones change.
@Suite struct ZoneDataTests {
    /// As the rules of before would have had it: every instant an hour early.
    private func set(back user: User, on stage: Stage) async throws {
        try await stage.operations.environment.store.write { (transaction) throws(ErrandError) in
            for task in try transaction.tasks.all(in: user.id.personalSpace, after: 0, limit: 100) {
                var old = task
                old.dueSpan = task.dueSpan.map { DueSpan(start: $0.start - .hours(1), overdue: $0.overdue - .hours(1)) }
                old.reminderAt = task.reminderAt.map { $0 - .hours(1) }
                try transaction.tasks.update(old, replacing: task)
                let rows = try transaction.reminders.all(of: task, for: user.id)
                let early = rows.map { row in
                    ReminderRow(
                        id: row.id, taskID: row.taskID, memberID: row.memberID, snoozeOf: row.snoozeOf,
                        base: row.base - .hours(1), nextAt: row.nextAt.map { $0 - .hours(1) },
                        repeatEvery: row.repeatEvery, lastFiredAt: row.lastFiredAt, firings: row.firings
                    )
                }
                if !rows.isEmpty { try transaction.reminders.replace(early, of: old, for: user.id) }
            }
        }
    }

    private func tasks(of user: User, on stage: Stage) async throws -> [TodoTask] {
        try await stage.operations.environment.store.read { (transaction) throws(ErrandError) in
            try transaction.tasks.all(in: user.id.personalSpace, after: 0, limit: 100)
        }
    }

    private func reminders(of user: User, on stage: Stage) async throws -> [ReminderRow] {
        try await stage.operations.environment.store.read { (transaction) throws(ErrandError) in
            var rows: [ReminderRow] = []
            for task in try transaction.tasks.all(in: user.id.personalSpace, after: 0, limit: 100) {
                rows += try transaction.reminders.all(of: task, for: user.id)
            }
            return rows
        }
    }

    /// - Returns: in how many parts, and how many tasks were looked at.
    private func derive(_ edition: String?, on stage: Stage, batch: Int) async throws -> (parts: Int, tasks: Int) {
        let change = ZoneDataChange(environment: stage.operations.environment, edition: edition, batchSize: batch)
        var (parts, tasks) = (0, 0)
        while true {
            let report = try await change.runOnce()
            (parts, tasks) = (parts + 1, tasks + report.tasks)
            if !report.isPartial { return (parts, tasks) }
        }
    }

    @Test(arguments: [1, 2, 3, 100])
    func `instants follow a newer edition once, in parts, and nothing else changes`(_ batch: Int) async throws {
        try await Stage.with(zone: "Europe/Paris") { stage in
            let dues: [JSONValue] = [
                ["kind": "zoned", "date": "2026-07-01", "time": "12:00", "time_zone": "America/New_York"],
                ["kind": "floating", "date": "2026-07-02", "time": "09:30"], ["kind": "date", "date": "2026-07-03"],
                .null,
            ]
            for user in [stage.ana, stage.ben] {
                for due in dues {
                    let reminders: JSONValue = due == .null ? [] : [["before": "PT30M"]]
                    try await stage.call("tasks.create", ["title": "A", "due": due, "reminders": reminders], as: user)
                }
            }
            _ = try await derive("2025a", on: stage, batch: batch)
            let (ana, ben) = (try await tasks(of: stage.ana, on: stage), try await tasks(of: stage.ben, on: stage))
            let rows = try await reminders(of: stage.ana, on: stage)
            #expect(rows.count == 3 && rows.allSatisfy { $0.nextAt == $0.base })
            for user in [stage.ana, stage.ben] { try await set(back: user, on: stage) }
            #expect(try await tasks(of: stage.ana, on: stage) != ana)
            #expect(try await derive("2025a", on: stage, batch: batch).tasks == 0, "it is the edition of before")
            #expect(try await derive(nil, on: stage, batch: batch).tasks == 0)
            let done = try await derive("2025b", on: stage, batch: batch)
            #expect(done.tasks == 8 && (batch > 4 || done.parts >= 8 / batch))
            // Versions and times of change included.
            #expect(try await tasks(of: stage.ana, on: stage) == ana)
            #expect(try await tasks(of: stage.ben, on: stage) == ben)
            #expect(try await reminders(of: stage.ana, on: stage) == rows)
            #expect(try await derive("2025b", on: stage, batch: batch).tasks == 0)
            #expect(try await derive("2025a", on: stage, batch: batch).tasks == 0, "an older one changes nothing")
        }
    }
}
