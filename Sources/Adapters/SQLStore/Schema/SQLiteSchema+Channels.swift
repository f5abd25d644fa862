/// What channels have beside where they lead.
extension SQLiteSchema {
    /// Links that verify addresses of channels, each for its channel. SQLite changes no CHECK, so the table is made
    /// anew. A link outlives its channel, so that it counts among those that went to its address.
    static let channelLinks = [
        """
        CREATE TABLE new_mail_tokens (
            hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            purpose TEXT NOT NULL CHECK (purpose IN ('address', 'channel', 'password')),
            address TEXT NOT NULL CHECK (length(address) <= 254),
            expires_at INTEGER NOT NULL,
            destination TEXT CHECK (length(destination) = 36),
            CHECK ((purpose = 'channel') = (destination IS NOT NULL))
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO new_mail_tokens (hash, owner, purpose, address, expires_at)
            SELECT hash, owner, purpose, address, expires_at FROM mail_tokens
        """,
        "DROP TABLE mail_tokens",
        "ALTER TABLE new_mail_tokens RENAME TO mail_tokens",
        "CREATE INDEX mail_tokens_by_owner ON mail_tokens (owner, purpose)",
        "CREATE INDEX mail_tokens_by_end ON mail_tokens (expires_at)",
        "CREATE INDEX mail_tokens_by_address ON mail_tokens (purpose, lower(address))",
    ]

    /// What a user has had sent again goes in its order, one after the other.
    static let replays = [
        "ALTER TABLE deliveries ADD COLUMN replayed INTEGER NOT NULL DEFAULT 0 CHECK (replayed IN (0, 1))",
        """
        CREATE INDEX deliveries_replayed ON deliveries (destination, row_id)
            WHERE replayed = 1 AND next_at IS NOT NULL
        """,
    ]
}
