import CivilTime
import Recurrence
import TaskLanguage

extension TaskSeries {
    /// Everything, for stores and undo.
    public var storedJSON: JSONValue {
        [
            "id": .string(id.description),
            "parent_id": JSONValue(text: predecessorID?.description),
            "original": .string(original.description),
            "index": JSONValue(index),
            "recurrence": recurrence?.storedJSON ?? .null,
            "template": template.json,
            "clock": .string(clock.text),
        ]
    }

    /// Reads what ``storedJSON`` wrote; nil when it is damaged.
    public init?(_ json: JSONValue) {
        guard let id = json["id"]?.string.flatMap({ SeriesID($0) }),
            let original = json["original"]?.string.flatMap({ LocalDateTime($0) }),
            let index = json["index"]?.integer, let template = json["template"].flatMap(TaskTemplate.init),
            let clock = json["clock"]?.string.flatMap({ DueClock(text: $0) })
        else { return nil }
        self.init(
            id: id, predecessorID: json["parent_id"]?.string.flatMap { TaskID($0) }, original: original,
            index: Int(index),
            recurrence: json["recurrence"].flatMap(TaskRecurrence.init), template: template, clock: clock
        )
    }
}

extension TaskRecurrence {
    /// What every door shows. `text` says the rule in words where there are words for it.
    func json(_ clock: DueClock) -> JSONValue {
        [
            "rrule": .string(rule.description),
            "anchor": .string(anchor.rawValue),
            "catch_up": .string(catchUp.rawValue),
            "exdates": JSONValue(strings: exceptions.map(\.description)),
            "text": JSONValue(text: words(in: .english)),
        ]
    }

    /// The rule in words; nil where there are none for it.
    func words(in language: Language) -> String? {
        let said = ParsedRecurrence(rule: rule, anchor: anchor == .completion ? .completion : .schedule)
        return isAsSaid ? RecurrenceWords.text(for: said, time: nil, in: language) : nil
    }

    fileprivate var storedJSON: JSONValue {
        [
            "rrule": .string(rule.description), "anchor": .string(anchor.rawValue),
            "catch_up": .string(catchUp.rawValue), "exdates": JSONValue(strings: exceptions.map(\.description)),
            "start": .string(start.description),
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let rule = json["rrule"]?.string.flatMap({ try? RecurrenceRule($0) }),
            let anchor = json["anchor"]?.string.flatMap(Anchor.init(rawValue:)),
            let catchUp = json["catch_up"]?.string.flatMap(CatchUp.init(rawValue:)),
            let start = json["start"]?.string.flatMap({ LocalDateTime($0) })
        else { return nil }
        let exceptions = (json["exdates"]?.array ?? []).compactMap { $0.string.flatMap { Exception($0) } }
        self.init(rule: rule, anchor: anchor, catchUp: catchUp, exceptions: exceptions, start: start)
    }
}

extension DueClock {
    fileprivate var text: String {
        switch self {
        case .date: "date"
        case .floating: "floating"
        case .zoned(let zone): zone.identifier
        }
    }

    fileprivate init?(text: String) {
        switch text {
        case "date": self = .date
        case "floating": self = .floating
        // Without the rules of its zone the series goes on in UTC rather than not at all.
        default: self = .zoned(Zone(identifier: text) ?? .utc)
        }
    }
}
