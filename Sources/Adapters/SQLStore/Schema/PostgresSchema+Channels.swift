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
}
