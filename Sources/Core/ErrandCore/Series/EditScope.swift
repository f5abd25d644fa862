/// Which tasks of a series an edit is about.
public enum EditScope: String, CaseIterable, Sendable {
    /// This occurrence alone.
    case this
    /// This one and all that will follow.
    case following
    /// All of the series, completed ones too; dates apart, which belong to each.
    case all
}
