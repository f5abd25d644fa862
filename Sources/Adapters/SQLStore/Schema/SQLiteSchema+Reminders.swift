/// Days are days of the calendar: what reminders repeat after, and when the day of a date ends.
extension SQLiteSchema {
    /// A repetition of 24 hours or more was written as days and read back so. A day that ended before 11:00 ended
    /// on the morning of its date; it ends on the next one.
    static let reminders = [
        "ALTER TABLE reminders ADD COLUMN repeat_days INTEGER CHECK (repeat_days > 0)",
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
}
