/// A row of the catalogue for what a door has a part in: it hashes, signs or writes a stream, so JSON in and JSON out
/// do not describe it and no tool can be made of it.
public struct AssistedOperation: Hashable, Sendable {
    /// As ``CatalogueEntry/name``.
    public let name: String
    /// What it does, in a sentence.
    public let summary: String
    /// The right it takes; nil before there is anybody to have rights.
    public let scope: Scope?

    init(_ name: String, _ summary: String, scope: Scope? = nil) {
        self.name = name
        self.summary = summary
        self.scope = scope
    }
}
