import CivilTime
import TaskLanguage

/// Which dates a model may write: words, which our own parser reads, and what was said or answered literally. A date
/// that a model has worked out is none.
struct SaidDates: Sendable {
    private var text: String

    /// - Parameter said: by the user.
    init(_ said: [String]) {
        text = said.joined(separator: "\n").lowercased()
    }

    /// What a tool has answered may be copied.
    mutating func add(_ result: String) { text += "\n" + result.lowercased() }

    func allow(_ date: String) -> Bool {
        var rest = date.lowercased()
        // An instant or a date, in any of its forms: literally, or the day of a time without a zone.
        for match in rest.matches(of: /\d{4}-\d{2}-\d{2}(t[0-9:.]+(z|[+-]\d{2}:?\d{2}))?|\b\d{8}(t\d{4,6}z?)?\b/)
        where !text.contains(match.0) { return false }
        rest = rest.replacing(/\d{4}-\d{2}-\d{2}(t[0-9:.]+(z|[+-]\d{2}:?\d{2})?)?|\b\d{8}(t\d{4,6}z?)?\b/, with: " ")
        for match in rest.matches(of: /\d{1,4}[.\/\-]\d{1,2}([.\/\-]\d{2,4})?\b/) where !text.contains(match.0) {
            return false
        }
        return allowsMonths(rest) && allowsSpans(rest)
    }

    /// "30 november", "jan 31st": month and numbers were said.
    private func allowsMonths(_ date: String) -> Bool {
        for match in date.matches(of: SaidDates.month) {
            if !says(match.1) { return false }
            // Times of day are no part of the date.
            let day = date.replacing(/\d{1,2}([:.]\d{2})?\s*([ap]\.?m|uhr|h\b)|\d{1,2}:\d{2}/, with: " ")
            for number in day.matches(of: /\d{1,4}/) where !saysNumber(number.0) { return false }
        }
        return true
    }

    /// "in 3 days": days were spoken of.
    private func allowsSpans(_ date: String) -> Bool {
        for match in date.matches(of: SaidDates.span)
        where !saysNumber(match.1) && !says(match.2) {
            return false
        }
        return true
    }

    private static var month: Regex<(Substring, Substring)> {
        /\b(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*/
    }

    private static var span: Regex<(Substring, Substring, Substring)> {
        /\b(\d{1,4})\s*(day|week|month|year|tag|woche|monat|jahr)\w*/
    }

    /// Whether a word that was said begins so.
    private func says(_ beginning: Substring) -> Bool {
        text.ranges(of: beginning).contains { range in
            range.lowerBound == text.startIndex || !text[text.index(before: range.lowerBound)].isLetter
        }
    }

    /// Whether a number was said, not as a part of a longer one.
    private func saysNumber(_ digits: Substring) -> Bool {
        text.ranges(of: digits).contains { range in
            let begins = range.lowerBound == text.startIndex || !text[text.index(before: range.lowerBound)].isNumber
            return begins && (range.upperBound == text.endIndex || !text[range.upperBound].isNumber)
        }
    }
}
