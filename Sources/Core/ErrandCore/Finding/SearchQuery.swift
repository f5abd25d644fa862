/// What a person typed into the search box, taken apart: words, `"phrases"` and `-not`.
///
/// Every text is a valid query. Words match from their beginning (`rep` finds "report"), phrases and
/// excluded words match whole words only; all of them have to hold. Case, accents and width make no difference, and
/// scripts without spaces between words are found from the middle of a run; see ``SearchWords``.
public struct SearchQuery: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        /// One or more words that follow one another; has at least one letter, digit or symbol.
        public let text: String
        public let matchesPrefix: Bool
        /// What indexes are asked for.
        public let phrase: SearchPhrase

        init(text: String, matchesPrefix: Bool) {
            self.text = text
            self.matchesPrefix = matchesPrefix
            phrase = SearchPhrase(text, matchesPrefix: matchesPrefix)
        }
    }

    public private(set) var required: [Term] = []
    public private(set) var excluded: [Term] = []

    /// True when there was nothing to search for in the text, only punctuation: such a search finds nothing.
    public var isEmpty: Bool { required.isEmpty && excluded.isEmpty }

    /// What a title that matches best begins with: all required terms, one after the other.
    public var opening: SearchPhrase {
        SearchPhrase(
            required.map(\.text).joined(separator: " "), matchesPrefix: required.last?.matchesPrefix ?? false)
    }

    public init(_ text: String) {
        var rest = Substring(String(String.UnicodeScalarView(text.unicodeScalars.map(SearchQuery.withoutControls))))
        while required.count + excluded.count < Limits.searchTermsMax, !rest.isEmpty {
            rest = rest.drop(while: \.isWhitespace)
            let isExcluded = rest.hasPrefix("-")
            if isExcluded { rest.removeFirst() }
            let isPhrase = rest.hasPrefix("\"")
            if isPhrase { rest.removeFirst() }
            let term = rest.prefix { isPhrase ? $0 != "\"" : !$0.isWhitespace && $0 != "\"" }
            rest = rest[term.endIndex...]
            if isPhrase, !rest.isEmpty { rest.removeFirst() }
            add(String(term), isPhrase: isPhrase, isExcluded: isExcluded)
        }
    }

    private mutating func add(_ text: String, isPhrase: Bool, isExcluded: Bool) {
        let term = Term(text: text, matchesPrefix: !isPhrase && !isExcluded)
        guard !term.phrase.words.isEmpty else { return }
        if isExcluded { excluded.append(term) } else { required.append(term) }
    }

    private static func withoutControls(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .control ? " " : scalar
    }
}
