import CivilTime
import Recurrence
import TaskLanguage

/// A series as it begins.
struct RecurrenceStart {
    let recurrence: TaskRecurrence
    let clock: DueClock
    /// Of the first task.
    let due: Due
}

extension RecurrenceInput {
    /// What this means for a task that is due then; without a due date it begins with the first date of the rule.
    ///
    /// - Parameter earlier: the rule that this one takes the place of.
    /// - Throws: ``ErrandError/invalid(_:)`` when the words are not understood, or the rule never happens, or it
    ///   asks for times of day where the task is due on a date.
    func start(
        due: Due?, replacing earlier: TaskRecurrence? = nil, _ settings: UserSettings, at now: Instant
    ) throws(ErrandError) -> RecurrenceStart {
        let today = LocalDateTime(settings.today(at: now), .midnight)
        let (rule, anchor, spoken) = try rule(due: due?.local.date, today: today.date, settings.language(at: now))
        let entered = due ?? spoken
        let clock = entered.map(DueClock.init) ?? (rule.hasTimes ? .floating : .date)
        if clock == .date, rule.hasTimes {
            throw .invalid("/recurrence/rrule", .invalidValue, "Names times of day, but the task is due on a date.")
        }
        let recurrence = TaskRecurrence(
            rule: rule, anchor: self.anchor ?? anchor, catchUp: catchUp ?? earlier?.catchUp ?? .skip,
            exceptions: exceptions ?? earlier?.exceptions ?? [], start: entered?.local ?? today
        )
        let set = recurrence.occurrences(in: clock.zone(home: settings.zone))
        // A date is due all day; a time that has passed today is not.
        let isTimed = clock != .date && entered == nil
        let past = isTimed ? set.zone.localDateTime(at: now) : LocalDateTime(today.date.adding(days: -1), .endOfDay)
        guard let first = set.next(afterLocal: past) ?? RecurrenceInput.firstEver(set),
            Limits.dueYears.contains(first.local.date.year)
        else {
            throw .invalid("/recurrence", .invalidValue, "Never happens from the due date on.")
        }
        return RecurrenceStart(recurrence: recurrence, clock: clock, due: entered ?? clock.due(at: first.local))
    }

    /// A rule whose only dates lie in the past can still be asked for: nothing follows then.
    private static func firstEver(_ set: RecurrenceSet) -> Occurrence? {
        set.canFire ? set.next(after: set.zone.instant(of: set.start) - .days(2)) : nil
    }

    private func rule(
        due: LocalDate?, today: LocalDate, _ language: LanguageContext
    ) throws(ErrandError) -> (RecurrenceRule, TaskRecurrence.Anchor, Due?) {
        switch source {
        case .rule(let rule): return (rule, .schedule, nil)
        case .word(let word):
            return (RecurrenceRule(word: word, from: due ?? today) ?? RecurrenceRule(.daily), .schedule, nil)
        case .text(let text):
            let counts = anchor.map { $0 == .completion ? ParsedRecurrence.Anchor.completion : .schedule }
            // Words that end before the due date are understood, and never happen from it on.
            guard
                let spoken = RecurrenceWords.parse(text, from: due, anchor: counts, in: language)
                    ?? RecurrenceWords.parse(text, anchor: counts, in: language)
            else {
                let detail = "Is not understood. Say it like \"every other friday\" or \"every month on the 1st\"."
                throw .invalid("/recurrence/text", .invalidValue, detail)
            }
            let anchor: TaskRecurrence.Anchor = spoken.recurrence.anchor == .completion ? .completion : .schedule
            return (spoken.recurrence.rule, anchor, spoken.due?.due)
        }
    }
}

extension RecurrenceRule {
    /// Whether the rule names times of day.
    fileprivate var hasTimes: Bool {
        frequency == .hourly || !(hours.isEmpty && minutes.isEmpty && seconds.isEmpty)
    }
}

extension LocalTime {
    fileprivate static let endOfDay = LocalTime(hour: 23, minute: 59, second: 59) ?? .midnight
}

extension ParsedDue {
    /// Without a zone in the words the time is the user's own, wherever they are.
    var due: Due {
        switch (time, zone) {
        case (nil, _): .date(date)
        case (let time?, nil): .floating(date, time)
        case (let time?, let zone?): .zoned(date, time, zone)
        }
    }
}
