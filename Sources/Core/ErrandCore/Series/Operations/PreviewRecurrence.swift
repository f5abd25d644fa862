package import CivilTime
import Recurrence

/// What a rule would come to, were it a task's: computed, never stored.
public struct PreviewRecurrence: Query {
    public struct Answer: Hashable, Sendable {
        package let recurrence: TaskRecurrence
        package let clock: DueClock
        /// The rule in words; nil where there are none for it.
        package let text: String?
        /// In order, the due date of the task first.
        package let occurrences: [Occurrence]
    }

    package struct Occurrence: Hashable, Sendable {
        package let due: Due
        package let instant: Instant
    }

    public let form: RecurrencePreviewForm
    public let requiredScope = Scope.readTasks

    public init(_ form: RecurrencePreviewForm) {
        self.form = form
    }

    /// - Throws: ``ErrandError/invalid(_:)`` as a task with this rule would have it.
    public func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        var settings = try context.user().settings
        settings.locale = form.locale ?? settings.locale
        let start: RecurrenceStart
        do {
            start = try form.recurrence.start(
                due: form.due?.resolved(in: settings.zone), settings, at: context.now)
        } catch {
            throw form.isPlain ? error.aboutPlainRecurrence : error
        }
        return Answer(
            recurrence: start.recurrence, clock: start.clock, text: start.recurrence.words(in: settings.spokenLanguage),
            occurrences: dates(of: start, home: settings.zone)
        )
    }

    private func dates(of start: RecurrenceStart, home: Zone) -> [Occurrence] {
        let zone = start.clock.zone(home: home)
        let first = zone.instant(of: start.due.local)
        var limit = form.count
        if start.recurrence.anchor == .completion, case .count(let count) = start.recurrence.rule.end {
            limit = min(limit, count)
        }
        let end = zone.instant(of: Limits.dueEnd, at: .midnight)
        let after = first + .milliseconds(1)
        var dates = [Occurrence(due: start.due, instant: first)]
        guard limit > 1, after < end else { return dates }
        let set = start.recurrence.occurrences(following: start.due.local, in: zone)
        for next in set.occurrences(in: after..<end, limit: limit - 1) {
            dates.append(Occurrence(due: start.clock.due(at: next.local), instant: next.instant))
        }
        return dates
    }
}

extension ErrandError {
    /// Where the rule is a text alone, it has no members that could be wrong.
    fileprivate var aboutPlainRecurrence: ErrandError {
        guard case .invalid(let problems) = self else { return self }
        return .invalid(
            problems.map { FieldProblem(place: .body("/recurrence"), code: $0.code, detail: $0.detail) }
        )
    }
}

extension PreviewRecurrence.Answer {
    /// `{recurrence, text, occurrences}`.
    var json: JSONValue {
        [
            "recurrence": recurrence.json(clock),
            "text": JSONValue(text: text),
            "occurrences": .array(occurrences.map(\.json)),
        ]
    }
}

extension PreviewRecurrence.Occurrence {
    /// As in ``ListOccurrences``, with date and time beside it.
    fileprivate var json: JSONValue {
        let item = ListOccurrences.Item(original: due.local, due: due, instant: instant, taskID: nil)
        guard case .object(let members) = item.json else { return item.json }
        var object: JSONObject = ["date": .string(due.local.date.description)]
        if let time = due.time { object.append("time", .string(time.description)) }
        for member in members.members { object.append(member.name, member.value) }
        return .object(object)
    }
}
