extension SQLiteSchema {
    /// What calendar programs wrote of tasks.
    static let calendars = [
        """
        CREATE TABLE calendar_objects (
            task_row INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
            space INTEGER NOT NULL CHECK (space = task_row >> 32),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
            uid TEXT NOT NULL CHECK (length(uid) BETWEEN 1 AND 1000),
            text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 262144),
            revision INTEGER NOT NULL CHECK (revision >= 1),
            UNIQUE (space, name),
            UNIQUE (space, uid)
        ) STRICT
        """,
        "CREATE UNIQUE INDEX calendar_objects_by_revision ON calendar_objects (space, revision)",
    ]
}
