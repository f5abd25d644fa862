extension PostgresSchema {
    /// Beside the keys for tokens the pair by which push services know us.
    static let pushKeys = [
        "ALTER TABLE signing_keys DROP CONSTRAINT signing_keys_purpose_check",
        """
        ALTER TABLE signing_keys ADD CONSTRAINT signing_keys_purpose_check
            CHECK (purpose IN ('access', 'refresh', 'push'))
        """,
    ]
}
