extension SQLiteSchema {
    /// Beside the keys for tokens the pair by which push services know us. SQLite changes no CHECK, so the table is
    /// made anew.
    static let pushKeys = [
        """
        CREATE TABLE new_signing_keys (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
            purpose TEXT NOT NULL CHECK (purpose IN ('access', 'refresh', 'push')),
            secret BLOB NOT NULL CHECK (length(secret) > 0),
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO new_signing_keys (id, purpose, secret, created_at)
            SELECT id, purpose, secret, created_at FROM signing_keys
        """,
        "DROP TABLE signing_keys",
        "ALTER TABLE new_signing_keys RENAME TO signing_keys",
    ]
}
