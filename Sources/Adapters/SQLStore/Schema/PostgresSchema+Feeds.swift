extension PostgresSchema {
    /// As in ``SQLiteSchema/feeds``.
    static let feeds = [
        """
        CREATE TABLE calendar_feeds (
            id \(text) PRIMARY KEY CHECK (length(id) = 36),
            owner BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,
            hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),
            name \(text) NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
            expression \(text) NOT NULL CHECK (length(expression) <= 1000),
            form \(text) NOT NULL CHECK (form IN ('events', 'todos')),
            with_completed BIGINT NOT NULL CHECK (with_completed IN (0, 1)),
            created_at BIGINT NOT NULL,
            last_read_at BIGINT
        )
        """,
        "CREATE INDEX calendar_feeds_by_owner ON calendar_feeds (owner, created_at)",
    ]
}
