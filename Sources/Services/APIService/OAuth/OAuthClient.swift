import CivilTime
import ErrandCore
import Foundation
import SignedTokens
import Synchronization

/// A program that asks to be let in: what it says of itself.
struct OAuthClient: Hashable, Sendable {
    let id: String
    let name: String
    let redirects: [String]

    private static let redirectsMax = 10
    private static let redirectLengthMax = 500
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "::1", "[::1]"]
    /// Schemes that do something else than open a program or a page.
    private static let refusedSchemes: Set<String> = [
        "javascript", "data", "vbscript", "file", "about", "blob", "ws", "wss", "ftp", "mailto", "http",
    ]

    /// Reads the metadata of a client (RFC 7591 §2).
    ///
    /// - Throws: ``OAuthError``.
    init(id: String, _ json: JSONValue) throws(OAuthError) {
        guard let items = json["redirect_uris"]?.array, (1...OAuthClient.redirectsMax).contains(items.count) else {
            throw OAuthError("invalid_redirect_uri", "Give 1 to \(OAuthClient.redirectsMax) redirect_uris.")
        }
        var redirects: [String] = []
        for item in items {
            guard let text = item.string, OAuthClient.isAllowed(text) else {
                throw OAuthError(
                    "invalid_redirect_uri", "Use https, http on the same machine, or a scheme of your own; no fragment."
                )
            }
            redirects.append(text)
        }
        let said = json["client_name"]?.string.map { String($0.prefix(Limits.nameLengthMax)) } ?? ""
        let host = URL(string: redirects[0])?.host ?? "A program"
        name = if case .success(let name) = TextRule.tokenName.apply(to: said) { name } else { host }
        self.id = id
        self.redirects = redirects
    }

    private static func isAllowed(_ text: String) -> Bool {
        guard text.utf8.count <= redirectLengthMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(), url.fragment == nil,
            !text.contains("#"), url.user == nil, url.password == nil
        else { return false }
        switch scheme {
        case "https": return url.host?.isEmpty == false
        case "http": return loopback.contains(url.host ?? "")
        default: return !refusedSchemes.contains(scheme)
        }
    }

    /// Whether a person may be sent there. Programs on the same machine take whatever port is free (RFC 8252 §7.3).
    func mayReturn(to address: String) -> Bool {
        if redirects.contains(address) { return true }
        guard let asked = URLComponents(string: address), asked.scheme == "http",
            OAuthClient.loopback.contains(asked.host ?? ""), OAuthClient.isAllowed(address)
        else { return false }
        return redirects.contains { known in
            var known = URLComponents(string: known)
            guard known?.scheme == "http", OAuthClient.loopback.contains(known?.host ?? "") else { return false }
            known?.port = asked.port
            return known?.string == asked.string
        }
    }
}

/// What OAuth fails with (RFC 6749 §5.2, RFC 7591 §3.2.2).
struct OAuthError: Error, Hashable, Sendable {
    let code: String
    let detail: String

    init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    var json: JSONValue { ["error": .string(code), "error_description": .string(detail)] }
}

/// Clients that are known: those that registered carry their own metadata, sealed, in their id, so nothing is kept of
/// them; the id of others is the address of their metadata (Client ID Metadata Document).
final class OAuthClients: Sendable {
    private static let purpose = "client"
    private static let prefix = "errand-client."
    private static let cachedMax = 200
    private static let cacheLifetime = Duration.minutes(10)

    private let notes: SealedNotes
    private let download: @Sendable (String) async throws -> [UInt8]
    private let cached = Mutex<[String: (client: OAuthClient, until: ContinuousClock.Instant)]>([:])

    /// - Parameter download: fetches a document from a public address, within limits.
    init(notes: SealedNotes, download: @escaping @Sendable (String) async throws -> [UInt8]) {
        self.notes = notes
        self.download = download
    }

    /// - Throws: ``OAuthError``; ``ErrandError/unavailable``.
    func register(_ json: JSONValue) throws -> OAuthClient {
        let client = try OAuthClient(id: "", json)
        let method = json["token_endpoint_auth_method"]?.string ?? "none"
        guard method == "none" else {
            throw OAuthError("invalid_client_metadata", "Clients keep no secret here: use the method none, with PKCE.")
        }
        let note: JSONValue = ["n": .string(client.name), "r": JSONValue(strings: client.redirects)]
        let id = OAuthClients.prefix + (try notes.seal(note, for: OAuthClients.purpose))
        guard id.utf8.count <= 3_000 else { throw OAuthError("invalid_client_metadata", "That is too much metadata.") }
        return try OAuthClient(id: id, client.metadata)
    }

    /// - Returns: nil for a client that nobody knows.
    func find(_ id: String) async -> OAuthClient? {
        if id.hasPrefix(OAuthClients.prefix) {
            guard let note = notes.open(String(id.dropFirst(OAuthClients.prefix.count)), for: OAuthClients.purpose),
                let name = note["n"], let redirects = note["r"]
            else { return nil }
            return try? OAuthClient(id: id, ["client_name": name, "redirect_uris": redirects])
        }
        guard let url = URLComponents(string: id), url.scheme == "https", url.host?.isEmpty == false,
            url.path.count > 1,
            url.fragment == nil, url.user == nil, id.utf8.count <= 500
        else { return nil }
        let now = ContinuousClock.now
        if let known = cached.withLock({ $0[id] }), now < known.until { return known.client }
        guard let bytes = try? await download(id), let json = try? JSONValue.parse(bytes),
            json["client_id"]?.string == id,
            let client = try? OAuthClient(id: id, json)
        else { return nil }
        cached.withLock { cached in
            if cached.count >= OAuthClients.cachedMax { cached = cached.filter { now < $0.value.until } }
            if cached.count < OAuthClients.cachedMax { cached[id] = (client, now + OAuthClients.cacheLifetime) }
        }
        return client
    }
}

extension OAuthClient {
    var metadata: JSONValue {
        ["client_name": .string(name), "redirect_uris": JSONValue(strings: redirects)]
    }
}
