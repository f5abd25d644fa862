/// What a person typed into the search box, taken apart: words, `"phrases"` and `-not`.
///
/// Every text is a valid query. Words match from their beginning (`rep` finds "report"), phrases and
/// excluded words match whole words only; all of them have to hold. Stores compare without regard to
/// case and diacritics.
public struct SearchQuery: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        /// One or more words that follow one another; has at least one letter, digit or symbol.
        public let text: String
        public let matchesPrefix: Bool
    }

    public private(set) var required: [Term] = []
    public private(set) var excluded: [Term] = []

    /// True when there was nothing to search for in the text, only punctuation: such a search finds nothing.
    public var isEmpty: Bool { required.isEmpty && excluded.isEmpty }

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
        guard text.unicodeScalars.contains(where: SearchQuery.isSearchable) else { return }
        if isExcluded {
            excluded.append(Term(text: text, matchesPrefix: false))
        } else {
            required.append(Term(text: text, matchesPrefix: !isPhrase))
        }
    }

    private static func withoutControls(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .control ? " " : scalar
    }

    /// Letters, digits and symbols such as emoji are indexed; punctuation separates words.
    public static func isSearchable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .otherSymbol, .privateUse:
            true
        default: false
        }
    }
}
