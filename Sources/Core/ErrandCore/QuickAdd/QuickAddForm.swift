public import CivilTime
import Recurrence
public import TaskLanguage

/// A line of quick add, checked but not yet read.
public struct QuickAddForm: Hashable, Sendable {
    public let text: String
    public let isDryRun: Bool
    /// Where the words are said; nil for the user's own zone.
    public let zone: Zone?
    public let locale: Locale?
    /// When the words are said; nil for now.
    public let now: Instant?

    /// A language, and the order of day and month in numbers.
    public struct Locale: Hashable, Sendable {
        public let language: Language
        public let dayComesFirst: Bool
        /// How long the parts of a language tag are (RFC 5646 §2.1).
        private static let subtag = 1...8

        /// Reads `en`, `en-US`, `de-AT` …: the language must be one that is spoken here.
        init?(_ tag: String) {
            let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...3).contains(parts.count), parts.allSatisfy({ Locale.subtag.contains($0.utf8.count) }),
                parts.joined().utf8.allSatisfy({ Character(Unicode.Scalar($0)).isASCIILetterOrDigit }),
                let language = Language(rawValue: parts[0].lowercased())
            else { return nil }
            self.language = language
            dayComesFirst = !parts.contains { $0.uppercased() == "US" }
        }
    }

    /// Reads `{text, dry_run?, time_zone?, locale?, now?}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("text")
        text = reader.text("text", .quickAdd) ?? ""
        isDryRun = reader.bool("dry_run") ?? false
        zone = reader.parsed("time_zone", expected: "an IANA time zone such as Europe/Paris, or UTC") {
            Zone(identifier: $0)
        }
        locale = reader.parsed("locale", expected: "a language tag of a language that is spoken here: en, de") {
            Locale($0)
        }
        now = reader.parsed("now", expected: "an RFC 3339 date-time with offset") { text in
            Instant(text).flatMap { (1901...2998).contains(Int(text.prefix(4)) ?? 0) ? $0 : nil }
        }
        try reader.finish()
    }

    /// What the line says to this user.
    func read(_ settings: UserSettings, at moment: Instant) -> QuickAddReading {
        var local = settings
        local.zone = zone ?? settings.zone
        var context = local.language(at: now ?? moment)
        context.language = locale?.language ?? context.language
        context.dayComesFirst = locale?.dayComesFirst ?? context.dayComesFirst
        let parsed = QuickAdd.parse(text, in: context)
        return QuickAddReading(parsed: parsed, zone: local.zone, isAbroad: local.zone != settings.zone)
    }
}

extension Character {
    fileprivate var isASCIILetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}

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
            case .before(let duration): ReminderInput(.before(duration))
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
        switch moment {
        case .before(let duration): ["kind": "relative", "before": .string(ISODuration(duration).description)]
        case .at(let instant): ["kind": "absolute", "at": .string(instant.description)]
        }
    }
}
