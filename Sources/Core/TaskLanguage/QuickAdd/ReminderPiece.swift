import CivilTime

/// A reminder as it was said; what it means can depend on a date that comes later in the line.
struct ReminderPiece {
    enum Moment {
        case before(CalendarSpan)
        /// At a time of a day that lies so many days before the due date.
        case onDay(daysBefore: Int, TimeMatch)
        case at(DuePiece)
    }

    let moment: Moment
    let range: Range<Int>
}

extension Cursor {
    /// "remind me 2 days before and 1 hour before", "remind me the day before at 6pm", "remind me at 8am",
    /// "remind me", "2 Tage vorher erinnern".
    mutating func takeReminders() -> [ReminderPiece.Moment]? {
        attempt { $0.takeLeading() } ?? attempt { $0.takeTrailing() }
    }

    private mutating func takeLeading() -> [ReminderPiece.Moment]? {
        let isPlain = take(words.reminders.remind)
        guard isPlain || take(words.reminders.remindBriefly) else { return nil }
        let said = token(place - 1)?.text
        _ = takeTouching(":")
        if let moments = attempt({ $0.takeMoments() }) {
            _ = take(words.to)
            return moments
        }
        // "remind bob" is a task.
        guard isPlain else { return nil }
        return isAtBoundary && (isAtClauseEnd || said.map(words.to.contains) ?? false) ? [.before(.zero)] : nil
    }

    private mutating func takeTrailing() -> [ReminderPiece.Moment]? {
        guard !words.reminders.remindAfter.isEmpty else { return nil }
        _ = take(",")
        let early = attempt { cursor -> [ReminderPiece.Moment]? in
            guard let moments = cursor.takeMoments(earlyOnly: true) else { return nil }
            return cursor.take(cursor.words.reminders.remindAfter) && cursor.isAtBoundary ? moments : nil
        }
        if let early { return early }
        var piece = DuePiece()
        guard takeDue(into: &piece), take(words.reminders.remindAfter), isAtBoundary else { return nil }
        return [.at(piece)]
    }

    private mutating func takeMoments(earlyOnly: Bool = false) -> [ReminderPiece.Moment]? {
        guard let first = takeMoment(earlyOnly) else { return nil }
        var moments = [first]
        while let next = attempt({ cursor -> ReminderPiece.Moment? in
            guard cursor.take(",") || cursor.take(cursor.words.and) else { return nil }
            _ = cursor.take(cursor.words.and)
            return cursor.takeMoment(earlyOnly)
        }) {
            moments.append(next)
        }
        return moments
    }

    /// What a reminder says of when, with the day it is due where that is said.
    mutating func takeReminderMoment() -> ReminderPiece.Moment? {
        guard let moment = takeMoment(false) else { return nil }
        if case .at(let piece) = moment, piece.date == nil { _ = take(words.reminders.sameDay) }
        return moment
    }

    private mutating func takeMoment(_ earlyOnly: Bool) -> ReminderPiece.Moment? {
        if let early = attempt({ $0.takeEarly() }) { return early }
        if earlyOnly { return nil }
        var piece = DuePiece()
        return takeDue(into: &piece) ? .at(piece) : nil
    }

    /// "2 hours before", "the day before at 6pm", "the evening before", "30 minutes early".
    private mutating func takeEarly() -> ReminderPiece.Moment? {
        if take(words.reminders.dayBefore) { return early(CalendarSpan(days: 1)) }
        if let evening = attempt({ $0.takePartBefore() }) { return evening }
        let span: CalendarSpan
        if let said = takeDuration() {
            span = said
        } else {
            _ = take(words.shortOn)
            guard take(words.the) || true, let unit = take(words.units), let seconds = unit.seconds else { return nil }
            span =
                unit == .minute || unit == .hour
                ? CalendarSpan(seconds: seconds) : CalendarSpan(days: seconds / 86_400)
        }
        guard take(words.reminders.before), isAtBoundary else {
            // "reminder 30 min" at the end.
            return isAtClauseEnd && span.days == 0 && !span.isZero ? .before(span) : nil
        }
        return early(span)
    }

    /// With a time behind it, it is that time of that day.
    private mutating func early(_ span: CalendarSpan) -> ReminderPiece.Moment {
        guard span.days > 0, span.seconds == 0, let time = attempt({ $0.takeTime(besideDate: true) }) else {
            return .before(span)
        }
        return .onDay(daysBefore: span.days, time)
    }

    private mutating func takePartBefore() -> ReminderPiece.Moment? {
        _ = take(words.shortOn)
        _ = take(words.the)
        guard let part = take(words.reminders.partBefore), take(words.reminders.before), isAtBoundary else {
            return nil
        }
        var time = TimeMatch(part: part)
        if var said = attempt({ $0.takeTime(besideDate: true) }) {
            said.part = said.part ?? part
            time = said
        }
        return .onDay(daysBefore: 1, time)
    }
}
