/// A sentence by its words, and where they stand in what was typed.
struct Sentence: Sendable {
    struct Word: Sendable {
        /// In lower case, apostrophes plain, without the marks around it.
        let text: String
        let range: Range<String.Index>
        /// What stands between quotation marks: one word, whatever it is.
        let quoted: String?
        /// Whether a mark that ends a clause stands behind it: `.`, `;`, `!`, `?`.
        var endsClause = false
        /// Whether a comma stands behind it.
        var hasComma = false
        var hasColon = false
    }

    let original: String
    private(set) var words: [Word] = []

    init(_ text: String) {
        original = text
        var place = text.startIndex
        while place < text.endIndex {
            if text[place].isWhitespace {
                place = text.index(after: place)
            } else if let end = endOfQuotation(from: place) {
                let inner = text[text.index(after: place)..<end]
                place = text.index(after: end)
                words.append(
                    Word(text: "\"", range: inner.startIndex..<inner.endIndex, quoted: String(inner))
                )
                takeMarks(&place)
            } else {
                var end = place
                while end < text.endIndex, !text[end].isWhitespace { end = text.index(after: end) }
                append(place..<end)
                place = end
            }
        }
    }

    /// Behind a quotation.
    private mutating func takeMarks(_ place: inout String.Index) {
        while place < original.endIndex, Self.marks.contains(original[place]) {
            note(original[place])
            place = original.index(after: place)
        }
    }

    private mutating func append(_ range: Range<String.Index>) {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Self.opening.contains(original[start]) { start = original.index(after: start) }
        while start < end, Self.marks.contains(original[original.index(before: end)]) {
            end = original.index(before: end)
        }
        if start < end {
            let word = original[start..<end].lowercased().replacing("’", with: "'")
            words.append(Word(text: word, range: start..<end, quoted: nil))
        }
        for mark in original[end..<range.upperBound] { note(mark) }
    }

    private mutating func note(_ mark: Character) {
        guard !words.isEmpty else { return }
        switch mark {
        case ".", ";", "!", "?", "…": words[words.count - 1].endsClause = true
        case ",": words[words.count - 1].hasComma = true
        case ":": words[words.count - 1].hasColon = true
        default: break
        }
    }

    private func endOfQuotation(from place: String.Index) -> String.Index? {
        guard let closing = Self.closing[original[place]] else { return nil }
        let start = original.index(after: place)
        guard let end = original[start...].firstIndex(of: closing), end > start else { return nil }
        // An apostrophe is no quotation mark.
        guard closing == "'" else { return end }
        let next = original.index(after: end)
        let isEnd = next == original.endIndex || original[next].isWhitespace || Self.marks.contains(original[next])
        return isEnd ? end : nil
    }

    private static let closing: [Character: Character] = [
        "\"": "\"", "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "”": "”",
    ]
    private static let opening: Set<Character> = ["(", "[", "¿", "¡"]
    private static let marks: Set<Character> = [",", ".", ";", ":", "!", "?", ")", "]", "…"]

    /// As it was typed, between the first and the last of these words.
    func text(_ places: Range<Int>) -> String {
        guard let first = words[places].first, let last = words[places].last else { return "" }
        if places.count == 1, let quoted = first.quoted { return quoted }
        var (start, end) = (first.range.lowerBound, last.range.upperBound)
        if first.quoted != nil { start = original.index(before: start) }
        if last.quoted != nil { end = original.index(after: end) }
        return String(original[start..<end])
    }

    /// Whether it ends with a question mark.
    var isQuestion: Bool { original.last { !$0.isWhitespace } == "?" }

    /// The words of a part.
    func texts(_ places: Range<Int>) -> [String] { words[places].map(\.text) }
}
