extension PostgresSchema {
    /// As in ``SQLiteSchema/positions``.
    static let positions = [
        "ALTER TABLE tasks ADD COLUMN position_key \(text) CHECK (length(position_key) BETWEEN 1 AND 32)",
        """
        CREATE INDEX tasks_by_position ON tasks
            (space, position_key, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """,
    ]
}
