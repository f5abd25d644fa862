public import ErrandCore

/// One message of JSON-RPC 2.0, read but not yet understood.
public enum IncomingMessage: Hashable, Sendable {
    case request(id: MessageID, method: String, params: JSONObject)
    case notification(method: String, params: JSONObject)
    /// An answer to something that a server has asked; ours ask in results, so none is waited for.
    case response

    /// - Throws: `invalidRequest` for what is no message, and for batches, which no revision that is spoken here has.
    public init(_ json: JSONValue) throws(ProtocolError) {
        if json.array != nil { throw .invalidRequest("Send one message at a time; there are no batches.") }
        guard let object = json.object, object["jsonrpc"] == "2.0" else {
            throw .invalidRequest("The message must be an object with jsonrpc: \"2.0\".")
        }
        guard let name = object["method"] else {
            if object["result"] != nil || object["error"] != nil {
                self = .response
                return
            }
            throw .invalidRequest("The message has no method.")
        }
        guard let method = name.string else { throw .invalidRequest("The method must be a string.") }
        let params: JSONObject
        switch object["params"] {
        case nil: params = JSONObject()
        case .object(let members)?: params = members
        default: throw .invalidRequest("The params must be an object.")
        }
        if object["id"] == nil {
            self = .notification(method: method, params: params)
        } else if let id = MessageID(object["id"]) {
            self = .request(id: id, method: method, params: params)
        } else {
            throw .invalidRequest("The id must be a string or a whole number.")
        }
    }

    /// The id of something that may be no message, so that it can be told what is wrong.
    public static func id(of json: JSONValue) -> MessageID? { MessageID(json["id"]) }
}

/// What a transport says of a message beside it. HTTP says it in headers, so that proxies need not read bodies.
public struct Envelope: Hashable, Sendable {
    /// `MCP-Protocol-Version`
    public let version: String?
    /// `Mcp-Method`
    public let method: String?
    /// `Mcp-Name`, decoded.
    public let name: String?

    public init(version: String?, method: String?, name: String?) {
        self.version = version
        self.method = method
        self.name = name
    }
}

extension Envelope {
    /// What HTTP has to say beside a message of the later era; nothing beside others.
    public init(describing json: JSONValue) {
        let params = json["params"]
        guard let version = params?["_meta"]?[MetaKey.version]?.string else {
            self.init(version: nil, method: nil, name: nil)
            return
        }
        let method = json["method"]?.string
        let name: JSONValue? =
            switch method {
            case "tools/call", "prompts/get": params?["name"]
            case "resources/read": params?["uri"]
            default: nil
            }
        self.init(version: version, method: method, name: name?.string)
    }
}
