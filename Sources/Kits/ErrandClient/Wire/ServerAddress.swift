public import Foundation

/// Where a server is: scheme, host, port and an optional base path, in one spelling per server.
public struct ServerAddress: Hashable, Sendable, LosslessStringConvertible {
    public let description: String
    /// Whether what is sent there can be read on the way: plain HTTP to another machine.
    public let isExposed: Bool
    private let base: URLComponents

    /// Where `errand serve` listens unless told otherwise.
    public static let standard = ServerAddress(localPort: 8080)

    private init(localPort: Int) {
        var base = URLComponents()
        base.scheme = "http"
        base.host = "localhost"
        base.port = localPort
        self.init(base: base)
    }

    private init(base: URLComponents) {
        self.base = base
        let host = base.host ?? ""
        let port = base.port.map { ":\($0)" } ?? ""
        description = "\(base.scheme ?? "")://\(host)\(port)\(base.percentEncodedPath)"
        let isLocal = host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || host.hasPrefix("127.")
        isExposed = base.scheme == "http" && !isLocal
    }

    /// Reads an `http` or `https` address; without a scheme, `https` is meant, or `http` on this machine.
    ///
    /// - Returns: nil when there is no host, or there is anything after the path or a password in it.
    public init?(_ text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        let isBare = !trimmed.contains("://")
        let isLocal = trimmed.hasPrefix("localhost") || trimmed.hasPrefix("127.")
        let full = isBare ? (isLocal ? "http://" : "https://") + trimmed : trimmed
        guard let parts = URLComponents(string: full), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        var base = URLComponents()
        base.scheme = scheme
        base.host = host.lowercased()
        base.port = parts.port == (scheme == "http" ? 80 : 443) ? nil : parts.port
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        base.percentEncodedPath = path
        self.init(base: base)
    }

    /// The address of a resource.
    ///
    /// - Parameters:
    ///   - path: Segments as plain text; each is encoded whole, slashes included.
    ///   - query: Names and values as plain text.
    /// - Returns: nil when the parts do not make an address.
    public func url(path: [String], query: [(name: String, value: String)]) -> URL? {
        var parts = base
        parts.percentEncodedPath = base.percentEncodedPath + path.map { "/" + ServerAddress.encoded($0) }.joined()
        if !query.isEmpty {
            // URLQueryItem leaves "+" as it is, which servers read as a space.
            parts.percentEncodedQuery = query.map {
                "\(ServerAddress.encoded($0.name))=\(ServerAddress.encoded($0.value))"
            }.joined(separator: "&")
        }
        return parts.url
    }

    /// Everything but the unreserved characters of RFC 3986 §2.3, percent-encoded.
    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    public static func == (left: ServerAddress, right: ServerAddress) -> Bool { left.description == right.description }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
