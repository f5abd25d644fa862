import AsyncHTTPClient
import Foundation
import NIOHTTP1

extension HTTPCall {
    /// Fields that prove who calls: for the host they were meant for, and nobody else.
    private static let credentials: Set<String> = ["authorization", "cookie", "proxy-authorization"]

    /// The call that a redirect asks for (RFC 9110 §15.4); nil when the answer is none, or this call follows none.
    ///
    /// - Throws: ``HTTPCallError/invalidAddress`` where it leads to nothing that can be called, or out of the
    ///   encryption.
    func redirected(by response: HTTPClientResponse) throws(HTTPCallError) -> HTTPCall? {
        guard [301, 302, 303, 307, 308].contains(response.status.code), method == "GET" || method == "HEAD",
            let location = response.headers.first(name: "location")
        else { return nil }
        guard let here = URL(string: url), let there = URL(string: location, relativeTo: here)?.absoluteURL,
            let scheme = there.scheme?.lowercased(), scheme == "https" || scheme == here.scheme?.lowercased()
        else { throw .invalidAddress }
        var next = self
        next.url = there.absoluteString
        if HTTPCall.origin(there) != HTTPCall.origin(here) {
            next.headers.removeAll {
                HTTPCall.credentials.contains($0.name.lowercased()) || $0.name.lowercased() == "host"
            }
        }
        return next
    }

    private static func origin(_ url: URL) -> String {
        let scheme = url.scheme?.lowercased() ?? ""
        return "\(scheme)://\(url.host?.lowercased() ?? ""):\(url.port ?? (scheme == "https" ? 443 : 80))"
    }
}
