/// A piece of the text and what it was read as.
public struct ParsedSpan: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case due, recurrence, priority, tag, reminder
    }

    /// UTF-16 code units, as browsers count.
    public let range: Range<Int>
    public let kind: Kind
    public let text: String

    public init(range: Range<Int>, kind: Kind, text: String) {
        self.range = range
        self.kind = kind
        self.text = text
    }
}
