public import CivilTime
import Recurrence

/// When a task comes again: its own date and those that the rule has after it. Nothing is stored.
public struct ListOccurrences: Query {
    public struct Item: Hashable, Sendable {
        public let original: LocalDateTime
        public let due: Due
        public let instant: Instant
        /// The open task that this is; nil for dates to come.
        public let taskID: TaskID?
    }

    public let reference: TaskReference
    public let from: TimeBound?
    public let to: TimeBound?
    public let limit: Int
    public let requiredScope = Scope.readTasks

    /// What is asked for, beside the task.
    public struct Fields: Hashable, Sendable {
        /// Not before.
        public let from: TimeBound?
        /// Before, or up to the end of the day.
        public let to: TimeBound?
        /// Within ``Limits/occurrences``.
        public let limit: Int

        /// Reads `from`, `to` and `limit`.
        public init(_ source: FieldSource) throws(ErrandError) {
            var reader = FieldReader(source)
            // Away from both ends of the calendar.
            from = reader.timeBound("from", years: 1901...2998)
            to = reader.timeBound("to", years: 1901...2998)
            limit = reader.integer("limit", in: Limits.occurrences) ?? Limits.occurrencesDefault
            try reader.finish()
        }
    }

    public init(_ reference: TaskReference, _ fields: Fields) {
        self.reference = reference
        from = fields.from
        to = fields.to
        limit = fields.limit
    }

    /// Empty for a task that does not come again.
    public func answer(in context: QueryContext) throws(ErrandError) -> [Item] {
        let task = try context.task(reference)
        guard let series = task.series, let recurrence = series.recurrence else { return [] }
        let settings = try context.user().settings
        let zone = series.clock.zone(home: settings.zone)
        let first = from?.start(in: settings.zone) ?? .earliest
        let end = min(to?.end(in: settings.zone) ?? .latest, zone.instant(of: Limits.dueEnd, at: .midnight))
        var items: [Item] = []
        if !task.isCompleted, let due = task.due, let span = task.dueSpan, span.start >= first, span.start < end {
            items.append(Item(original: series.original, due: due, instant: span.start, taskID: task.id))
        }
        let set = series.occurrences(of: recurrence, in: zone)
        let start = max(zone.instant(of: series.original) + .milliseconds(1), first)
        guard start < end else { return items }
        for occurrence in set.occurrences(in: start..<end, limit: max(limit - items.count, 0)) {
            let due = series.clock.due(at: occurrence.local)
            items.append(Item(original: occurrence.local, due: due, instant: occurrence.instant, taskID: nil))
        }
        return Array(items.prefix(left(of: series)))
    }

    /// How many are left of a series that is counted from completions.
    private func left(of series: TaskSeries) -> Int {
        guard let recurrence = series.recurrence, recurrence.anchor == .completion,
            case .count(let count) = recurrence.rule.end
        else { return limit }
        return max(count - series.index + 1, 0)
    }
}

extension ListOccurrences.Item {
    public var json: JSONValue {
        [
            "original": .string(original.description),
            "due": due.json,
            "due_date": .string(instant.description),
            "task_id": JSONValue(text: taskID?.description),
        ]
    }
}
