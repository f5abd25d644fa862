import Foundation

/// The server that mails are handed to, and how to be let in there.
public struct SMTPServer: Hashable, Sendable {
    /// How to prove who one is (RFC 4954): `auto` lets the server choose among those that it offers.
    public enum Authentication: String, CaseIterable, Sendable {
        case auto, plain, login, xoauth2

        /// As libcurl's `CURLOPT_LOGIN_OPTIONS` has it; nil for its own choice.
        var loginOption: String? {
            switch self {
            case .auto: nil
            case .plain: "AUTH=PLAIN"
            case .login: "AUTH=LOGIN"
            case .xoauth2: "AUTH=XOAUTH2"
            }
        }
    }

    /// `smtps://host:port` for TLS from the first octet, `smtp://host:port` for STARTTLS. Holds no password.
    public let address: String
    /// TLS comes first, without asking (RFC 8314); else STARTTLS has to be offered.
    public let isImplicitTLS: Bool
    public let user: String
    /// Or the bearer token of ``Authentication/xoauth2``.
    public let password: String
    public let authentication: Authentication
    /// A file with the certificates of those who may vouch for the server, in PEM; nil for the system's.
    public let authorities: String?

    /// - Parameter url: `smtps://user:password@host:465`, or `smtp://…:587`; user and password percent-encoded, or
    ///   neither.
    /// - Returns: nil for anything else.
    public init?(url: String, authentication: Authentication = .auto, authorities: String? = nil) {
        guard url.utf8.count <= 2_000, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "smtp" || scheme == "smtps", let host = parts.host, !host.isEmpty,
            parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil,
            (parts.user == nil) == (parts.password == nil)
        else { return nil }
        let port = parts.port ?? (scheme == "smtps" ? 465 : 587)
        guard (1...65_535).contains(port) else { return nil }
        let (user, password) = (parts.user ?? "", parts.password ?? "")
        // Neither can be a part of a line of the dialogue, whatever they are.
        guard [user, password].allSatisfy({ text in text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            return nil
        }
        address = "\(scheme)://\(host):\(port)"
        isImplicitTLS = scheme == "smtps"
        self.user = user
        self.password = password
        self.authentication = authentication
        self.authorities = authorities
    }
}
