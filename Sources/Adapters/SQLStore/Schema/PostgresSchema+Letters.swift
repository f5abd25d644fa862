/// Searches, tags and titles are compared by the program's own folding and order.
extension PostgresSchema {
    /// As in ``SQLiteSchema/letters``. The columns `…_words` are there so that a row is the same everywhere; what is
    /// searched is in `task_search`.
    static let letters = [
        "DROP INDEX tasks_by_title",
        "ALTER TABLE tasks ADD COLUMN title_words \(text)",
        "ALTER TABLE tasks ADD COLUMN description_words \(text)",
        "ALTER TABLE tasks ADD COLUMN tags_words \(text)",
        "ALTER TABLE tasks DROP CONSTRAINT tasks_title_key_check",
        "ALTER TABLE tasks ADD CONSTRAINT tasks_title_key_check CHECK (length(title_key) <= 2500)",
        LetterFill.statement,
        """
        CREATE INDEX tasks_by_title ON tasks
            (space, title_key, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """,
    ]
}
