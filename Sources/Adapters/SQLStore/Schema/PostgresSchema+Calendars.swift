extension PostgresSchema {
    /// As in ``SQLiteSchema/calendars``.
    static let calendars = [
        """
        CREATE TABLE calendar_objects (
            task_row BIGINT PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
            space BIGINT NOT NULL CHECK (space = task_row >> 32),
            name \(text) NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
            uid \(text) NOT NULL CHECK (length(uid) BETWEEN 1 AND 1000),
            text \(text) NOT NULL CHECK (length(text) BETWEEN 1 AND 262144),
            revision BIGINT NOT NULL CHECK (revision >= 1),
            UNIQUE (space, name),
            UNIQUE (space, uid)
        )
        """,
        "CREATE UNIQUE INDEX calendar_objects_by_revision ON calendar_objects (space, revision)",
    ]
}
