/// Addresses are verified, mails about accounts wait to be sent, and accounts can be deleted.
extension SQLiteSchema {
    static let addresses = mails + tombstones + erasure

    private static let mails = [
        "ALTER TABLE users ADD COLUMN email_verified_at INTEGER",
        // A mail may be about nobody: to an address that somebody has typed, or about an account that is gone.
        """
        CREATE TABLE mails (
            row_id INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            kind TEXT NOT NULL,
            recipient TEXT NOT NULL CHECK (length(recipient) <= 254),
            recipient_key TEXT NOT NULL CHECK (recipient_key <> ''),
            owner INTEGER REFERENCES users ON DELETE CASCADE,
            language TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            next_at INTEGER NOT NULL,
            UNIQUE (kind, recipient_key)
        ) STRICT
        """,
        "CREATE INDEX mails_by_owner ON mails (owner)",
        "CREATE INDEX mails_by_time ON mails (next_at)",
        "CREATE INDEX mails_by_creation ON mails (created_at)",
        """
        CREATE TABLE mail_tokens (
            hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            purpose TEXT NOT NULL CHECK (purpose IN ('address', 'password')),
            address TEXT NOT NULL CHECK (length(address) <= 254),
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX mail_tokens_by_owner ON mail_tokens (owner, purpose)",
        "CREATE INDEX mail_tokens_by_end ON mail_tokens (expires_at)",
    ]

    /// `space` is the row number of the space, which is never given again; the row itself goes.
    private static let tombstones = [
        """
        CREATE TABLE audit_tombstones (
            number INTEGER PRIMARY KEY CHECK (number >= 1),
            space INTEGER NOT NULL UNIQUE,
            entry TEXT NOT NULL,
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT
        """,
        """
        CREATE TRIGGER audit_tombstones_update BEFORE UPDATE ON audit_tombstones BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
        """
        CREATE TRIGGER audit_tombstones_delete BEFORE DELETE ON audit_tombstones BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
        """
        CREATE TRIGGER audit_tombstones_insert BEFORE INSERT ON audit_tombstones
        WHEN NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM audit_tombstones) BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
    ]

    /// Entries, and the user that they are about, can go where a tombstone stands for them, and nowhere else. Nothing
    /// follows a tombstone.
    private static let erasure = [
        "DROP TRIGGER audit_entries_delete",
        """
        CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries
        WHEN NOT EXISTS (SELECT 1 FROM audit_tombstones WHERE space = OLD.space) BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
        "DROP TRIGGER audit_entries_insert",
        """
        CREATE TRIGGER audit_entries_insert BEFORE INSERT ON audit_entries
        WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM audit_entries WHERE space = NEW.space)
            OR EXISTS (SELECT 1 FROM audit_tombstones WHERE space = NEW.space) BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
        "DROP TRIGGER users_delete",
        """
        CREATE TRIGGER users_delete BEFORE DELETE ON users
        WHEN EXISTS (SELECT 1 FROM audit_entries WHERE space = OLD.row_id)
            AND NOT EXISTS (SELECT 1 FROM audit_tombstones WHERE space = OLD.row_id) BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END
        """,
    ]
}
