/// What channels have beside where they lead.
extension PostgresSchema {
    /// As in ``SQLiteSchema/channelLinks``.
    static let channelLinks = [
        "ALTER TABLE mail_tokens DROP CONSTRAINT mail_tokens_purpose_check",
        """
        ALTER TABLE mail_tokens ADD CONSTRAINT mail_tokens_purpose_check
            CHECK (purpose IN ('address', 'channel', 'password'))
        """,
        "ALTER TABLE mail_tokens ADD COLUMN destination \(text) CHECK (length(destination) = 36)",
        """
        ALTER TABLE mail_tokens ADD CONSTRAINT mail_tokens_destination_check_purpose
            CHECK ((purpose = 'channel') = (destination IS NOT NULL))
        """,
        "CREATE INDEX mail_tokens_by_address ON mail_tokens (purpose, lower(address))",
    ]

    /// As in ``SQLiteSchema/replays``.
    static let replays = [
        "ALTER TABLE deliveries ADD COLUMN replayed BIGINT NOT NULL DEFAULT 0 CHECK (replayed IN (0, 1))",
        """
        CREATE INDEX deliveries_replayed ON deliveries (destination, row_id)
            WHERE replayed = 1 AND next_at IS NOT NULL
        """,
    ]
}
