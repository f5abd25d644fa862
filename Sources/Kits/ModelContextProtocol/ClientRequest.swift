public import ErrandCore

/// Something that a client asks for, understood.
public struct ClientRequest: Hashable, Sendable {
    public enum Operation: Hashable, Sendable {
        case listTools(cursor: String?)
        /// - Parameter arguments: `null` where there are none.
        case callTool(name: String, arguments: JSONValue)
        case listResources(cursor: String?)
        case listTemplates(cursor: String?)
        case readResource(uri: String)
        case listPrompts(cursor: String?)
        case getPrompt(name: String, arguments: [String: String])
        case complete(CompletionRequest)
        /// Until the conversation ends; only of the earlier era.
        case subscribe(uri: String)
        case unsubscribe(uri: String)
        /// Until it is cancelled or the connection ends; only of the later era.
        case listen(uris: [String])
    }

    /// What a person answered to a question that an earlier answer put.
    public enum InputResponse: Hashable, Sendable {
        case accepted(JSONValue)
        case declined
    }

    public let id: MessageID
    public let era: ProtocolEra
    public let operation: Operation
    public let meta: JSONObject
    /// Whether the client can put a form to a person.
    public let canAsk: Bool
    public let inputResponses: [String: InputResponse]
    public let requestState: String?
    /// What the server says of itself in each answer.
    let serverInfo: JSONValue

    /// Under which progress is told; nil where nobody wants to know.
    public var progressToken: JSONValue? {
        switch meta[MetaKey.progressToken] {
        case .string(let text)?: .string(text)
        case .integer(let number)?: .integer(number)
        default: nil
        }
    }
}

/// What an argument could be.
public struct CompletionRequest: Hashable, Sendable {
    public enum Reference: Hashable, Sendable {
        case prompt(String)
        case resource(uri: String)
    }

    public let reference: Reference
    public let argument: String
    /// As much as has been typed.
    public let value: String

    public init(reference: Reference, argument: String, value: String) {
        self.reference = reference
        self.argument = argument
        self.value = value
    }
}

/// How long an answer is good for, and for whom.
public enum Caching: Hashable, Sendable {
    /// For everybody.
    case shared(milliseconds: Int64)
    /// For the user who asked.
    case own(milliseconds: Int64)

    fileprivate var members: JSONObject {
        switch self {
        case .shared(let milliseconds): ["ttlMs": .integer(milliseconds), "cacheScope": "public"]
        case .own(let milliseconds): ["ttlMs": .integer(milliseconds), "cacheScope": "private"]
        }
    }
}

extension ClientRequest {
    /// The answer, in the form of the request's era.
    ///
    /// - Parameter caching: of lists and resources, which have to say it.
    public func response(_ result: JSONObject, caching: Caching? = nil) -> JSONValue {
        ClientRequest.response(to: id, era, result, caching: caching, serverInfo)
    }

    static func response(
        to id: MessageID, _ era: ProtocolEra, _ result: JSONObject, caching: Caching?, _ serverInfo: JSONValue,
        type: String = "complete"
    ) -> JSONValue {
        var result = result
        if era.isModern {
            result["resultType"] = .string(type)
            for member in caching?.members.members ?? [] { result[member.name] = member.value }
            var meta = result["_meta"]?.object ?? JSONObject()
            meta[MetaKey.serverInfo] = serverInfo
            result["_meta"] = .object(meta)
        }
        return ["jsonrpc": "2.0", "id": id.json, "result": .object(result)]
    }

    public func failure(_ error: ProtocolError) -> JSONValue { error.response(to: id) }

    /// How far the work has come; nil where nobody wants to know.
    public func progress(_ done: Int, of total: Int) -> JSONValue? {
        progressToken.map { token in
            [
                "jsonrpc": "2.0", "method": "notifications/progress",
                "params": ["progressToken": token, "progress": JSONValue(done), "total": JSONValue(total)],
            ]
        }
    }
}
