package import CivilTime

/// Where a task's reminders fall on the time line. Pure: what is known goes in, rows come out.
struct ReminderPlan {
    /// Whose reminders they are.
    let member: UserID
    let settings: UserSettings
    let now: Instant

    /// The rows of `task`; `existing` are those it has now.
    ///
    /// A reminder whose moment has not moved keeps its row, so that it neither fires twice nor is lost when it is
    /// due but has not fired yet. One that is moved into the past does not fire. A task that is done or in the
    /// trash has no rows.
    func rows(of task: TodoTask, existing: [ReminderRow]) -> [ReminderRow] {
        if task.isCompleted || task.isInTrash { return [] }
        let reminders = task.reminders.compactMap { row(of: $0, task, existing) }
        let snoozes = existing.filter { row in
            row.snoozeOf != nil && row.nextAt != nil && reminders.contains { $0.id == row.snoozeOf }
        }
        return reminders + snoozes
    }

    private func row(of reminder: Reminder, _ task: TodoTask, _ existing: [ReminderRow]) -> ReminderRow? {
        guard let base = reminder.moment.instant(for: task.due, settings) else { return nil }
        let before = existing.first { $0.id == reminder.id }
        if let before, before.base == base, before.repeatEvery == reminder.repeatEvery {
            // Quiet hours may have changed since.
            let isWaiting = before.nextAt.map { $0 > now } ?? false
            let next = isWaiting && before.lastFiredAt == nil ? quiet(base) : before.nextAt
            return copy(before, nextAt: next)
        }
        return ReminderRow(
            id: reminder.id, taskID: task.id, memberID: member, snoozeOf: nil, base: base,
            nextAt: first(base, repeatEvery: reminder.repeatEvery), repeatEvery: reminder.repeatEvery,
            lastFiredAt: before?.lastFiredAt
        )
    }

    /// The first moment from `now` on.
    private func first(_ base: Instant, repeatEvery: CalendarSpan?) -> Instant? {
        if base >= now { return quiet(base) }
        return repeatEvery.map { quiet(next(from: base, every: $0)) }
    }

    /// The next moment of a repeating reminder that fires; nil when it fires once, and when this was the last time
    /// (``Limits/reminderFiringsMax``).
    func next(of row: ReminderRow) -> Instant? {
        if row.firings + 1 >= Limits.reminderFiringsMax { return nil }
        return row.repeatEvery.map { quiet(next(from: row.base, every: $0)) }
    }

    /// The first of `base`, `base + step`, … after `now`, whatever the distance. Days are counted from `base` on the
    /// user's clock, so that the time of day does not drift.
    private func next(from base: Instant, every step: CalendarSpan) -> Instant {
        let length = max(step.usualLength.wholeMilliseconds, 1)
        let passed = Int(max(now.milliseconds - base.milliseconds, 0) / length)
        if step.days == 0 { return base + .milliseconds(Int64(passed + 1) * length) }
        // Changes of the clocks move a step by a day at most (Samoa in 2011).
        var count = max(passed - 1, 1)
        while true {
            let span = CalendarSpan(days: step.days * count, seconds: step.seconds * count)
            let next = settings.zone.instant(span, after: base)
            if next > now { return next }
            count += 1
        }
    }

    private func quiet(_ instant: Instant) -> Instant {
        settings.quietHours?.end(for: instant, in: settings.zone) ?? instant
    }

    private func copy(_ row: ReminderRow, nextAt: Instant?) -> ReminderRow {
        ReminderRow(
            id: row.id, taskID: row.taskID, memberID: row.memberID, snoozeOf: row.snoozeOf, base: row.base,
            nextAt: nextAt, repeatEvery: row.repeatEvery, lastFiredAt: row.lastFiredAt, firings: row.firings
        )
    }
}

extension Reminder.Moment {
    /// When that is for a task due at `due`, quiet hours aside; nil when there is no due date to count from.
    package func instant(for due: Due?, _ settings: UserSettings) -> Instant? {
        switch (self, due) {
        case (.at(let instant), _): instant
        case (_, nil): nil
        case (.before(let span), let due?):
            due.clock(home: settings.zone)
                .instant(span, before: LocalDateTime(due.date, due.time ?? settings.allDayReminderTime))
        case (.onDay(let days, let time), let due?):
            due.clock(home: settings.zone).instant(of: due.date.adding(days: -days), at: time)
        }
    }
}
