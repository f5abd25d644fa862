/// What was said in chats.
extension SQLiteSchema {
    /// The id of a conversation is nobody else's, so that what another user holds is refused and never mixed.
    static let conversations = [
        """
        CREATE TABLE conversations (
            row_id INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            title TEXT NOT NULL CHECK (length(title) <= 80),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL CHECK (updated_at >= created_at),
            version INTEGER NOT NULL CHECK (version >= 1)
        ) STRICT
        """,
        "CREATE INDEX conversations_by_use ON conversations (owner, updated_at, id)",
        "CREATE INDEX conversations_by_age ON conversations (updated_at)",
        """
        CREATE TABLE conversation_turns (
            row_id INTEGER PRIMARY KEY,
            conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
            append_id TEXT NOT NULL CHECK (length(append_id) = 36),
            role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
            text TEXT NOT NULL CHECK (length(text) <= 16384),
            tool_calls TEXT NOT NULL CHECK (json_valid(tool_calls)),
            at INTEGER NOT NULL,
            bytes INTEGER NOT NULL CHECK (bytes > 0)
        ) STRICT
        """,
        "CREATE INDEX conversation_turns_by_place ON conversation_turns (conversation, row_id)",
    ]
}
