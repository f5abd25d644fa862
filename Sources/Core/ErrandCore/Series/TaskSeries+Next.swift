package import CivilTime
import Recurrence

/// What the next task of a series begins with.
package struct NextOccurrence {
    /// See ``TaskSeries/original``.
    package let original: LocalDateTime
    /// See ``TaskSeries/index``.
    package let index: Int
    /// The rule as it goes on from there.
    package let recurrence: TaskRecurrence
}

extension TaskSeries {
    /// How many occurrences passed over are counted one by one.
    private static let passedOverMax = 1_000

    /// The occurrence to make when this one is completed at `moment`; nil when the series is over.
    ///
    /// By schedule it is computed from the rule's start, never from this occurrence's date, so nothing drifts.
    package func next(completedAt moment: Instant, _ settings: UserSettings) -> NextOccurrence? {
        guard let recurrence else { return nil }
        let zone = clock.zone(home: settings.zone)
        let local = zone.localDateTime(at: moment)
        let today = settings.dayEnd.today(at: moment, in: zone)
        switch recurrence.anchor {
        case .completion:
            if case .count(let count) = recurrence.rule.end, index >= count { return nil }
            let isHourly = recurrence.rule.frequency == .hourly
            let time = LocalTime(hour: local.time.hour, minute: local.time.minute) ?? .midnight
            let start = isHourly ? LocalDateTime(local.date, time) : LocalDateTime(today, recurrence.start.time)
            let counted = recurrence.counted(from: start, due: original.date)
            return counted.occurrences(afterCompletion: start, in: zone).next(afterLocal: start).flatMap(inRange)
                .map { NextOccurrence(original: $0.local, index: index + 1, recurrence: counted) }
        case .schedule:
            let set = recurrence.occurrences(in: zone)
            // A day that is only due by its end is not missed while it lasts; once done late, it counts as today's.
            let threshold = clock == .date ? LocalDateTime(today, .midnight) : local
            let after = recurrence.catchUp == .skip ? max(original, threshold) : original
            return set.next(afterLocal: after).flatMap(inRange).map {
                NextOccurrence(original: $0.local, index: index + steps(to: $0, in: set), recurrence: recurrence)
            }
        }
    }

    /// The occurrence after this one, done or not; nil when it is the last.
    func following(_ settings: UserSettings) -> NextOccurrence? {
        guard let recurrence else { return nil }
        let zone = clock.zone(home: settings.zone)
        if recurrence.anchor == .completion, case .count(let count) = recurrence.rule.end, index >= count { return nil }
        let set = occurrences(of: recurrence, in: zone)
        return set.next(afterLocal: original).flatMap(inRange)
            .map { NextOccurrence(original: $0.local, index: index + 1, recurrence: recurrence) }
    }

    /// What follows this occurrence: counted from completions, as if each were completed on its day.
    func occurrences(of recurrence: TaskRecurrence, in zone: Zone) -> RecurrenceSet {
        recurrence.occurrences(following: original, in: zone)
    }

    private func inRange(_ occurrence: Occurrence) -> Occurrence? {
        Limits.dueYears.contains(occurrence.local.date.year) ? occurrence : nil
    }

    private func steps(to next: Occurrence, in set: RecurrenceSet) -> Int {
        let from = set.zone.instant(of: original) + .milliseconds(1)
        guard from < next.instant else { return 1 }
        return set.occurrences(in: from..<next.instant, limit: TaskSeries.passedOverMax).reduce(1) { count, _ in
            count + 1
        }
    }
}
