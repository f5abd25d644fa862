public import Hummingbird

/// Who a request comes from on the network, as far as those in between can be believed.
public struct ClientAddress: Hashable, Sendable {
    /// The client's own address.
    public let text: String
    /// From the client to whoever has connected to us: what the next hop is told in `X-Forwarded-For`. What the client
    /// itself has claimed there is left out.
    public let chain: [String]

    /// - Parameter trustedProxies: proxies in front of us that add to `X-Forwarded-For`; 0 when people connect
    ///   directly. Of no account for a request whose client a caller has vouched for.
    public init(_ request: Request, _ context: ErrandRequestContext, trustedProxies: Int) {
        self.init(
            request, peer: context.peerAddress, vouched: context.vouchedAddress, trustedProxies: trustedProxies
        )
    }

    /// - Parameters:
    ///   - peer: the other end of the connection; nil where there is none.
    ///   - vouched: the client's address, where a caller that is believed has told it.
    init(_ request: Request, peer: String?, vouched: String? = nil, trustedProxies: Int) {
        let peer = peer ?? "unknown"
        if let vouched {
            (text, chain) = (vouched, [vouched])
            return
        }
        let claimed = ClientAddress.list(request.headers[.forwardedFor])
        // Too few of them: somebody has gone round the proxies.
        let trusted = trustedProxies > 0 && claimed.count >= trustedProxies ? claimed.suffix(trustedProxies) : []
        chain = trusted + [peer]
        text = chain[0]
    }

    /// The members of a list field, the client's first.
    package static func list(_ field: String?) -> [String] {
        (field ?? "").split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }.filter { !$0.isEmpty }
    }
}
