public import CivilTime

/// A chat of one user. What was said in it is in ``Transcript``.
public struct Conversation: Hashable, Sendable {
    public let id: ConversationID
    public let ownerID: UserID
    /// The beginning of the first message, on one line; at most ``Limits/conversationTitleLengthMax`` characters.
    public let title: String
    public let createdAt: Instant
    /// When something was last said.
    public let updatedAt: Instant
    /// 1 at first; grows by one per append.
    public let version: Int64

    public init(
        id: ConversationID, ownerID: UserID, title: String, createdAt: Instant, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        self.ownerID = ownerID
        self.title = title
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    /// Where it stands in its owner's list.
    public var place: ConversationPlace { ConversationPlace(updatedAt: updatedAt, id: id) }

    /// A conversation that nobody has used since is not there any more, whether or not it has been removed yet.
    public static func oldestUse(at now: Instant) -> Instant { now - Limits.conversationLifetime }

    /// As clients see it, without its owner.
    public var json: JSONValue {
        [
            "id": .string(id.description), "title": .string(title), "created_at": .string(createdAt.description),
            "updated_at": .string(updatedAt.description), "version": .integer(version),
        ]
    }

    static func title(of message: String) -> String {
        let line = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.unicodeScalars.count > Limits.conversationTitleLengthMax else { return line }
        var (title, length) = ("", 1)
        for character in line {
            length += character.unicodeScalars.count
            guard length <= Limits.conversationTitleLengthMax else { break }
            title.append(character)
        }
        return title + "…"
    }
}

public typealias ConversationID = ID<Conversation>

/// Where in a user's list a conversation stands: the later used comes first, then the greater id.
public struct ConversationPlace: Hashable, Comparable, Sendable {
    public let updatedAt: Instant
    public let id: ConversationID

    public init(updatedAt: Instant, id: ConversationID) {
        self.updatedAt = updatedAt
        self.id = id
    }

    public static func < (left: ConversationPlace, right: ConversationPlace) -> Bool {
        (left.updatedAt, left.id) < (right.updatedAt, right.id)
    }
}

/// A conversation with what was said in it.
public struct Transcript: Hashable, Sendable {
    public let conversation: Conversation
    /// The oldest first; what came before them has fallen off.
    public let turns: [ConversationTurn]

    public init(conversation: Conversation, turns: [ConversationTurn]) {
        self.conversation = conversation
        self.turns = turns
    }

    public var json: JSONValue {
        guard case .object(var object) = conversation.json else { return conversation.json }
        object.append("turns", .array(turns.map(\.shown)))
        return .object(object)
    }
}
