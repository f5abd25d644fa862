import CivilTime
import Recurrence

/// Dates and repetitions as programs let people type them.
enum SpokenDate {
    /// A date that is one whoever reads it, and whenever: in digits, or with the name of a month and a year, in English
    /// or German: `5 Jan 2026`, `Jan 5, 2026 10:00`, `5. Januar 2026 um 10:00`.
    static func date(_ text: String) -> DateText? {
        if let date = DateText(text) { return date }
        guard text.utf8.count <= 60 else { return nil }
        var words = text.lowered.split { $0 == " " || $0 == "," }.map(String.init)
        guard words.count >= 3, let month = words.prefix(2).firstIndex(where: { months[name($0)] != nil }),
            let number = months[name(words[month])], let day = Int(name(words[1 - month])),
            let year = Int(words[2]), words[2].utf8.count == 4,
            let date = LocalDate(year: year, month: number, day: day)
        else { return nil }
        words.removeFirst(3)
        if words.first == "at" || words.first == "um" { words.removeFirst() }
        if words.last == "uhr" { words.removeLast() }
        if words.isEmpty { return .date(date) }
        return DateText("\(date) \(spelledOut(words.joined(separator: " ")))")
    }

    /// `10am` as `10:00 am`, `10` as `10:00`.
    private static func spelledOut(_ time: String) -> String {
        let digits = time.prefix { $0.isASCII && $0.isNumber }
        let rest = time.dropFirst(digits.count)
        return rest.hasPrefix(":") || !(1...2).contains(digits.utf8.count) ? time : "\(digits):00\(rest)"
    }

    /// Without a dot or an ending of an ordinal: "5.", "5th", "jan."
    private static func name(_ word: String) -> String {
        var name = word.hasSuffix(".") ? String(word.dropLast()) : word
        if name.utf8.first?.isDigit == true {
            for ending in ["st", "nd", "rd", "th"] where name.hasSuffix(ending) { name.removeLast(2) }
        }
        return name
    }

    private static let months: [String: Int] = {
        let names = [
            ["january", "januar"], ["february", "februar"], ["march", "märz"], ["april"], ["may", "mai"],
            ["june", "juni"], ["july", "juli"], ["august"], ["september", "sept"], ["october", "oktober"],
            ["november"], ["december", "dezember"],
        ]
        var months: [String: Int] = [:]
        for (index, names) in names.enumerated() {
            for name in names {
                months[name] = index + 1
                months[String(name.prefix(3))] = index + 1
            }
        }
        return months
    }()

    /// Words that say how something comes again, for `TaskLanguage`; "every!" counts from when it was done.
    ///
    /// - Returns: nil for words that do not begin like that.
    static func recurrence(_ text: String) -> PortableRecurrence? {
        let lowered = text.trimmed.lowered
        for beginning in ["every!", "ev!", "jeden!", "jede!", "jedes!", "alle!"] where lowered.hasPrefix(beginning) {
            let rest = text.trimmed.dropFirst(beginning.count).drop { $0 == " " }
            let word = beginning == "ev!" ? "every" : String(beginning.dropLast())
            return PortableRecurrence(.words("\(word) \(rest)"), countsFromCompletion: true)
        }
        guard let first = lowered.split(separator: " ").first, beginnings.contains(String(first)) else { return nil }
        return PortableRecurrence(.words(first == "ev" ? "every\(text.trimmed.dropFirst(2))" : text.trimmed))
    }

    private static let beginnings: Set<String> = [
        "every", "ev", "everyday", "each", "daily", "weekly", "biweekly", "monthly", "quarterly", "yearly", "annually",
        "hourly", "weekdays", "jeden", "jede", "jedes", "alle", "täglich", "wöchentlich", "monatlich",
        "vierteljährlich", "jährlich", "stündlich", "werktags",
    ]
}
