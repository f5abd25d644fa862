public import ErrandCore

/// Why a message is not answered with a result (JSON-RPC 2.0 §5.1, and the codes that the protocol adds).
public struct ProtocolError: Error, Hashable, Sendable {
    public let code: Int
    /// A sentence for a person; never an internal.
    public let message: String
    public let data: JSONValue?

    public init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    public static let parseError = ProtocolError(code: -32700, message: "The message is not JSON.")
    public static let internalError = ProtocolError(code: -32603, message: "Something went wrong on our side.")

    public static func invalidRequest(_ reason: String) -> ProtocolError {
        ProtocolError(code: -32600, message: reason)
    }

    public static func unknownMethod(_ method: String) -> ProtocolError {
        ProtocolError(code: -32601, message: "There is no method \(method.prefix(100)).")
    }

    public static func invalidParams(_ reason: String, data: JSONValue? = nil) -> ProtocolError {
        ProtocolError(code: -32602, message: reason, data: data)
    }

    /// What the transport says of the message is not what the message says.
    public static func headerMismatch(_ reason: String) -> ProtocolError {
        ProtocolError(code: -32020, message: reason)
    }

    public static func missingCapability(_ capability: JSONObject) -> ProtocolError {
        ProtocolError(
            code: -32021, message: "The client lacks a capability that this needs.",
            data: ["requiredCapabilities": .object(capability)]
        )
    }

    public static func unsupportedVersion(_ requested: String) -> ProtocolError {
        ProtocolError(
            code: -32022, message: "This revision of the protocol is not spoken here.",
            data: [
                "supported": JSONValue(strings: ProtocolEra.modernVersions),
                "requested": .string(String(requested.prefix(100))),
            ]
        )
    }

    public static func resourceNotFound(_ uri: String, in era: ProtocolEra) -> ProtocolError {
        ProtocolError(
            code: era.isModern ? -32602 : -32002, message: "There is no such resource.",
            data: ["uri": .string(String(uri.prefix(500)))]
        )
    }

    /// - Parameter id: nil where the message has none that can be read; then there is no member for it.
    public func response(to id: MessageID?) -> JSONValue {
        var error: JSONObject = ["code": JSONValue(code), "message": .string(message)]
        if let data { error.append("data", data) }
        var response: JSONObject = ["jsonrpc": "2.0"]
        if let id { response.append("id", id.json) }
        response.append("error", .object(error))
        return .object(response)
    }
}
