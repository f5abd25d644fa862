/// Something that could have been meant but was not clear; it stays in the title unless said otherwise.
public struct ParsedWarning: Hashable, Sendable {
    /// Stable, for programs: `unclear_date`, `past_date` …
    public let code: String
    /// A sentence for a person.
    public let detail: String
    /// UTF-16 code units; nil where it is about the whole line.
    public let range: Range<Int>?

    static func pastDate(_ range: Range<Int>) -> ParsedWarning {
        ParsedWarning(code: "past_date", detail: "This day has passed.", range: range)
    }

    public init(code: String, detail: String, range: Range<Int>?) {
        self.code = code
        self.detail = detail
        self.range = range
    }
}
