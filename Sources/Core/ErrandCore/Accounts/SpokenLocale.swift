public import TaskLanguage

/// A language that is spoken here, and the order of day and month in numbers.
public struct SpokenLocale: Hashable, Sendable, LosslessStringConvertible {
    public let language: Language
    /// Whether `3/4` is 3 April.
    public let dayComesFirst: Bool
    /// The tag as it was given.
    public let description: String
    /// How long the parts of a language tag are (RFC 5646 §2.1).
    private static let subtag = 1...8

    /// Reads `en`, `en-US`, `de-AT` …: the language must be one that is spoken here.
    public init?(_ tag: String) {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ SpokenLocale.subtag.contains($0.utf8.count) }),
            parts.joined().utf8.allSatisfy({ Character(Unicode.Scalar($0)).isASCIILetterOrDigit }),
            let language = Language(rawValue: parts[0].lowercased())
        else { return nil }
        self.language = language
        dayComesFirst = !parts.contains { $0.uppercased() == "US" }
        description = tag
    }
}

extension FieldReader {
    /// `locale`: absent, or a tag of a language that is spoken here.
    mutating func locale() -> SpokenLocale? {
        parsed("locale", expected: "a language tag of a language that is spoken here: en, de") { SpokenLocale($0) }
    }
}

extension Character {
    fileprivate var isASCIILetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}
