import Foundation

/// Whom operators of push services can turn to about messages of this installation (RFC 8292 §2.1): some refuse
/// messages of nobody, and of addresses that nobody can be behind.
public struct VapidContact: Hashable, Sendable {
    /// Bytes of a contact; what an address of e-mail may have.
    public static let lengthMax = 254

    /// `mailto:…` or `https://…`.
    public let text: String

    /// - Returns: nil for anything but an address of e-mail or a page, of a host that others could reach.
    public init?(_ text: String) {
        guard text.utf8.count <= VapidContact.lengthMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let host = VapidContact.host(of: text), VapidContact.isReachable(host)
        else { return nil }
        self.text = text
    }

    private static func host(of text: String) -> String? {
        if text.hasPrefix("mailto:") {
            let parts = text.dropFirst(7).split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !text.contains("?") else { return nil }
            return parts[1].lowercased()
        }
        guard text.hasPrefix("https://"), let url = URL(string: text), url.user == nil else { return nil }
        return url.host?.lowercased()
    }

    /// A name with a dot whose last part is not set aside for private use (RFC 6761, RFC 6762, RFC 8375).
    private static func isReachable(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let set: Set<String> = ["localhost", "local", "test", "invalid", "internal", "arpa"]
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && labels.last.map { !set.contains(String($0)) && $0.contains(where: \.isLetter) } == true
    }
}
