public import ErrandCore

/// What comes of an answer of the chat before it is whole.
public enum ChatNews: Equatable, Sendable {
    /// A piece of the text.
    case text(String)
    /// Something was done or found.
    case call(JSONValue)
}

extension APIClient {
    /// Says something in the chat, and hands on the answer as it comes. Cancelling the task ends the work of the
    /// server.
    ///
    /// - Parameters:
    ///   - body: `{message, conversation_id?}`.
    ///   - key: unique to this message, as in ``Call/write(_:_:body:key:)``.
    /// - Returns: the whole answer.
    public func say(
        _ body: JSONValue, key: String, hear: (ChatNews) -> Void
    ) async throws(ClientError) -> JSONValue {
        try await follow(.streamedWrite(.post, ["chat"], body: body, key: key)) { name, json in
            switch name {
            case "delta": hear(.text(json["text"]?.string ?? ""))
            case "tool": hear(.call(json))
            default: break
            }
        }
    }
}
