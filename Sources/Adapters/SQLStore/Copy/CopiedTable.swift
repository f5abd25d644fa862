/// A table as it is copied: the same names on every database.
struct CopiedTable {
    let name: String
    let columns: [String]
    /// The columns that tell rows apart; rows are read in their order.
    let key: [String]
    /// Whether the database counts ``key`` up by itself for new rows.
    let isCounted: Bool

    private init(_ name: String, key: [String], isCounted: Bool = false, columns: [String]) {
        self.name = name
        self.key = key
        self.isCounted = isCounted
        self.columns = columns
    }

    private init(_ name: String, key: [String], isCounted: Bool = false, _ columns: String) {
        let names = columns.split(whereSeparator: { $0 == " " || $0.isNewline }).map(String.init)
        self.init(name, key: key, isCounted: isCounted, columns: names)
    }

    /// Every table but leases, in an order in which no row comes before one that it refers to. The search index is
    /// made from the tasks.
    static let all = [
        CopiedTable("spaces", key: ["row_id"], isCounted: true, "row_id id"),
        CopiedTable(
            "users", key: ["row_id"],
            """
            row_id id email email_key name time_zone day_end all_day_reminder_time week_start password_hash created_at
            preferences email_verified_at
            """
        ),
        CopiedTable("identities", key: ["issuer", "subject"], "issuer subject owner"),
        CopiedTable(
            "sessions", key: ["id"], "id owner generation rotated_at created_at revoked_at ends_at"
        ),
        CopiedTable(
            "personal_tokens", key: ["id"], "id owner hash name scopes created_at expires_at last_used_at"
        ),
        CopiedTable("signing_keys", key: ["id"], "id purpose secret created_at"),
        CopiedTable("counters", key: ["space"], "space task_number change_number"),
        CopiedTable("tasks", key: ["row_id"], columns: TaskRow.allNames),
        CopiedTable(
            "task_tags", key: ["space", "tag_key", "row_id"], "space tag_key row_id tag_name is_pending in_trash"
        ),
        CopiedTable(
            "reminders", key: ["row_id"], isCounted: true,
            "row_id member id task_row parent_id base next_at repeat_every repeat_days last_fired_at firings"
        ),
        CopiedTable(
            "outbox", key: ["sequence"], isCounted: true,
            "sequence id kind space task_id cursor occurred_at request_id traceparent data"
        ),
        CopiedTable("consumers", key: ["name"], "name place attempts retry_at"),
        CopiedTable(
            "dead_letters", key: ["consumer", "sequence"], "consumer sequence reason added_at to_replay"
        ),
        CopiedTable("inbox", key: ["consumer", "event_id"], "consumer event_id handled_at"),
        CopiedTable(
            "audit_entries", key: ["row_id"], isCounted: true, "row_id space seq at action task_id entry hash"
        ),
        CopiedTable(
            "notifications", key: ["row_id"], isCounted: true,
            """
            row_id owner id type reminder_id task_id title due_at remind_at late created_at read_at in_inbox receipts
            payload
            """
        ),
        CopiedTable(
            "destinations", key: ["row_id"], isCounted: true,
            """
            row_id owner id kind name configuration identity status failures last_at last_succeeded last_reason
            created_at
            """
        ),
        CopiedTable(
            "deliveries", key: ["row_id"], isCounted: true,
            """
            row_id id notification destination kind host state attempts next_at expires_at wanted_at created_at
            last_attempt_at ended_at reason shortened replayed
            """
        ),
        CopiedTable("saved_filters", key: ["row_id"], isCounted: true, "row_id owner id name expression place"),
        CopiedTable("calendar_objects", key: ["task_row"], "task_row space name uid text revision"),
        CopiedTable(
            "calendar_feeds", key: ["id"],
            "id owner hash name expression form with_completed created_at last_read_at"
        ),
        CopiedTable("digests", key: ["owner"], "owner next_at"),
        CopiedTable(
            "conversations", key: ["row_id"], isCounted: true, "row_id owner id title created_at updated_at version"
        ),
        CopiedTable(
            "conversation_turns", key: ["row_id"], isCounted: true,
            "row_id conversation append_id role text tool_calls at bytes"
        ),
        CopiedTable(
            "mails", key: ["row_id"], isCounted: true,
            "row_id id kind recipient recipient_key owner language created_at attempts next_at"
        ),
        CopiedTable("mail_tokens", key: ["hash"], "hash owner purpose address expires_at destination"),
        CopiedTable("zone_data", key: ["edition"], "edition reached number is_done"),
        // After the entries: nothing follows a stone.
        CopiedTable("audit_tombstones", key: ["number"], "number space entry hash"),
        CopiedTable("undo_records", key: ["owner", "token"], "owner token created_at entries space"),
        CopiedTable(
            "replies", key: ["owner", "target", "key"],
            "owner target key fingerprint status headers body created_at"
        ),
    ]

    /// Reads rows after the one with the key `$1`, `$2` …, or from the first; the last parameter is how many.
    func selection(isFirst: Bool) -> String {
        let places = key.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let keys = key.joined(separator: ", ")
        return """
            SELECT \(columns.joined(separator: ", ")) FROM \(name)
            \(isFirst ? "" : "WHERE (\(keys)) > (\(places))") ORDER BY \(keys) LIMIT $\(isFirst ? 1 : key.count + 1)
            """
    }

    var insertion: String {
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))"
    }

    /// The key of a row, to read on from.
    func key(of row: [SQLValue]) -> [SQLValue] {
        key.compactMap { name in columns.firstIndex(of: name).map { row[$0] } }
    }
}
