public import ErrandCore

/// Resources that a client wants to be told of, and the messages that tell it.
public struct Subscription: Hashable, Sendable {
    /// Of the request that asked for it; nil for what was subscribed to one by one in the earlier era.
    private let request: ClientRequest?
    public private(set) var uris: [String]

    /// What `subscriptions/listen` asks for; nil for any other request.
    public init?(_ request: ClientRequest) {
        guard case .listen(let uris) = request.operation else { return nil }
        self.request = request
        self.uris = uris
    }

    /// Nothing, of the earlier era, until somebody subscribes.
    public init() {
        request = nil
        uris = []
    }

    public mutating func add(_ uri: String) { if !uris.contains(uri) { uris.append(uri) } }
    public mutating func remove(_ uri: String) { uris.removeAll { $0 == uri } }

    /// Leaves out what cannot be followed.
    public mutating func keep(where isFollowed: (String) -> Bool) { uris.removeAll { !isFollowed($0) } }

    /// The first message on its way back: what will be told of. Nil in the earlier era.
    public var acknowledgement: JSONValue? {
        guard request != nil else { return nil }
        var honoured = JSONObject()
        if !uris.isEmpty { honoured.append("resourceSubscriptions", JSONValue(strings: uris)) }
        return notification("notifications/subscriptions/acknowledged", ["notifications": .object(honoured)])
    }

    /// Says that a resource is not what it was.
    public func updated(_ uri: String) -> JSONValue {
        notification("notifications/resources/updated", ["uri": .string(uri)])
    }

    /// The last message; nil in the earlier era.
    public var end: JSONValue? {
        guard let request else { return nil }
        return request.response(["_meta": [MetaKey.subscription: request.id.json]])
    }

    private func notification(_ method: String, _ params: JSONObject) -> JSONValue {
        var params = params
        if let request { params.append("_meta", [MetaKey.subscription: request.id.json]) }
        return ["jsonrpc": "2.0", "method": .string(method), "params": .object(params)]
    }
}
