/// What events lead to: progress of consumers, audit logs, inboxes.
extension SQLiteSchema {
    static let events = outbox + consumers + audit + notifications

    private static let outbox = [
        "ALTER TABLE outbox ADD COLUMN occurred_at INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE outbox ADD COLUMN request_id TEXT",
        "ALTER TABLE outbox ADD COLUMN traceparent TEXT",
        "UPDATE outbox SET occurred_at = unixepoch(json_extract(data, '$.timestamp')) * 1000",
    ]

    private static let consumers = [
        "ALTER TABLE consumers ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0)",
        "ALTER TABLE consumers ADD COLUMN retry_at INTEGER",
        "ALTER TABLE parked_events RENAME TO dead_letters",
        "ALTER TABLE dead_letters RENAME COLUMN parked_at TO added_at",
        "ALTER TABLE dead_letters ADD COLUMN to_replay INTEGER NOT NULL DEFAULT 0 CHECK (to_replay IN (0, 1))",
        "CREATE INDEX dead_letters_by_event ON dead_letters (sequence)",
        """
        CREATE TABLE inbox (
            consumer TEXT NOT NULL,
            event_id TEXT NOT NULL CHECK (length(event_id) = 36),
            handled_at INTEGER NOT NULL,
            PRIMARY KEY (consumer, event_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX inbox_by_time ON inbox (handled_at)",
        """
        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            holder TEXT NOT NULL CHECK (length(holder) = 36),
            ends_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ]

    /// Accounts with a log cannot be deleted, nor can a line of it.
    private static let audit = [
        """
        CREATE TABLE audit_entries (
            row_id INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users,
            seq INTEGER NOT NULL CHECK (seq >= 1),
            at INTEGER NOT NULL,
            action TEXT NOT NULL,
            task_id TEXT NOT NULL CHECK (length(task_id) = 36),
            entry TEXT NOT NULL,
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            UNIQUE (owner, seq)
        ) STRICT
        """,
        "CREATE INDEX audit_entries_by_task ON audit_entries (owner, task_id, seq)",
        """
        CREATE TRIGGER audit_entries_update BEFORE UPDATE ON audit_entries BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
        """
        CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
        // Without this, INSERT OR REPLACE would take a line away without a DELETE.
        """
        CREATE TRIGGER audit_entries_insert BEFORE INSERT ON audit_entries
        WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM audit_entries WHERE owner = NEW.owner) BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
    ]

    private static let notifications = [
        """
        CREATE TABLE notifications (
            row_id INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (length(id) = 36),
            reminder_id TEXT NOT NULL CHECK (length(reminder_id) = 36),
            task_id TEXT NOT NULL CHECK (length(task_id) = 36),
            title TEXT NOT NULL,
            due_at INTEGER,
            remind_at INTEGER NOT NULL,
            late INTEGER NOT NULL CHECK (late IN (0, 1)),
            created_at INTEGER NOT NULL,
            read_at INTEGER,
            receipts TEXT NOT NULL CHECK (json_valid(receipts)),
            UNIQUE (owner, id)
        ) STRICT
        """,
        "CREATE INDEX notifications_by_owner ON notifications (owner, row_id)",
        "CREATE INDEX notifications_unread ON notifications (owner, row_id) WHERE read_at IS NULL",
        "CREATE INDEX notifications_by_creation ON notifications (created_at)",
    ]
}
