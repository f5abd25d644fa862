import CivilTime

extension ComponentReading {
    mutating func readAlarm(_ alarm: [ContentLine]) {
        func first(_ name: String) -> ContentLine? { alarm.first { $0.name == name } }
        // What programs leave where a reminder was switched off.
        if first("ACTION")?.text.trimmed.uppercased() == "NONE" { return }
        guard let trigger = first("TRIGGER") else {
            builder.warn("VALARM", "A reminder without a TRIGGER is left out.", line: alarm.first?.line)
            return
        }
        // What Errand meant, as long as nobody has changed when that is.
        if let own = first("X-ERRAND-REMINDER").flatMap({ ReminderText.reminder($0.text.trimmed) }),
            let allDay = (first("X-ERRAND-DAY")?.text.trimmed).map({ LocalTime($0) }) ?? .midnight,
            CalendarAlarm.trigger(own, due: builder.task.due, allDay: allDay)?.text == trigger.text.trimmed
        {
            builder.task.reminders.append(own)
            return
        }
        guard var reminder = reminder(trigger) else {
            let detail = "This reminder cannot be followed."
            builder.keep("TRIGGER", trigger.text, because: detail, line: trigger.line)
            return
        }
        if let count = first("REPEAT").flatMap({ Int($0.text.trimmed) }), count > 0,
            let (isNegative, span) = first("DURATION").flatMap({ ICalendarValue.duration($0.text) }),
            !isNegative, !span.isZero
        {
            reminder.repeatEvery = span
        }
        builder.task.reminders.append(reminder)
    }

    private func reminder(_ trigger: ContentLine) -> PortableReminder? {
        if let moment = ICalendarValue.moment(trigger.value.trimmed) {
            switch moment {
            case .utc(let instant): return PortableReminder(.at(instant))
            case .local(let local): return PortableReminder(.at(Zone.utc.instant(of: local)))
            case .date: return nil
            }
        }
        guard let due = builder.task.due, let (isNegative, span) = ICalendarValue.duration(trigger.text) else {
            return nil
        }
        let isRecurring = builder.task.recurrence != nil
        let isFromEnd = trigger.parameter("RELATED")?.uppercased() == "END"
        let base = isFromEnd ? end : begin
        guard let base, base != due else {
            return CalendarAlarm.reminder(isNegative, span, due: due) ?? moment(isNegative, span, due, isRecurring)
        }
        // Counted from a start or an end that is another time than the one it is due.
        guard (base.time == nil) == (due.time == nil), base.zone == due.zone || base.time == nil else { return nil }
        let between = Self.wallSeconds(due) - Self.wallSeconds(base)
        guard abs(span.days) < 100_000, span.seconds < 100_000 * 86_400 else { return nil }
        let length = span.days * 86_400 + span.seconds
        let before = between + (isNegative ? length : -length)
        let whole = before % 86_400 == 0
        let size = CalendarSpan(days: whole ? abs(before) / 86_400 : 0, seconds: whole ? 0 : abs(before))
        return CalendarAlarm.reminder(before > 0, size, due: due) ?? moment(before > 0, size, due, isRecurring)
    }

    /// Days after it is due: a moment, where there is only one.
    private func moment(
        _ isNegative: Bool, _ span: CalendarSpan, _ due: PortableDue, _ isRecurring: Bool
    ) -> PortableReminder? {
        guard !isRecurring, !isNegative, span.days < 100_000, span.seconds < 100_000 * 86_400, let zone = due.zone
        else { return nil }
        let seconds = Self.wallSeconds(due) + span.days * 86_400 + span.seconds
        guard seconds <= LocalDateTime.latestSeconds else { return nil }
        return PortableReminder(.at(zone.instant(of: LocalDateTime(wallSeconds: seconds))))
    }

    private static func wallSeconds(_ due: PortableDue) -> Int {
        LocalDateTime(due.date, due.time ?? .midnight).wallSeconds
    }
}
