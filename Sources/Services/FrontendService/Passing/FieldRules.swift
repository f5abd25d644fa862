import ErrandHTTP
import HTTPTypes

/// Which header fields go on, and which end here.
enum FieldRules {
    /// Of one connection (RFC 9110 §7.6.1), or made anew for the next.
    private static let ofConnection: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]
    /// Written by us, so that no client can make them up.
    private static let ofProxies: Set<String> = [
        "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-request-id",
        "traceparent",
    ]

    /// What a client has sent, without what is not for the API.
    static func request(_ fields: HTTPFields) -> HTTPFields {
        kept(fields) { !ofProxies.contains($0) }
    }

    /// What the API has answered, without what is not for the client.
    static func response(_ fields: HTTPFields) -> HTTPFields {
        kept(fields) { _ in true }
    }

    private static func kept(_ fields: HTTPFields, _ isFit: (String) -> Bool) -> HTTPFields {
        let named = Set(fields[values: .connection].flatMap { ClientAddress.list($0.lowercased()) })
        var kept = HTTPFields()
        for field in fields {
            let name = field.name.canonicalName
            if !ofConnection.contains(name), !named.contains(name), isFit(name) { kept.append(field) }
        }
        return kept
    }
}
