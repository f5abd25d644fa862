import CivilTime
import Recurrence
import TaskLanguage

/// Reads pieces of a sentence by ``TaskLanguage``, each text once.
final class PieceReader {
    let context: LanguageContext
    private var dues: [String: SaidDue?] = [:]
    private var ranges: [String: Range<LocalDate>?] = [:]
    private var shifts: [String: DateShift?] = [:]
    private var priorities: [String: ParsedPriority?] = [:]
    private var rules: [String: (ParsedRecurrence, ParsedDue?)?] = [:]

    init(_ context: LanguageContext) {
        self.context = context
    }

    func due(_ text: String) -> SaidDue? { dues.known(text) { DateWords.said(text, in: context) } }

    func days(_ text: String) -> Range<LocalDate>? { ranges.known(text) { RangeWords.parse(text, in: context) } }

    func priority(_ text: String) -> ParsedPriority? {
        priorities.known(text) { PriorityReading.parse(text, in: context) }
    }

    /// "the day" is one day.
    func shift(_ text: String) -> DateShift? {
        shifts.known(text) {
            if let shift = ShiftWords.parse(text, in: context) { return shift }
            let words = text.lowercased().split(separator: " ")
            guard words.count == 2, words[0] == "the" else { return nil }
            return ShiftWords.parse("1 \(words[1])", in: context)
        }
    }

    func rule(_ text: String) -> (recurrence: ParsedRecurrence, due: ParsedDue?)? {
        rules.known(text) { RecurrenceWords.parse(text, in: context) }
    }
}

extension Dictionary {
    /// The value that is there, or that is made and kept.
    fileprivate mutating func known<Content>(_ key: Key, _ make: () -> Content?) -> Content? where Value == Content? {
        if let known = self[key] { return known }
        let made = make()
        self[key] = .some(made)
        return made
    }
}
