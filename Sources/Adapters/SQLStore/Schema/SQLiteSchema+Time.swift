/// Series, reminders, and how far the consumers of events have come.
extension SQLiteSchema {
    static let time = [
        "ALTER TABLE tasks ADD COLUMN series TEXT CHECK (series IS NULL OR json_valid(series))",
        "ALTER TABLE tasks ADD COLUMN series_id TEXT CHECK ((series_id IS NULL) = (series IS NULL))",
        "ALTER TABLE tasks ADD COLUMN recurs INTEGER NOT NULL DEFAULT 0 CHECK (recurs IN (0, 1))",
        "ALTER TABLE tasks ADD COLUMN reminders TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reminders))",
        "ALTER TABLE tasks ADD COLUMN reminder_at INTEGER",
        "CREATE INDEX tasks_by_series ON tasks (owner, series_id, row_id) WHERE series_id IS NOT NULL",
        "ALTER TABLE users ADD COLUMN preferences TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(preferences))",
        """
        CREATE TABLE reminders (
            row_id INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (length(id) = 36),
            task_row INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            parent_id TEXT CHECK (length(parent_id) = 36),
            base INTEGER NOT NULL,
            next_at INTEGER,
            repeat_every INTEGER CHECK (repeat_every > 0),
            last_fired_at INTEGER,
            UNIQUE (owner, id)
        ) STRICT
        """,
        "CREATE INDEX reminders_by_task ON reminders (task_row)",
        "CREATE INDEX reminders_by_time ON reminders (next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX outbox_by_kind ON outbox (kind, sequence)",
        """
        CREATE TABLE consumers (
            name TEXT PRIMARY KEY,
            place INTEGER NOT NULL CHECK (place >= 0)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE parked_events (
            consumer TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            reason TEXT NOT NULL,
            parked_at INTEGER NOT NULL,
            PRIMARY KEY (consumer, sequence)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
