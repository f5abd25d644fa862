/// An e-mail address as an account name: checked for shape only, since nothing but a mail proves it.
public struct EmailAddress: Hashable, Sendable {
    public let text: String

    /// What two spellings of one address share.
    public var key: String { text.caseFolded }

    /// - Returns: nil unless the text is `local@domain` without spaces, controls or a second `@`, with at most
    ///   64 bytes before the `@` (RFC 5321 §4.5.3.1) and ``Limits/emailLengthMax`` in all.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), !parts[1].isEmpty,
            text.utf8.count <= Limits.emailLengthMax, !parts[1].hasPrefix("."), !parts[1].hasSuffix("."),
            !parts[1].contains(".."),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace }),
            text.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        self.text = text
    }
}
