import CivilTime
import ErrandCore
import SQLStore

/// Rows that have outlived their promise, as many as a server finds that was away for a month.
struct GrowthBacklog: Sendable {
    let database: any SQLDatabase
    let isPostgres: Bool
    /// Events, entries of inboxes and undo records, of each; replies and tasks in the trash are a tenth of that.
    let rows: Int

    func make() async throws {
        let old = Instant.ofBench - .days(40)
        let parts = statements(old.milliseconds)
        let isPostgres = isPostgres
        try await database.run { connection throws(SQLError) in
            if isPostgres { try connection.execute("SET LOCAL statement_timeout = 0", []) }
            for sql in parts { try connection.execute(sql, []) }
        }
        if isPostgres {
            try await database.run { connection throws(SQLError) in
                try connection.execute("SET LOCAL statement_timeout = 0", [])
                try connection.execute("ANALYZE", [])
            }
        }
    }

    private func statements(_ old: Int64) -> [String] {
        let id = isPostgres ? "CAST(gen_random_uuid() AS text)" : "hex(randomblob(18))"
        let bytes = isPostgres ? "convert_to(repeat('x', 700), 'UTF8')" : "zeroblob(700)"
        let text = String(repeating: "x", count: 500)
        let some = "FROM tasks t ORDER BY t.row_id LIMIT \(rows)"
        // Of people who have no more than others, and not in the order of their rows.
        let trash = """
            SELECT row_id FROM tasks WHERE space > (SELECT max(row_id) / 2 FROM spaces)
            ORDER BY row_id LIMIT \(rows / 10)
            """
        return [
            "UPDATE outbox SET occurred_at = \(old)",
            """
            INSERT INTO outbox (id, kind, space, task_id, cursor, occurred_at, data)
            SELECT \(id), 'task.updated', t.space, t.id, 1000000000 + (t.row_id & 4294967295), \(old),
            '{"text": "\(text)"}' \(some)
            """,
            """
            INSERT INTO consumers (name, place) SELECT 'outbox-relay', max(sequence) FROM outbox WHERE 1 = 1
            ON CONFLICT (name) DO UPDATE SET place = excluded.place
            """,
            "INSERT INTO inbox (consumer, event_id, handled_at) SELECT 'audit-service', \(id), \(old) \(some)",
            """
            INSERT INTO undo_records (owner, space, token, created_at, entries)
            SELECT t.space, t.space, \(id), \(old), '["\(text)"]' \(some)
            """,
            """
            INSERT INTO replies (owner, target, key, fingerprint, status, headers, body, created_at)
            SELECT space, 'POST /api/v1/tasks', \(id), \(bytes), 201, '{}', \(bytes), \(old)
            FROM (SELECT t.space \(some)) AS owners WHERE space % 10 = 0
            """,
            "UPDATE task_tags SET in_trash = 1 WHERE row_id IN (\(trash))",
            """
            UPDATE tasks SET deleted_at = \(old) - (row_id * 7919) % 1000003 WHERE row_id IN (\(trash))
            """,
        ]
    }
}

/// How long those wait who create while rows are removed.
struct GrowthHousekeeping: Sendable {
    private static let rate = 50
    private static let callers = 8

    let environment: Environment
    let people: [Principal]

    func measure(seconds: Int) async throws {
        Table.heading(
            "\(GrowthHousekeeping.rate) creates a second beside housekeeping, \(seconds) s each",
            ["beside", "creates", "p50 ms", "p90", "p99", "max", "removed a second"]
        )
        let alone = try await creates(until: .now + .seconds(seconds))
        Table.row("nothing", "\(alone.count) | \(alone.columns) | 0")
        let housekeeping = Housekeeping(environment: environment, eventRetention: .days(7), consumersOfLog: [])
        let end = ContinuousClock.now + .seconds(seconds)
        async let beside = creates(until: end)
        var (removed, passes, isPartial) = (0, Latencies(), true)
        let begin = ContinuousClock.now
        while isPartial, ContinuousClock.now < end {
            let start = ContinuousClock.now
            let report = try await housekeeping.runOnce()
            passes.record(ContinuousClock.now - start)
            removed += report.tasks + report.undoRecords + report.replies + report.events
            isPartial = report.isPartial
        }
        let rate = Int(Double(removed) / ((ContinuousClock.now - begin) / .seconds(1)))
        let latencies = try await beside
        Table.row("housekeeping", "\(latencies.count) | \(latencies.columns) | \(rate)")
        Table.line("\nA pass over all tables, p50, p90, p99 and max in ms: \(passes.columns).")
    }

    /// Each is counted from when it was to be made.
    private func creates(until end: ContinuousClock.Instant) async throws -> Latencies {
        let pause = Duration.seconds(1) * GrowthHousekeeping.callers / GrowthHousekeeping.rate
        let operations = Operations(environment: environment)
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<GrowthHousekeeping.callers {
                group.addTask {
                    var samples = SampleTasks()
                    var planned = ContinuousClock.now + pause * caller / GrowthHousekeeping.callers
                    var (durations, index) = ([Duration](), caller)
                    while planned < end {
                        try await ContinuousClock().sleep(until: planned)
                        let draft = try TaskDraft(samples.task(1))
                        _ = try await operations.perform(CreateTask(draft), as: people[index % people.count])
                        durations.append(ContinuousClock.now - planned)
                        planned += pause
                        index += GrowthHousekeeping.callers
                    }
                    return durations
                }
            }
            return try await group.reduce(into: Latencies()) { all, some in some.forEach { all.record($0) } }
        }
    }
}
