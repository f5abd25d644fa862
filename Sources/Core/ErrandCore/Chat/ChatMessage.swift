public import CivilTime

/// What a user says in a chat, as it comes in.
public struct ChatMessage: Hashable, Sendable {
    /// The conversation that it goes on; nil for a new one.
    public let conversationID: ConversationID?
    public let text: String
    /// Whose clock words such as "at five" mean; nil for the user's own.
    public let zone: Zone?

    /// Reads `{message, conversation_id?, time_zone?}`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field; ``ErrandError/notFound(_:)`` for an id that can
    ///   be no conversation's.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        let text = reader.text("message", .message)
        reader.require("message")
        let id = reader.contains("conversation_id") ? reader.value("conversation_id") : nil
        let zone = reader.parsed("time_zone", expected: "an IANA time zone") { Zone(identifier: $0) }
        try reader.finish()
        self.text = text ?? ""
        self.zone = zone
        switch id {
        case nil, .null?: conversationID = nil
        case .string(let text)?:
            guard let id = ConversationID(text) else { throw .notFound(.conversation) }
            conversationID = id
        default: throw .notFound(.conversation)
        }
    }
}

/// What a chat answers, whatever made the answer.
public struct ChatAnswer: Hashable, Sendable {
    public let conversationID: ConversationID
    /// For a person, in their language: what was done or found, or what is asked.
    public internal(set) var response: String
    /// `{tool, tool_name, arguments, result}` of every call, in order; `result` has `undo` where the call can be taken
    /// back.
    public let toolCalls: [JSONValue]
    /// What is asked before anything is done: `{kind, tasks}`; nil where nothing is.
    public let question: JSONValue?
    /// Why it is not what a model would have said, where one was asked.
    public internal(set) var notice: Notice?
    /// Takes back what was changed last; nil when nothing was.
    public internal(set) var undoToken: String?

    public struct Notice: Hashable, Sendable {
        /// Stable, for programs.
        public let code: String
        /// For a person, in their language; ``ChatAnswer/response`` ends with it.
        public let detail: String
    }

    public var json: JSONValue {
        var object: JSONObject = [
            "conversation_id": .string(conversationID.description), "response": .string(response),
            "tool_calls": .array(toolCalls),
        ]
        if let question { object.append("needs_confirmation", question) }
        if let notice {
            object.append("notice", ["code": .string(notice.code), "detail": .string(notice.detail)])
        }
        if let undoToken { object.append("undo", .string(undoToken)) }
        return .object(object)
    }
}
