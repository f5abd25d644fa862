/// Notifications of every type, where they go, and what becomes of them.
extension SQLiteSchema {
    /// Notifications were reminders alone. They are copied, since columns that only reminders have may be empty now.
    static let deliveries =
        notifications + destinations + [
            "ALTER TABLE reminders ADD COLUMN firings INTEGER NOT NULL DEFAULT 0 CHECK (firings >= 0)"
        ]

    private static let notifications = [
        """
        CREATE TABLE notifications_of_all_types (
            row_id INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (length(id) = 36),
            type TEXT NOT NULL CHECK (length(type) BETWEEN 1 AND 32),
            reminder_id TEXT CHECK (length(reminder_id) = 36),
            task_id TEXT CHECK (length(task_id) = 36),
            title TEXT NOT NULL,
            due_at INTEGER,
            remind_at INTEGER NOT NULL,
            late INTEGER NOT NULL CHECK (late IN (0, 1)),
            created_at INTEGER NOT NULL,
            read_at INTEGER,
            in_inbox INTEGER NOT NULL CHECK (in_inbox IN (0, 1)),
            receipts TEXT NOT NULL CHECK (json_valid(receipts)),
            payload TEXT NOT NULL CHECK (json_valid(payload)),
            UNIQUE (owner, id)
        ) STRICT
        """,
        """
        INSERT INTO notifications_of_all_types
        SELECT row_id, owner, id, 'reminder', reminder_id, task_id, title, due_at, remind_at, late, created_at, read_at,
            1, receipts, '{}' FROM notifications
        """,
        "DROP TABLE notifications",
        "ALTER TABLE notifications_of_all_types RENAME TO notifications",
        "CREATE INDEX notifications_by_owner ON notifications (owner, row_id) WHERE in_inbox = 1",
        "CREATE INDEX notifications_unread ON notifications (owner, row_id) WHERE read_at IS NULL AND in_inbox = 1",
        "CREATE INDEX notifications_by_creation ON notifications (in_inbox, created_at)",
    ]

    private static let destinations = [
        """
        CREATE TABLE destinations (
            row_id INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (length(id) = 36),
            kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
            name TEXT NOT NULL CHECK (length(name) <= 100),
            configuration TEXT NOT NULL CHECK (json_valid(configuration)),
            identity TEXT NOT NULL CHECK (length(identity) <= 2200),
            status TEXT NOT NULL CHECK (status IN ('active', 'unverified', 'failing', 'gone', 'disabled')),
            failures INTEGER NOT NULL CHECK (failures >= 0),
            last_at INTEGER,
            last_succeeded INTEGER CHECK (last_succeeded IN (0, 1)),
            last_reason TEXT,
            created_at INTEGER NOT NULL,
            UNIQUE (owner, id),
            UNIQUE (owner, kind, identity)
        ) STRICT
        """,
        "CREATE UNIQUE INDEX destinations_by_browser ON destinations (identity) WHERE kind = 'web_push'",
        """
        CREATE TABLE deliveries (
            row_id INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            notification INTEGER NOT NULL REFERENCES notifications ON DELETE CASCADE,
            destination INTEGER NOT NULL REFERENCES destinations ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
            host TEXT NOT NULL CHECK (length(host) <= 255),
            state TEXT NOT NULL CHECK (state IN (
                'pending', 'sending', 'waiting', 'delivered', 'failed', 'expired', 'superseded', 'skipped'
            )),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            next_at INTEGER CHECK ((next_at IS NOT NULL) = (state IN ('pending', 'sending', 'waiting'))),
            expires_at INTEGER NOT NULL,
            wanted_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            last_attempt_at INTEGER,
            ended_at INTEGER,
            reason TEXT CHECK (length(reason) <= 200),
            shortened INTEGER NOT NULL CHECK (shortened IN (0, 1)),
            UNIQUE (notification, destination)
        ) STRICT
        """,
        "CREATE INDEX deliveries_due ON deliveries (kind, next_at, row_id) WHERE next_at IS NOT NULL",
        "CREATE INDEX deliveries_by_destination ON deliveries (destination)",
        """
        CREATE TABLE digests (
            owner INTEGER PRIMARY KEY REFERENCES users ON DELETE CASCADE,
            next_at INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX digests_due ON digests (next_at)",
    ]
}
