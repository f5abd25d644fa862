/// Days are days of the calendar: what reminders repeat after, and when the day of a date ends.
extension PostgresSchema {
    /// As in ``SQLiteSchema/reminders``.
    static let reminders = [
        "ALTER TABLE reminders ADD COLUMN repeat_days BIGINT CHECK (repeat_days > 0)",
        """
        UPDATE reminders SET repeat_days = repeat_every / 86400000, repeat_every = nullif(repeat_every % 86400000, 0)
        WHERE repeat_every >= 86400000
        """,
        """
        UPDATE tasks SET overdue_at = overdue_at + 86400000 WHERE due_kind = 'date' AND space IN (
            SELECT row_id FROM users WHERE day_end < '11:00'
        )
        """,
    ]

    /// Many come due at one instant, at nine in the morning say. A batch of them is read along the index, where without
    /// the row numbers all of that instant were joined and sorted first. SQLite has them in every index.
    static let reminderOrder = [
        "DROP INDEX reminders_by_time",
        "CREATE INDEX reminders_by_time ON reminders (next_at, row_id) WHERE next_at IS NOT NULL",
    ]
}
