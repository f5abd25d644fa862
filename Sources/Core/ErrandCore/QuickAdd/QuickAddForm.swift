public import CivilTime
import TaskLanguage

/// A line of quick add, checked but not yet read.
public struct QuickAddForm: Hashable, Sendable {
    public let text: String
    public let isDryRun: Bool
    /// Where the words are said; nil for the user's own zone.
    public let zone: Zone?
    /// How they are meant; nil as the user's settings say.
    public let locale: SpokenLocale?
    /// When the words are said; nil for now.
    public let now: Instant?

    /// Reads `{text, dry_run?, time_zone?, locale?, now?}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        reader.require("text")
        text = reader.text("text", .quickAdd) ?? ""
        isDryRun = reader.bool("dry_run") ?? false
        zone = reader.parsed("time_zone", expected: "an IANA time zone such as Europe/Paris, or UTC") {
            Zone(identifier: $0)
        }
        locale = reader.locale()
        now = reader.parsed("now", expected: "an RFC 3339 date-time with offset") { text in
            Instant(text).flatMap { (1901...2998).contains(Int(text.prefix(4)) ?? 0) ? $0 : nil }
        }
        try reader.finish()
    }

    /// What the line says to this user.
    func read(_ settings: UserSettings, at moment: Instant) -> QuickAddReading {
        var local = settings
        local.zone = zone ?? settings.zone
        local.locale = locale ?? settings.locale
        let parsed = QuickAdd.parse(text, in: local.language(at: now ?? moment))
        return QuickAddReading(parsed: parsed, zone: local.zone, isAbroad: local.zone != settings.zone)
    }
}
