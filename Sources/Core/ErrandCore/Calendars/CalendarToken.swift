/// How far a calendar program has seen the tasks of a space: what sync-tokens stand for (RFC 6578 §3.2).
public struct CalendarToken: Hashable, Sendable, LosslessStringConvertible {
    private static let prefix = "urn:errand:sync:"

    /// The last change of a task that was seen.
    public let change: ChangeNumber
    /// The last change of what programs wrote that was seen.
    public let revision: Int64

    init(change: ChangeNumber, revision: Int64) {
        self.change = change
        self.revision = revision
    }

    /// Reads what ``description`` wrote; nil for everything else.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let change = Int64(parts[0]), let revision = Int64(parts[1]), change >= 0, revision >= 0
        else { return nil }
        self.init(change: ChangeNumber(change), revision: revision)
    }

    public var description: String { "\(Self.prefix)\(change).\(revision)" }
}
