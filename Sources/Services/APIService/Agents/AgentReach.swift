import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import Hummingbird

/// From which pages a request may come, and under which name the server may be called: what keeps a page of somebody
/// else's from reaching a server on the same machine (DNS rebinding).
public struct AgentReach: Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]", "::1"]

    private let publicURL: String
    /// Whether nobody but this machine can reach the server.
    private let isLocal: Bool

    /// - Parameters:
    ///   - publicURL: where people reach the server.
    ///   - listens: the address that the server listens on.
    public init(publicURL: String, listens host: String) {
        self.publicURL = publicURL
        let name = URL(string: publicURL)?.host ?? ""
        isLocal = AgentReach.loopback.contains(host) && AgentReach.loopback.contains(name)
    }

    /// - Throws: ``Problem/crossSiteRequest``. Programs that are no browsers send no Origin, and pass.
    func check(_ request: Request) throws(Problem) {
        guard admits(host: request.head.authority ?? "", origin: request.headers[.origin]) else {
            throw .crossSiteRequest
        }
    }

    /// - Parameters:
    ///   - authority: how the server is called, `Host` of HTTP.
    ///   - origin: of the page that calls; nil for a program.
    package func admits(host authority: String, origin: String?) -> Bool {
        if isLocal, !AgentReach.loopback.contains(AgentReach.name(of: authority)) { return false }
        guard let origin, origin != publicURL else { return true }
        guard let separator = origin.range(of: "://") else { return false }
        let other = String(origin[separator.upperBound...])
        return other == authority || isLocal && AgentReach.loopback.contains(AgentReach.name(of: other))
    }

    /// An authority without its port.
    private static func name(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }
}
