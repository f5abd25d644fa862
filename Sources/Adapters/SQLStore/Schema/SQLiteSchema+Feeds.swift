extension SQLiteSchema {
    /// What calendars read. An expression of no length is none.
    static let feeds = [
        """
        CREATE TABLE calendar_feeds (
            id TEXT PRIMARY KEY CHECK (length(id) = 36),
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
            expression TEXT NOT NULL CHECK (length(expression) <= 1000),
            form TEXT NOT NULL CHECK (form IN ('events', 'todos')),
            with_completed INTEGER NOT NULL CHECK (with_completed IN (0, 1)),
            created_at INTEGER NOT NULL,
            last_read_at INTEGER
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX calendar_feeds_by_owner ON calendar_feeds (owner, created_at)",
    ]
}
