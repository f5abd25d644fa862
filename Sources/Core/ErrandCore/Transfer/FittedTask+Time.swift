import CivilTime
import Interchange
import Recurrence
import TaskLanguage

extension FittedTask {
    /// How the task comes again, and when it is due for the first time; nil where it does not, or cannot.
    mutating func recurrence(due: Due?) -> RecurrenceStart? {
        guard let wanted = source.recurrence else { return nil }
        let said: String
        let input: (recurrence: RecurrenceInput, due: Due?)?
        switch wanted.source {
        case .rule(let rule):
            said = rule.description
            input = (RecurrenceInput(.rule(rule), anchor: wanted.countsFromCompletion ? .completion : nil), nil)
        case .words(let words):
            said = words.filtered(by: .title)
            input = spoken(words, countsFromCompletion: wanted.countsFromCompletion, due: due)
        }
        guard var input else {
            keep("Repeats: \(said)", of: "recurrence", "How it comes again is not understood.")
            return nil
        }
        input.recurrence.exceptions = exceptions(of: wanted)
        do {
            let start = try input.recurrence.start(due: due ?? input.due, basis.settings, at: basis.now)
            return start.counted(from: wanted.start)
        } catch {
            keep("Repeats: \(said)", of: "recurrence", "It would never come again from its due date on.")
            return nil
        }
    }

    /// In the person's language, then in English.
    private func spoken(
        _ words: String, countsFromCompletion: Bool, due: Due?
    ) -> (recurrence: RecurrenceInput, due: Due?)? {
        guard case .success(let text) = TextRule.recurrenceWords.apply(to: words) else { return nil }
        let own = basis.settings.language(at: basis.now)
        var english = own
        english.language = .english
        let anchor: ParsedRecurrence.Anchor? = countsFromCompletion ? .completion : nil
        for language in own == english ? [own] : [own, english] {
            guard
                let spoken = RecurrenceWords.parse(text, from: due?.local.date, anchor: anchor, in: language)
                    ?? RecurrenceWords.parse(text, anchor: anchor, in: language)
            else { continue }
            let counted: TaskRecurrence.Anchor = spoken.recurrence.anchor == .completion ? .completion : .schedule
            return (RecurrenceInput(.rule(spoken.recurrence.rule), anchor: counted), spoken.due?.due)
        }
        return nil
    }

    private mutating func exceptions(of recurrence: PortableRecurrence) -> [TaskRecurrence.Exception] {
        let all =
            recurrence.excludedDays.map { TaskRecurrence.Exception.day($0) }
            + recurrence.excludedTimes.map { .time($0) }
        guard all.count > Limits.exceptionsPerSeriesMax else { return all }
        let rest = all[Limits.exceptionsPerSeriesMax...].map(\.description).joined(separator: ", ")
        keep("Not on: \(rest)", of: "exdates", "Has more than \(Limits.exceptionsPerSeriesMax) exceptions.")
        return Array(all[..<Limits.exceptionsPerSeriesMax])
    }

    mutating func fittedReminders(of task: TaskID, isDue: Bool) -> [Reminder] {
        var reminders: [Reminder] = []
        for wanted in source.reminders {
            let id = ReminderID(.derived(from: task.value, reminders.count))
            let reminder = Reminder(id: id, moment: wanted.moment.own, repeatEvery: wanted.repeatEvery)
            if reminders.contains(where: reminder.isSame) { continue }
            if let fault = reminder.fault(isDue: isDue) {
                keep("Reminder: \(reminder.words)", of: "reminders", fault)
            } else if reminders.count == Limits.remindersPerTaskMax {
                let fault = "Has more than \(Limits.remindersPerTaskMax) reminders."
                keep("Reminder: \(reminder.words)", of: "reminders", fault)
            } else {
                reminders.append(reminder)
            }
        }
        return reminders
    }
}

extension RecurrenceStart {
    /// The same, its occurrences counted from an earlier one where the file says so.
    fileprivate func counted(from earlier: LocalDateTime?) -> RecurrenceStart {
        guard let earlier, recurrence.anchor == .schedule, earlier < due.local,
            Limits.dueYears.contains(earlier.date.year)
        else { return self }
        var recurrence = recurrence
        recurrence.start = clock == .date ? LocalDateTime(earlier.date, .midnight) : earlier
        return RecurrenceStart(recurrence: recurrence, clock: clock, due: due)
    }
}

extension PortableReminder.Moment {
    fileprivate var own: Reminder.Moment {
        switch self {
        case .before(let span): .before(span)
        case .onDay(let days, let time): .onDay(daysBefore: days, time)
        case .at(let instant): .at(instant)
        }
    }
}

extension Reminder {
    /// The years 1901 to 2998, whose moments are in years that tasks can be due in on every clock.
    private static let instants = Instant(seconds: -2_177_452_800)...Instant(seconds: 32_472_143_999)

    /// Why there can be no such reminder; nil where there can.
    fileprivate func fault(isDue: Bool) -> String? {
        switch moment {
        case .at(let instant):
            if !Reminder.instants.contains(instant) { return "Lies outside of the years of reminders." }
        case .before, .onDay:
            if !isDue { return "Counts from the due date, and the task has none." }
        }
        if case .before(let span) = moment, !Limits.reminderLead.contains(span.usualLength) {
            return "Is too long before the due date."
        }
        if case .onDay(let days, _) = moment, !Limits.reminderDaysBefore.contains(days) {
            return "Is too long before the due date."
        }
        if let repeatEvery, !Limits.reminderRepeat.contains(repeatEvery.usualLength) {
            return "Comes again too often, or too seldom."
        }
        return nil
    }

    fileprivate var words: String {
        let when =
            switch moment {
            case .before(let span): "\(span) before"
            case .onDay(0, let time): "\(time)"
            case .onDay(let days, let time): "\(time), \(days) days before"
            case .at(let instant): "\(instant)"
            }
        return repeatEvery.map { "\(when), again every \($0)" } ?? when
    }
}
