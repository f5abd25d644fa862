public import CivilTime

/// Something that one side said, and what it had done for it.
public struct ConversationTurn: Hashable, Sendable {
    public enum Speaker: String, Sendable {
        case user, assistant
    }

    public let speaker: Speaker
    /// Of a user 1 to ``Limits/messageLengthMax`` characters, of the assistant at most ``Limits/answerLengthMax``.
    public let text: String
    /// The calls of tools that led to an answer, as clients see them, in their order.
    public let toolCalls: [JSONValue]
    public let at: Instant

    /// - Throws: ``ErrandError/invalid(_:)`` with `/text` or `/tool_calls`, when a limit is exceeded or the text holds
    ///   control characters other than line breaks and tabs.
    public init(
        _ speaker: Speaker, _ text: String, toolCalls: [JSONValue] = [], at instant: Instant
    ) throws(ErrandError) {
        switch (speaker == .user ? TextRule.message : TextRule.answer).apply(to: text) {
        case .success(let text): self.text = text
        case .failure(let violation): throw .invalid("/text", violation.code, violation.detail)
        }
        let calls = JSONValue.array(toolCalls)
        guard calls.serialized().count <= Limits.toolCallBytesMax else {
            throw .invalid("/tool_calls", .tooLong, "Must have at most \(Limits.toolCallBytesMax) bytes as JSON.")
        }
        guard calls.depth <= Limits.toolCallDepthMax else {
            throw .invalid("/tool_calls", .tooMany, "Must have at most \(Limits.toolCallDepthMax) levels.")
        }
        self.speaker = speaker
        self.toolCalls = toolCalls
        at = instant
    }

    public var json: JSONValue {
        [
            "role": .string(speaker.rawValue), "text": .string(text), "tool_calls": .array(toolCalls),
            "at": .string(at.description),
        ]
    }

    /// As clients see it: without what only the service keeps among the calls.
    public var shown: JSONValue {
        guard case .object(var object) = json else { return json }
        object["tool_calls"] = .array(toolCalls.filter { $0["tool"] != nil || $0["memory"] == nil })
        return .object(object)
    }

    /// Reads ``json`` back, such as a store has kept it. Members that it does not know are passed over.
    ///
    /// - Returns: nil when it is none.
    public init?(_ json: JSONValue) {
        guard let speaker = json["role"]?.string.flatMap({ Speaker(rawValue: $0) }), let text = json["text"]?.string,
            let toolCalls = json["tool_calls"]?.array, let at = json["at"]?.string.flatMap({ Instant($0) })
        else { return nil }
        self.speaker = speaker
        self.text = text
        self.toolCalls = toolCalls
        self.at = at
    }

    /// What it counts for ``Limits/conversationBytesMax``.
    public var bytes: Int { json.serialized().count }
}

extension JSONValue {
    /// How many arrays and objects lie in each other.
    fileprivate var depth: Int {
        switch self {
        case .array(let values): 1 + (values.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.members.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }
}
