import CivilTime
import Recurrence

extension QuickAddScan {
    mutating func result() -> ParsedTask {
        warnOfHalves()
        let resolved = resolveRecurrence()
        var parsed = ParsedTask(title: "")
        parsed.due = resolved?.due ?? (recurrence == nil ? due.due(reading.context) : nil)
        parsed.recurrence = resolved?.recurrence
        parsed.priority = priority
        parsed.tags = tags
        if let due = parsed.due, !(1900...2999).contains(due.date.year) { parsed.due = nil }
        parsed.reminders = resolveReminders(due: parsed.due, comesAgain: parsed.recurrence != nil)
        parsed.spans = spans.sorted { $0.range.lowerBound < $1.range.lowerBound }
        parsed.title = text.without(parsed.spans.map(\.range) + cuts)
        parsed.warnings = warnings
        return parsed
    }

    /// Which half of the day an hour is in may be said elsewhere, so this is known only now.
    private mutating func warnOfHalves() {
        for (time, range) in halves where warnsOfHalf(time) {
            warn("assumed_afternoon", "The half of the day is assumed; say am or pm to be sure.", range)
        }
    }

    private mutating func resolveRecurrence() -> (recurrence: ParsedRecurrence, due: ParsedDue)? {
        guard let (said, range) = recurrence else { return nil }
        var match = said
        if match.isWeak, let day = due.date?.dayOfMonth {
            // "monthly call with the bank on the 3rd"
            match.rule = .monthly(on: [day], interval: match.rule.interval)
        }
        if let found = RecurrenceResolution(context: reading.context).resolve(match, with: due) { return found }
        spans.removeAll { $0.kind == .recurrence }
        recurrence = nil
        warn("never_happens", "This never happens, so the task does not come again.", range)
        return nil
    }

    private mutating func resolveReminders(due: ParsedDue?, comesAgain: Bool) -> [ParsedReminder] {
        var found: [ParsedReminder] = []
        for piece in reminders {
            guard let reminder = resolve(piece.moment, due: due, comesAgain: comesAgain) else {
                warn("reminder_without_due", "There is no due date to remind before.", piece.range)
                continue
            }
            if !spans.contains(where: { $0.range == piece.range }) { addSpan(.reminder, piece.range) }
            if !found.contains(reminder) { found.append(reminder) }
        }
        return found
    }

    private func resolve(_ moment: ReminderPiece.Moment, due: ParsedDue?, comesAgain: Bool) -> ParsedReminder? {
        switch moment {
        case .before(let span): return due == nil ? nil : .before(span)
        case .onDay(let days, let time):
            guard due != nil else { return nil }
            let clock = time.resolved(reading.context.dayParts)
            return .onDay(daysBefore: max(days - (clock.addsDay ? 1 : 0), 0), clock.time)
        case .at(let piece):
            if piece.date == nil, comesAgain, let clock = piece.clock(reading.context), !clock.addsDay {
                return .onDay(daysBefore: 0, clock.time)
            }
            return .at(local(piece, due: due))
        }
    }

    /// A time alone is on the day the task is due; a day alone is its morning.
    private func local(_ moment: DuePiece, due: ParsedDue?) -> LocalDateTime {
        let morning = reading.context.dayParts.morning
        if moment.date == nil, let clock = moment.clock(reading.context), let day = due?.date {
            return LocalDateTime(clock.addsDay ? day.adding(days: 1) : day, clock.time)
        }
        let due = moment.due(reading.context) ?? ParsedDue(date: reading.context.today)
        return LocalDateTime(due.date, due.time ?? morning)
    }
}
