extension SQLiteSchema {
    /// Tasks have a place in an order that people make by hand.
    static let positions = [
        "ALTER TABLE tasks ADD COLUMN position_key TEXT CHECK (length(position_key) BETWEEN 1 AND 32)",
        """
        CREATE INDEX tasks_by_position ON tasks
            (space, position_key, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """,
    ]
}
