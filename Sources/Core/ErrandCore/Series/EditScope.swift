/// Which tasks of a series an edit is about.
public enum EditScope: String, CaseIterable, Sendable {
    /// This occurrence alone.
    case this
    /// This one and all that will follow.
    case following
    /// All of the series, completed ones too; dates apart, which belong to each.
    case all
}

extension EditScope {
    /// Reads `scope`; nil when it is not given.
    static func read(_ source: FieldSource) throws(ErrandError) -> EditScope? {
        var reader = FieldReader(source)
        let scope = reader.parsed("scope", expected: "this, following or all") { EditScope(rawValue: $0) }
        try reader.finish()
        return scope
    }
}
