public import ErrandCore

/// A piece of what a tool or a prompt says.
public enum ContentBlock: Hashable, Sendable {
    case text(String)
    /// - Parameter type: such as `image/png`.
    case image([UInt8], type: String)
    /// - Parameter type: such as `audio/wav`.
    case audio([UInt8], type: String)
    /// A resource with what it says.
    case resource(ResourceContent)
    /// A resource that can be read.
    case link(uri: String, name: String)

    public var json: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let bytes, let type): ContentBlock.media("image", bytes, type)
        case .audio(let bytes, let type): ContentBlock.media("audio", bytes, type)
        case .resource(let content): ["type": "resource", "resource": content.json]
        case .link(let uri, let name): ["type": "resource_link", "uri": .string(uri), "name": .string(name)]
        }
    }

    private static func media(_ kind: String, _ bytes: [UInt8], _ type: String) -> JSONValue {
        ["type": .string(kind), "data": .string(Base64.text(of: bytes)), "mimeType": .string(type)]
    }
}

/// What a resource says.
public struct ResourceContent: Hashable, Sendable {
    public enum Body: Hashable, Sendable {
        case text(String)
        case bytes([UInt8])
    }

    public let uri: String
    /// Such as `application/json`.
    public let type: String
    public let body: Body

    public init(_ uri: String, type: String, _ body: Body) {
        self.uri = uri
        self.type = type
        self.body = body
    }

    public var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri), "mimeType": .string(type)]
        switch body {
        case .text(let text): object.append("text", .string(text))
        case .bytes(let bytes): object.append("blob", .string(Base64.text(of: bytes)))
        }
        return .object(object)
    }
}

extension ClientRequest {
    /// The answer of a tool.
    ///
    /// - Parameters:
    ///   - structured: the same as data; of every tool that has an output schema, unless it failed.
    ///   - isError: whether the tool could not do it, which a model may mend; what is no call at all is a
    ///     ``ProtocolError``.
    public func toolResponse(
        _ content: [ContentBlock], structured: JSONValue? = nil, isError: Bool = false
    ) -> JSONValue {
        var result: JSONObject = ["content": .array(content.map(\.json))]
        if let structured { result.append("structuredContent", structured) }
        result.append("isError", .bool(isError))
        return response(result)
    }

    /// The answer to a read of a resource.
    public func resourceResponse(_ content: ResourceContent, caching: Caching) -> JSONValue {
        response(["contents": [content.json]], caching: caching)
    }

    /// The answer of a prompt: what the user is to say, one piece a message.
    public func promptResponse(_ description: String, _ messages: [ContentBlock]) -> JSONValue {
        response([
            "description": .string(description),
            "messages": .array(messages.map { ["role": "user", "content": $0.json] }),
        ])
    }
}

/// RFC 4648 §4, with padding.
private enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            var four = [UInt8](repeating: UInt8(ascii: "="), count: 4)
            for place in stride(from: 3, through: 0, by: -1) {
                if place <= group.count { four[place] = digits[bits & 63] }
                bits >>= 6
            }
            text += four
        }
        return String(decoding: text, as: UTF8.self)
    }
}
