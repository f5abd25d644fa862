import CivilTime
import ErrandCore

struct SQLConsumerTable: ConsumerTable {
    let runner: SQLRunner

    func progress(of consumer: String) throws(ErrandError) -> ConsumerProgress {
        if let progress = try savedProgress(of: consumer) { return progress }
        if runner.concurrency == nil { return .beginning }
        // There has to be a row for others to wait for.
        try runner.send(
            "INSERT INTO consumers (name, place) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING", [.text(consumer)]
        )
        return try savedProgress(of: consumer) ?? .beginning
    }

    private func savedProgress(of consumer: String) throws(ErrandError) -> ConsumerProgress? {
        let sql = "SELECT place, attempts, retry_at FROM consumers WHERE name = $1" + runner.lock("consumers")
        return try runner.first(sql, [.text(consumer)]) { row throws(SQLError) in
            ConsumerProgress(place: try row.integer(), attempts: try row.count(), retryAt: try row.optionalInstant())
        }
    }

    func save(_ progress: ConsumerProgress, of consumer: String) throws(ErrandError) {
        try runner.send(
            """
            INSERT INTO consumers (name, place, attempts, retry_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (name) DO UPDATE
            SET place = excluded.place, attempts = excluded.attempts, retry_at = excluded.retry_at
            """,
            [.text(consumer), .integer(progress.place), .count(progress.attempts), .instant(progress.retryAt)]
        )
    }

    func addDeadLetter(_ letter: DeadLetter) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO dead_letters (consumer, sequence, reason, added_at, to_replay) VALUES ($1, $2, $3, $4, 0)
            ON CONFLICT (consumer, sequence) DO UPDATE
            SET reason = excluded.reason, added_at = excluded.added_at, to_replay = 0
            """,
            [.text(letter.consumer), .integer(letter.event.sequence), .text(letter.reason), .instant(letter.addedAt)]
        )
    }

    func removeDeadLetter(_ letter: DeadLetter) throws(ErrandError) {
        try runner.execute(
            "DELETE FROM dead_letters WHERE consumer = $1 AND sequence = $2",
            [.text(letter.consumer), .integer(letter.event.sequence)]
        )
    }

    func deadLetters(of consumer: String?, toReplay: Bool, limit: Int) throws(ErrandError) -> [DeadLetter] {
        var sql = SQLText()
        var conditions = ["d.to_replay >= \(sql.bind(.integer(toReplay ? 1 : 0)))"]
        if let consumer { conditions.append("d.consumer = \(sql.bind(.text(consumer)))") }
        let order = "ORDER BY d.sequence, d.consumer LIMIT \(sql.bind(.count(limit)))"
        return try SQLOutboxTable(runner: runner).deadLetters(
            "\(conditions.joined(separator: " AND ")) \(order)", sql.arguments
        )
    }

    func deadLetterCounts() throws(ErrandError) -> [String: Int] {
        let sql = "SELECT consumer, count(*) FROM dead_letters GROUP BY consumer"
        let rows = try runner.all(sql, []) { row throws(SQLError) in (try row.text(), try row.count()) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func requestReplay(of consumer: String, event: EventID?) throws(ErrandError) -> Int {
        var sql = SQLText()
        var conditions = ["consumer = \(sql.bind(.text(consumer)))"]
        if let event {
            conditions.append("sequence = (SELECT sequence FROM outbox WHERE id = \(sql.bind(.id(event))))")
        }
        return try runner.execute(
            "UPDATE dead_letters SET to_replay = 1 WHERE \(conditions.joined(separator: " AND "))", sql.arguments
        )
    }

    func enterInbox(
        of consumer: String, _ events: [EventID], at instant: Instant
    ) throws(ErrandError) -> Set<EventID> {
        if let event = events.first, events.count == 1 {
            let isNew = try runner.execute(
                """
                INSERT INTO inbox (consumer, event_id, handled_at) VALUES ($1, $2, $3)
                ON CONFLICT (consumer, event_id) DO NOTHING
                """,
                [.text(consumer), .id(event), .instant(instant)]
            )
            return isNew == 1 ? [event] : []
        }
        // In one order: of two who enter the same ones, the second waits for the first, and for nobody else.
        let ids = JSONValue(strings: events.map(\.description).sorted())
        let sql = """
            INSERT INTO inbox (consumer, handled_at, event_id)
            SELECT $1, CAST($2 AS BIGINT), given.* FROM (\(runner.dialect.strings(in: "$3"))) AS given WHERE true
            ON CONFLICT (consumer, event_id) DO NOTHING RETURNING event_id
            """
        return Set(
            try runner.all(sql, [.text(consumer), .instant(instant), .text(ids.text)]) { row throws(SQLError) in
                try row.id()
            })
    }

    func isSettled(_ event: StoredEvent, for consumer: String) throws(ErrandError) -> Bool {
        try runner.number(
            """
            SELECT (SELECT count(*) FROM inbox WHERE consumer = $1 AND event_id = $2)
                + (SELECT count(*) FROM dead_letters WHERE consumer = $1 AND sequence = $3)
            """,
            [.text(consumer), .id(event.event.id), .integer(event.sequence)]
        ) > 0
    }

    func purgeInbox(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.execute(
            """
            DELETE FROM inbox WHERE (consumer, event_id) IN (
                SELECT consumer, event_id FROM inbox WHERE handled_at < $1 ORDER BY handled_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }

    func takeLease(
        _ name: String, for holder: UniqueID, now: Instant, until end: Instant
    ) throws(ErrandError) -> Bool {
        try runner.execute(
            """
            INSERT INTO leases (name, holder, ends_at) VALUES ($1, $2, $4)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
            WHERE leases.holder = excluded.holder OR leases.ends_at <= $3
            """,
            [.text(name), .text(holder.description), .instant(now), .instant(end)]
        ) == 1
    }

    func leaseEnd(_ name: String, of holder: UniqueID) throws(ErrandError) -> Instant? {
        try runner.first(
            "SELECT ends_at FROM leases WHERE name = $1 AND holder = $2", [.text(name), .text(holder.description)]
        ) { row throws(SQLError) in try row.instant() }
    }
}
