/// An e-mail address as an account name: checked for shape only, since nothing but a mail proves it.
public struct EmailAddress: Hashable, Sendable {
    public let text: String

    /// What two spellings of one address share.
    public var key: String { text.caseFolded }

    /// - Returns: nil unless browsers would take the text in an e-mail field (WHATWG HTML, "valid e-mail
    ///   address"), with at most ``Limits/emailLengthMax`` characters.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= Limits.emailLengthMax,
            parts[0].utf8.allSatisfy({ $0.isLetterOrDigit || EmailAddress.localSymbols.contains($0) }),
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy(EmailAddress.isLabel)
        else { return nil }
        self.text = text
    }

    private static let localSymbols = Set(".!#$%&'*+/=?^_`{|}~-".utf8)

    /// A label of a host name: letters, digits and inner hyphens, at most 63 (RFC 1034 §3.5).
    private static func isLabel(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return false
        }
        return bytes.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
