import CivilTime
import ErrandCore

struct SQLConsumerTable: ConsumerTable {
    let runner: SQLRunner

    func place(of consumer: String) throws(ErrandError) -> Int64 {
        try runner.first("SELECT place FROM consumers WHERE name = $1", [.text(consumer)]) { row throws(SQLError) in
            try row.integer()
        } ?? 0
    }

    func setPlace(_ sequence: Int64, of consumer: String) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO consumers (name, place) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET place = excluded.place
            """,
            [.text(consumer), .integer(sequence)]
        )
    }

    func park(
        _ event: StoredEvent, for consumer: String, reason: String, at instant: Instant
    ) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO parked_events (consumer, sequence, reason, parked_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (consumer, sequence) DO NOTHING
            """,
            [.text(consumer), .integer(event.sequence), .text(reason), .instant(instant)]
        )
    }
}
