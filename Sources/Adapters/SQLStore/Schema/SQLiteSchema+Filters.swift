extension SQLiteSchema {
    /// Filters that people keep under a name.
    static let filters = [
        """
        CREATE TABLE saved_filters (
            row_id INTEGER PRIMARY KEY AUTOINCREMENT,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (length(id) = 36),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
            expression TEXT NOT NULL CHECK (length(expression) BETWEEN 1 AND 1000),
            place INTEGER NOT NULL CHECK (place >= 0),
            UNIQUE (owner, id)
        ) STRICT
        """
    ]
}
