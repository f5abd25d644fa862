import CivilTime
import Recurrence
public import TaskLanguage

/// A line of quick add as it was understood.
public struct QuickAddReading: Hashable, Sendable {
    public let parsed: ParsedTask
    /// Where its words were said.
    let zone: Zone
    /// Whether that is not the user's own zone, so that times are kept with it.
    let isAbroad: Bool

    var due: Due? {
        guard let due = parsed.due else { return nil }
        if isAbroad, let time = due.time, due.zone == nil { return .zoned(due.date, time, zone) }
        return due.due
    }

    var recurrence: RecurrenceInput? {
        parsed.recurrence.map {
            RecurrenceInput(.rule($0.rule), anchor: $0.anchor == .completion ? .completion : .schedule)
        }
    }

    var reminders: [ReminderInput] {
        parsed.reminders.prefix(Limits.remindersPerTaskMax).map { reminder in
            switch reminder {
            case .before(let span): ReminderInput(.before(span))
            case .onDay(let days, let time): ReminderInput(.onDay(daysBefore: days, time))
            case .at(let local): ReminderInput(.at(zone.instant(of: local)))
            }
        }
    }

    /// - Throws: ``ErrandError/invalid(_:)`` when nothing is left for a title, or it is too long.
    func draft() throws(ErrandError) -> TaskDraft {
        let title: String
        switch TextRule.title.apply(to: parsed.title) {
        case .success(let valid): title = valid
        case .failure(let violation) where violation.code == .tooShort:
            throw .invalid("/text", .tooShort, "Says when, but not what: the title would be empty.")
        case .failure(let violation): throw .invalid("/text", violation.code, "The title: \(violation.detail)")
        }
        var tags: [Tag] = []
        for name in parsed.tags {
            if case .success(let valid) = TextRule.tag.apply(to: name) { tags.append(Tag(name: valid)) }
        }
        let kept = Array(tags.withoutRepeats.prefix(Limits.tagsPerTaskMax))
        return TaskDraft(
            title: title, priority: parsed.priority.flatMap { Priority(name: $0.rawValue) } ?? .standard,
            tags: kept, due: due.map { .due($0) }, recurrence: recurrence, reminders: reminders
        )
    }
}

extension QuickAddReading {
    /// `{task, parsed, spans, warnings}`; offsets count UTF-16 code units.
    public func json(task: TodoTask?) -> JSONValue {
        [
            "task": task?.json ?? .null,
            "parsed": [
                "title": .string(parsed.title),
                "due": due?.json ?? .null,
                "recurrence": recurrenceJSON,
                "tags": JSONValue(strings: parsed.tags),
                "priority": JSONValue(text: parsed.priority?.rawValue),
                "reminders": .array(reminders.map(\.json)),
            ],
            "spans": .array(
                parsed.spans.map { span in
                    [
                        "start": JSONValue(span.range.lowerBound), "end": JSONValue(span.range.upperBound),
                        "kind": .string(span.kind.rawValue), "text": .string(span.text),
                    ]
                }
            ),
            "warnings": .array(
                parsed.warnings.map { warning in
                    [
                        "code": .string(warning.code), "detail": .string(warning.detail),
                        "start": warning.range.map { JSONValue($0.lowerBound) } ?? .null,
                        "end": warning.range.map { JSONValue($0.upperBound) } ?? .null,
                    ]
                }
            ),
        ]
    }

    private var recurrenceJSON: JSONValue {
        guard let recurrence = parsed.recurrence else { return .null }
        return [
            "rrule": .string(recurrence.rule.description), "anchor": .string(recurrence.anchor.rawValue),
            "text": JSONValue(text: RecurrenceWords.text(for: recurrence, time: nil, in: .english)),
        ]
    }
}

extension ReminderInput {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["kind": .string(moment.kind.rawValue)]
        for member in moment.members.members { object.append(member.name, member.value) }
        return .object(object)
    }
}
