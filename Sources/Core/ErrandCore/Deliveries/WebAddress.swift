import Foundation

/// The address of somebody's server that this program calls: checked for shape here, and for where it leads to at
/// every call, since names lead elsewhere tomorrow.
public struct WebAddress: Hashable, Sendable {
    public let text: String
    /// In lower case.
    public let host: String
    /// Scheme, host and port, the usual one left out (RFC 6454 §6.2), as a VAPID token's audience has them
    /// (RFC 8292 §2).
    public let origin: String

    /// - Returns: nil unless it is `https`, names a host, and has no user, password or fragment. `http` will do for
    ///   this machine, so that programs can be tried out.
    public init?(_ text: String) {
        guard text.utf8.count <= Limits.destinationURLLengthMax,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(), url.user == nil,
            url.password == nil, !text.contains("#"), let host = url.host?.lowercased(), !host.isEmpty,
            scheme == "https" || scheme == "http" && WebAddress.loopback.contains(host)
        else { return nil }
        if let port = url.port, !(1...65_535).contains(port) { return nil }
        self.text = text
        self.host = host
        let port = url.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : ":\($0)" }
        origin = "\(scheme)://\(host)" + (port ?? "")
    }

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]", "::1"]
}
