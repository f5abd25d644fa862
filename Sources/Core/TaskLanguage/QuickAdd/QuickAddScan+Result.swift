import CivilTime

extension QuickAddScan {
    mutating func result() -> ParsedTask {
        let resolved = resolveRecurrence()
        var parsed = ParsedTask(title: "")
        parsed.due = resolved?.due ?? (recurrence == nil ? due.due(reading.context) : nil)
        parsed.recurrence = resolved?.recurrence
        parsed.priority = priority
        parsed.tags = tags
        if let due = parsed.due, !(1900...2999).contains(due.date.year) { parsed.due = nil }
        parsed.reminders = resolveReminders(due: parsed.due)
        parsed.spans = spans.sorted { $0.range.lowerBound < $1.range.lowerBound }
        parsed.title = text.without(parsed.spans.map(\.range) + cuts)
        parsed.warnings = warnings
        return parsed
    }

    private mutating func resolveRecurrence() -> (recurrence: ParsedRecurrence, due: ParsedDue)? {
        guard let (match, range) = recurrence else { return nil }
        let clock = due.time?.time ?? due.date?.time
        if let found = RecurrenceResolution(context: reading.context).resolve(
            match, date: due.date?.date, time: clock, zone: due.time?.zone
        ) {
            return found
        }
        spans.removeAll { $0.kind == .recurrence }
        recurrence = nil
        warn("never_happens", "This never happens, so the task does not come again.", range)
        return nil
    }

    private mutating func resolveReminders(due: ParsedDue?) -> [ParsedReminder] {
        var found: [ParsedReminder] = []
        for piece in reminders {
            let reminder: ParsedReminder
            switch piece.moment {
            case .before(let duration):
                guard due != nil else {
                    warn("reminder_without_due", "There is no due date to remind before.", piece.range)
                    continue
                }
                reminder = .before(duration)
            case .at(let moment): reminder = .at(local(moment, due: due))
            }
            spans.append(ParsedSpan(range: piece.range, kind: .reminder, text: text[piece.range]))
            if !found.contains(reminder) { found.append(reminder) }
        }
        return found
    }

    /// A time alone is on the day the task is due; a day alone is its morning.
    private func local(_ moment: DuePiece, due: ParsedDue?) -> LocalDateTime {
        let morning = reading.context.dayParts.morning
        if moment.date == nil, let time = moment.time, let day = due?.date {
            return LocalDateTime(time.addsDay ? day.adding(days: 1) : day, time.time)
        }
        let due = moment.due(reading.context) ?? ParsedDue(date: reading.context.today)
        return LocalDateTime(due.date, due.time ?? morning)
    }
}
