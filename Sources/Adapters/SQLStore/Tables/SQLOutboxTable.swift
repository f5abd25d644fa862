import CivilTime
import ErrandCore

/// Events become visible in the order of `sequence`: the one writer of SQLite commits in that order, and where there
/// are several, their events are arrivals first, which are given their places after the commit; see ``LogOrder``.
struct SQLOutboxTable: OutboxTable {
    let runner: SQLRunner

    /// Publishing is a consumer like others: it has a place in the log.
    private static let relay = "outbox-relay"

    /// What ``decode(_:)`` reads.
    private static let columns = """
        o.sequence, o.cursor, o.id, o.kind, s.id, o.task_id, o.occurred_at, o.request_id, o.traceparent, o.data
        """

    /// What an event has without a place in the log.
    private static let ownColumns = "id, kind, space, task_id, cursor, occurred_at, request_id, traceparent, data"
    private static let (log, arrivals) = (shape("outbox"), shape("arrivals"))

    private static func shape(_ table: String) -> RowShape {
        RowShape(
            table, .untilAsked,
            ownColumns.split(separator: ", ").map { name in
                .init(
                    name: String(name), type: ["space", "cursor", "occurred_at"].contains(name) ? .integer : .text)
            })
    }

    /// From so many types on, the index by type is not worth its queries.
    private static let manyTypes = 4

    /// Arrivals that are given their places by one statement.
    private static let placedAtOnce = 1_000

    /// Gives the first events that wait their places, under ``SQLConcurrency/logLock``.
    ///
    /// Of one space, they come in the order of its changes: each was added by who held the space, until its commit.
    ///
    /// - Parameter number: up to which no arrival is left, nor will be.
    func placeSome(after number: Int64, _ concurrency: SQLConcurrency) throws(ErrandError) -> PlacedArrivals {
        // The sequence of the log counts in the order of the rows. An id twice would be one event, and must not stop
        // those that come after it. A number within a query is one that the planner does not look at, so that the
        // statement is planned once.
        let sql = """
            WITH placed AS (
                DELETE FROM arrivals WHERE number > (SELECT $1) AND number <= (
                    SELECT max(number) FROM (
                        SELECT number FROM arrivals WHERE number > (SELECT $1)
                        ORDER BY number LIMIT \(Self.placedAtOnce)
                    ) first
                ) RETURNING *
            ), added AS (
                INSERT INTO outbox (\(Self.ownColumns)) SELECT \(Self.ownColumns) FROM placed ORDER BY number
                ON CONFLICT (id) DO NOTHING
            )
            SELECT count(*), coalesce(max(number), 0), \(concurrency.firstAtWork),
                CASE WHEN count(*) > 0 THEN \(concurrency.transaction) ELSE 0 END
            FROM placed
            """
        return try runner.one(sql, [.integer(number)]) { row throws(SQLError) in
            let (count, last) = (try row.count(), try row.integer())
            return PlacedArrivals(
                isPartial: count == Self.placedAtOnce, last: last, firstAtWork: try row.integer(),
                transaction: try row.integer()
            )
        }
    }

    /// The first of a transaction is asked for, those after it are counted on from there.
    func takeChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber {
        let row = try runner.requiredRowForChange(of: space)
        if let number = runner.changeNumbers.next(of: row) { return ChangeNumber(number) }
        let number = try runner.oneAside(
            """
            INSERT INTO counters (space, task_number, change_number) VALUES ($1, 0, 1)
            ON CONFLICT (space) DO UPDATE SET change_number = counters.change_number + 1
            RETURNING change_number
            """,
            [.integer(row)]
        ) { row throws(SQLError) in try row.integer() }
        runner.changeNumbers.note(number, of: row)
        return ChangeNumber(number)
    }

    func lastChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber {
        try runner.placeEvents()
        guard let row = try runner.rowForChange(of: space) else { return .none }
        try runner.writeOut()
        // Numbers are taken one after the other, so the log ends before the first that waits.
        let placed = runner.dialect.concurrency.map { _ in
            "coalesce((SELECT min(cursor) - 1 FROM arrivals WHERE space = $1), change_number)"
        }
        let sql = "SELECT \(placed ?? "change_number") FROM counters WHERE space = $1"
        return try runner.first(sql, [.integer(row)]) { row throws(SQLError) in
            ChangeNumber(try row.integer())
        } ?? .none
    }

    func append(_ event: Event, as number: ChangeNumber) throws(ErrandError) {
        runner.announce(.events)
        if runner.concurrency != nil { runner.hasArrivals = true }
        try runner.insert(
            [
                .id(event.id), .text(event.type.name),
                .integer(try runner.requiredRowForChange(of: event.space)),
                .text(event.subject.id.description), .integer(number.value), .instant(event.occurredAt),
                .optional(event.correlation.requestID), .optional(event.correlation.traceparent), .text(event.data),
            ], runner.concurrency == nil ? Self.log : Self.arrivals
        )
    }

    /// Of few types: one range of an index for each. Of many: the log itself, without the others, which nobody goes
    /// through often, as places move on.
    func events(of types: Set<EventType>?, after sequence: Int64, limit: Int) throws(ErrandError) -> [StoredEvent] {
        guard let types else {
            return try stored("o.sequence > (SELECT $1) ORDER BY o.sequence LIMIT \(limit)", [.integer(sequence)])
        }
        let names = types.map(\.name).sorted()
        if names.count >= Self.manyTypes { return try events(among: types, after: sequence, limit: limit) }
        var events: [StoredEvent] = []
        for name in names {
            events += try stored(
                "o.kind = $1 AND o.sequence > (SELECT $2) ORDER BY o.sequence LIMIT \(limit)",
                [.text(name), .integer(sequence)], along: "outbox_by_kind"
            )
        }
        return Array(events.sorted { $0.sequence < $1.sequence }.prefix(limit))
    }

    /// The log itself, without events of other types.
    private func events(
        among types: Set<EventType>, after sequence: Int64, limit: Int
    ) throws(ErrandError) -> [StoredEvent] {
        // Some are of others.
        let window = limit + limit / 4 + 1
        var (events, place): ([StoredEvent], Int64) = ([], sequence)
        while events.count < limit {
            let next = try self.events(of: nil, after: place, limit: window)
            events += next.lazy.filter { types.contains($0.event.type) }
            guard next.count == window, let last = next.last else { break }
            place = last.sequence
        }
        return Array(events.prefix(limit))
    }

    func events(in space: SpaceID, after number: ChangeNumber, limit: Int) throws(ErrandError) -> [StoredEvent] {
        guard let row = try runner.rowForChange(of: space) else { return [] }
        return try stored(
            "o.space = $1 AND o.cursor > $2 ORDER BY o.cursor LIMIT $3",
            [.integer(row), .integer(number.value), .count(limit)]
        )
    }

    func event(_ id: EventID) throws(ErrandError) -> StoredEvent? {
        try stored("o.id = $1", [.id(id)]).first
    }

    func end() throws(ErrandError) -> Int64 {
        try runner.placeEvents()
        return try runner.number("SELECT coalesce(max(sequence), 0) FROM outbox", [])
    }

    func place(beforeLast count: Int) throws(ErrandError) -> Int64 {
        try runner.placeEvents()
        let sql = "SELECT sequence FROM outbox ORDER BY sequence DESC LIMIT 1 OFFSET $1"
        return try runner.first(sql, [.count(count)]) { row throws(SQLError) in try row.integer() } ?? 0
    }

    func unpublished(limit: Int) throws(ErrandError) -> [StoredEvent] {
        let place = try SQLConsumerTable(runner: runner).progress(of: Self.relay).place
        return try events(of: nil, after: place, limit: limit)
    }

    func markPublished(through last: StoredEvent) throws(ErrandError) {
        let table = SQLConsumerTable(runner: runner)
        guard try table.progress(of: Self.relay).place < last.sequence else { return }
        try table.save(ConsumerProgress(place: last.sequence, attempts: 0, retryAt: nil), of: Self.relay)
    }

    func backlog(of consumer: String?) throws(ErrandError) -> EventBacklog {
        let place = try SQLConsumerTable(runner: runner).progress(of: consumer ?? Self.relay).place
        try runner.placeEvents()
        // What has no place yet is not published either.
        let arrivals =
            runner.dialect.concurrency == nil || consumer != nil
            ? "" : "UNION ALL (SELECT kind, occurred_at FROM arrivals LIMIT $2)"
        let groups = try runner.all(
            """
            SELECT kind, count(*), min(occurred_at) FROM (
                SELECT kind, occurred_at FROM
                    (SELECT kind, occurred_at FROM outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2) unread
                \(arrivals)
            ) waiting GROUP BY kind
            """,
            [.integer(place), .count(EventBacklog.countMax)]
        ) { row throws(SQLError) in (EventType(try row.text()), try row.count(), try row.instant()) }
        var backlog = EventBacklog()
        for (type, count, oldest) in groups {
            backlog.counts[type] = count
            backlog.oldest = min(backlog.oldest ?? oldest, oldest)
        }
        return backlog
    }

    /// Looks at the oldest alone: where all of them can go, nothing has to know how many more there are.
    func purge(before instant: Instant, doneBy consumers: [String], limit: Int) throws(ErrandError) -> Int {
        let table = SQLConsumerTable(runner: runner)
        var done = Int64.max
        for consumer in consumers + [Self.relay] { done = min(done, try table.progress(of: consumer).place) }
        return try runner.execute(
            """
            WITH oldest AS (
                SELECT o.sequence, o.occurred_at FROM outbox o
                WHERE o.sequence <= $1 AND NOT EXISTS (SELECT 1 FROM dead_letters d WHERE d.sequence = o.sequence)
                ORDER BY o.sequence LIMIT $3
            )
            DELETE FROM outbox WHERE sequence IN (
                SELECT sequence FROM oldest
                WHERE sequence < coalesce((SELECT min(sequence) FROM oldest WHERE occurred_at >= $2), $1 + 1)
            )
            """,
            [.integer(done), .instant(instant), .count(limit)]
        )
    }

    /// Events joined with their spaces, under a condition.
    private func stored(
        _ condition: String, _ arguments: [SQLValue], along index: String? = nil
    ) throws(ErrandError) -> [StoredEvent] {
        try runner.placeEvents()
        let scan = index.map(runner.dialect.scanning) ?? ""
        let sql = "SELECT \(Self.columns) FROM outbox o \(scan) JOIN spaces s ON s.row_id = o.space WHERE \(condition)"
        return try runner.all(sql, arguments) { row throws(SQLError) in try Self.decode(&row) }
    }

    static func decode(_ row: inout SQLRow) throws(SQLError) -> StoredEvent {
        let (sequence, number) = (try row.integer(), ChangeNumber(try row.integer()))
        let (id, type, space): (EventID, EventType, SpaceID) = (
            try row.id(), EventType(try row.text()), try row.id()
        )
        let subject: ID<Subject> = try row.id()
        return StoredEvent(
            sequence: sequence, changeNumber: number,
            event: Event(
                id: id, type: type, space: space,
                subject: Subject(EventTypes.subject(of: type), subject.value), userID: UserID(space.value),
                occurredAt: try row.instant(),
                correlation: Correlation(requestID: try row.optionalText(), traceparent: try row.optionalText()),
                data: try row.text()
            )
        )
    }

    /// Dead letters with the events they are about.
    func deadLetters(_ condition: String, _ arguments: [SQLValue]) throws(ErrandError) -> [DeadLetter] {
        let sql = """
            SELECT d.consumer, d.reason, d.added_at, \(Self.columns) FROM dead_letters d
            JOIN outbox o ON o.sequence = d.sequence JOIN spaces s ON s.row_id = o.space WHERE \(condition)
            """
        return try runner.all(sql, arguments) { row throws(SQLError) in
            let (consumer, reason, addedAt) = (try row.text(), try row.text(), try row.instant())
            return DeadLetter(consumer: consumer, event: try Self.decode(&row), reason: reason, addedAt: addedAt)
        }
    }
}
