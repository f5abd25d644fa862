/// Notifications of every type, where they go, and what becomes of them.
extension PostgresSchema {
    /// As in ``SQLiteSchema/deliveries``.
    static let deliveries =
        notifications + destinations + [
            "ALTER TABLE reminders ADD COLUMN firings BIGINT NOT NULL DEFAULT 0 CHECK (firings >= 0)"
        ]

    private static let notifications = [
        "ALTER TABLE notifications ALTER COLUMN reminder_id DROP NOT NULL",
        "ALTER TABLE notifications ALTER COLUMN task_id DROP NOT NULL",
        """
        ALTER TABLE notifications
            ADD COLUMN type \(text) NOT NULL DEFAULT 'reminder' CHECK (length(type) BETWEEN 1 AND 32),
            ADD COLUMN in_inbox BIGINT NOT NULL DEFAULT 1 CHECK (in_inbox IN (0, 1)),
            ADD COLUMN payload \(text) NOT NULL DEFAULT '{}'
        """,
        "DROP INDEX notifications_by_owner",
        "DROP INDEX notifications_unread",
        "DROP INDEX notifications_by_creation",
        "CREATE INDEX notifications_by_owner ON notifications (owner, row_id) WHERE in_inbox = 1",
        "CREATE INDEX notifications_unread ON notifications (owner, row_id) WHERE read_at IS NULL AND in_inbox = 1",
        "CREATE INDEX notifications_by_creation ON notifications (in_inbox, created_at)",
    ]

    private static let destinations = [
        """
        CREATE TABLE destinations (
            row_id \(identity),
            owner BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,
            id \(text) NOT NULL CHECK (length(id) = 36),
            kind \(text) NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
            name \(text) NOT NULL CHECK (length(name) <= 100),
            configuration \(text) NOT NULL,
            identity \(text) NOT NULL CHECK (length(identity) <= 2200),
            status \(text) NOT NULL CHECK (status IN ('active', 'unverified', 'failing', 'gone', 'disabled')),
            failures BIGINT NOT NULL CHECK (failures >= 0),
            last_at BIGINT,
            last_succeeded BIGINT CHECK (last_succeeded IN (0, 1)),
            last_reason \(text),
            created_at BIGINT NOT NULL,
            UNIQUE (owner, id),
            UNIQUE (owner, kind, identity)
        )
        """,
        "CREATE UNIQUE INDEX destinations_by_browser ON destinations (identity) WHERE kind = 'web_push'",
        """
        CREATE TABLE deliveries (
            row_id \(identity),
            id \(text) NOT NULL UNIQUE CHECK (length(id) = 36),
            notification BIGINT NOT NULL REFERENCES notifications ON DELETE CASCADE,
            destination BIGINT NOT NULL REFERENCES destinations ON DELETE CASCADE,
            kind \(text) NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
            host \(text) NOT NULL CHECK (length(host) <= 255),
            state \(text) NOT NULL CHECK (state IN (
                'pending', 'sending', 'waiting', 'delivered', 'failed', 'expired', 'superseded', 'skipped'
            )),
            attempts BIGINT NOT NULL CHECK (attempts >= 0),
            next_at BIGINT CHECK ((next_at IS NOT NULL) = (state IN ('pending', 'sending', 'waiting'))),
            expires_at BIGINT NOT NULL,
            wanted_at BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            last_attempt_at BIGINT,
            ended_at BIGINT,
            reason \(text) CHECK (length(reason) <= 200),
            shortened BIGINT NOT NULL CHECK (shortened IN (0, 1)),
            UNIQUE (notification, destination)
        )
        """,
        "CREATE INDEX deliveries_due ON deliveries (kind, next_at, row_id) WHERE next_at IS NOT NULL",
        "CREATE INDEX deliveries_by_destination ON deliveries (destination)",
        """
        CREATE TABLE digests (
            owner BIGINT PRIMARY KEY REFERENCES users ON DELETE CASCADE,
            next_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX digests_due ON digests (next_at)",
    ]
}
