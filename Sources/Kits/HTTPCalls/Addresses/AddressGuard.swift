import Foundation

/// Finds out where a call may go, so that whoever may name an address cannot have us call what only we can reach: this
/// machine, its neighbours, the metadata of a cloud (server-side request forgery).
///
/// How it works: the name is resolved **once**. Unless every address it has is public (``NetworkAddress/isPublic``),
/// the call is refused before any packet goes there. If they are, the connection is made to one of **these very
/// addresses** and the name is not asked for again: TLS (SNI and the certificate) and the field `Host` keep the name.
/// So a name whose answer changes between check and connection (DNS rebinding) has nothing to gain, nor has a name with
/// a public and a private address. A redirect that is followed is checked in the same way.
///
/// A host that the operator has named as private (``HTTPCallOptions/privateHosts``) is let through with any address;
/// the one that is connected to is still the one that was looked up.
///
/// What it does not do: it looks at addresses, not at ports; and machines that are private although their addresses are
/// public are not known to it.
struct AddressGuard: Sendable {
    /// Where a call goes.
    struct Destination: Hashable, Sendable {
        /// As it stands in the URL.
        let host: String
        let address: NetworkAddress
    }

    /// Addresses of one name that are tried in turn, while none lets us connect.
    static let attemptsMax = 4

    let privateHosts: Set<String>
    let isAllowed: @Sendable (NetworkAddress) -> Bool
    let lookup: @Sendable (String) async throws(HTTPCallError) -> [NetworkAddress]

    /// Where a call of `url` may connect to, best first; never empty.
    ///
    /// - Throws: ``HTTPCallError/forbiddenAddress``, ``HTTPCallError/invalidAddress``, and what looking up throws.
    func destinations(of url: URL) async throws(HTTPCallError) -> [Destination] {
        // The same reading of the URL as the client's own, or it would look for a name that we have not checked.
        guard let host = url.host.map(AddressGuard.withoutBrackets), !host.isEmpty,
            host.utf8.allSatisfy(AddressGuard.isOfHost)
        else { throw .invalidAddress }
        let addresses: [NetworkAddress]
        if let address = NetworkAddress(host) {
            addresses = [address]
        } else {
            addresses = try await lookup(host)
        }
        guard !addresses.isEmpty else { throw .noSuchHost }
        guard isPrivate(host, of: url) || addresses.allSatisfy(isAllowed) else { throw .forbiddenAddress }
        return addresses.prefix(AddressGuard.attemptsMax).map { Destination(host: host, address: $0) }
    }

    /// Whether the operator lets it be called wherever it is.
    private func isPrivate(_ host: String, of url: URL) -> Bool {
        let name = host.lowercased()
        let port = url.port ?? (url.scheme?.lowercased() == "https" ? 443 : 80)
        return privateHosts.contains(name) || privateHosts.contains("\(name):\(port)")
    }

    private static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    /// Letters, digits and what else names and addresses are written with; a zone (`%`) is for links.
    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._:".utf8.contains(byte)
        }
    }
}
