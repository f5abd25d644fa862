import CivilTime
import Recurrence

/// The words of an item: those at its end that say something about the task are no words of its title.
struct ChecklistWords {
    private var words: [Substring]
    private var zone: Zone?

    init(_ text: String) {
        words = text.split { $0 == " " || $0 == "\t" }
    }

    /// Whether a word at the end of a title would be taken for something else.
    static func isToken(_ word: Substring) -> Bool {
        var (words, builder) = (ChecklistWords(""), EntryBuilder(line: 0))
        return words.take(word, into: &builder)
    }

    mutating func read(into builder: inout EntryBuilder) {
        let whole = words
        var tags: [String] = []
        while let word = words.last {
            if Self.tag(word) == nil {
                guard take(word, into: &builder) else { break }
            } else if let tag = Self.tag(word) {
                tags.append(tag)
            }
            words.removeLast()
        }
        for tag in tags.reversed() { builder.addTag(tag) }
        if words.isEmpty { words = whole }
        // A backslash before the last word says that it is one.
        if let last = words.last, last.hasPrefix("\\"), Self.isToken(Self.bare(last)) {
            words[words.count - 1] = last.dropFirst()
        }
        builder.task.title = words.joined(separator: " ")
        if let zone, let due = builder.task.due, due.time != nil, due.zone == nil { builder.task.due?.zone = zone }
        if let recurrence = builder.task.recurrence, builder.task.due == nil {
            builder.task.recurrence = nil
            if case .rule(let rule) = recurrence.source {
                builder.keep("repeat", rule.description, because: "A rule needs a date.")
            }
        }
    }

    /// Without the backslashes before it.
    static func bare(_ word: Substring) -> Substring { word.drop { $0 == "\\" } }

    /// Numbers after `#` are those of issues.
    private static func tag(_ word: Substring) -> String? {
        guard word.utf8.first == UInt8(ascii: "#"), word.utf8.count > 1,
            !word.dropFirst().utf8.allSatisfy(\.isDigit), !word.dropFirst().hasPrefix("#")
        else { return nil }
        return String(word.dropFirst())
    }

    /// Whether the word says something about the task, and has been taken.
    private mutating func take(_ word: Substring, into builder: inout EntryBuilder) -> Bool {
        if Self.tag(word) != nil { return true }
        if word.hasPrefix("!"), case .some(.some(let priority)) = Words.priority(String(word.dropFirst())) {
            builder.task.priority = priority
            return true
        }
        let parts = word.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return false }
        let value = String(parts[1])
        switch parts[0] {
        case "due":
            guard let date = DateText(value) else { return false }
            builder.task.due = date.due(in: nil)
        case "zone":
            guard let known = ZoneNames.zone(value) else { return false }
            zone = known
        case "repeat":
            let isFromCompletion = value.hasPrefix("!")
            guard let rule = try? RecurrenceRule(isFromCompletion ? String(value.dropFirst()) : value) else {
                return false
            }
            builder.task.recurrence = PortableRecurrence(.rule(rule), countsFromCompletion: isFromCompletion)
        case "done":
            guard let date = DateText(value) else { return false }
            builder.task.completedAt = date.instant(in: .utc)
        default: return false
        }
        return true
    }
}
