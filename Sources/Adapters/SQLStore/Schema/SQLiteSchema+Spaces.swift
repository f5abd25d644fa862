/// Tasks, tags, counters, log and audit belong to a space, no longer to a user.
extension SQLiteSchema {
    /// Every user has a space of the same row number, so no row moves: columns get another name and refer to another
    /// table. A user's number comes from the spaces now, so that no user and no shared space can ever have the same.
    static let spaces = table + columns + references + audit

    private static let table = [
        """
        CREATE TABLE spaces (
            row_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (row_id BETWEEN 1 AND 2147483647),
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36)
        ) STRICT
        """,
        "INSERT INTO spaces (row_id, id) SELECT row_id, id FROM users",
        // Numbers of users who are gone are not given again, as before.
        "DELETE FROM sqlite_sequence WHERE name = 'spaces'",
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'spaces', seq FROM sqlite_sequence WHERE name = 'users'",
    ]

    private static let columns =
        ["tasks", "task_tags", "counters", "outbox", "audit_entries"].map {
            "ALTER TABLE \($0) RENAME COLUMN owner TO space"
        } + [
            "ALTER TABLE reminders RENAME COLUMN owner TO member",
            "ALTER TABLE undo_records ADD COLUMN space INTEGER NOT NULL DEFAULT 0",
            "UPDATE undo_records SET space = owner",
        ]

    /// What a column refers to can only be changed in the text of the schema: the second procedure of
    /// <https://www.sqlite.org/lang_altertable.html#otheralter>, for changes that leave the rows as they are. RESET
    /// has it read again.
    private static let references = [
        "PRAGMA writable_schema = ON",
        """
        UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES users', 'REFERENCES spaces')
        WHERE type = 'table' AND name IN ('tasks', 'counters', 'outbox', 'audit_entries')
        """,
        """
        UPDATE sqlite_schema SET sql = replace(
            sql, 'INTEGER PRIMARY KEY AUTOINCREMENT CHECK', 'INTEGER PRIMARY KEY AUTOINCREMENT REFERENCES spaces CHECK'
        ) WHERE type = 'table' AND name = 'users'
        """,
        "PRAGMA writable_schema = RESET",
    ]

    /// Accounts whose space has a log cannot be deleted, as before.
    private static let audit = [
        """
        CREATE TRIGGER users_delete BEFORE DELETE ON users
        WHEN EXISTS (SELECT 1 FROM audit_entries WHERE space = OLD.row_id) BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """
    ]
}
