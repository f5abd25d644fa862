public import CivilTime
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
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
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
