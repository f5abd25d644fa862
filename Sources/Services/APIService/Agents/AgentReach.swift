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
        let authority = request.head.authority ?? ""
        if isLocal, !AgentReach.loopback.contains(AgentReach.name(of: authority)) { throw .crossSiteRequest }
        guard let origin = request.headers[.origin] else { return }
        if origin == publicURL { return }
        guard let separator = origin.range(of: "://") else { throw .crossSiteRequest }
        let other = String(origin[separator.upperBound...])
        if other == authority { return }
        guard isLocal, AgentReach.loopback.contains(AgentReach.name(of: other)) else { throw .crossSiteRequest }
    }

    /// An authority without its port.
    private static func name(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }
}
