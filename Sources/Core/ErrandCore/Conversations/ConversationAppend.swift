public import CivilTime

/// What is added to a conversation at once: a message, or a message and its answer.
public struct ConversationAppend: Hashable, Sendable {
    /// Made once per append by whoever asks for it: the same one again changes nothing.
    public let id: AppendID
    public let conversationID: ConversationID
    public let ownerID: UserID
    /// Whether the conversation may begin with this. Otherwise one that is not there (any more) is not made.
    public let opens: Bool
    /// 1 to ``Limits/turnsPerAppendMax``, the first said first.
    public let turns: [ConversationTurn]

    /// - Throws: ``ErrandError/invalid(_:)`` with `/turns`, when there are none or too many.
    public init(
        id: AppendID, to conversationID: ConversationID, of ownerID: UserID, opens: Bool, turns: [ConversationTurn]
    ) throws(ErrandError) {
        guard !turns.isEmpty else { throw .invalid("/turns", .tooShort, "Must not be empty.") }
        guard turns.count <= Limits.turnsPerAppendMax else {
            throw .invalid("/turns", .tooMany, "Must be at most \(Limits.turnsPerAppendMax).")
        }
        self.id = id
        self.conversationID = conversationID
        self.ownerID = ownerID
        self.opens = opens
        self.turns = turns
    }

    /// The conversation after the append.
    ///
    /// - Parameter present: the owner's conversation as it is; nil when there is none.
    /// - Throws: ``ErrandError/notFound(_:)`` when there is none and none may be made.
    public func conversation(after present: Conversation?, at now: Instant) throws(ErrandError) -> Conversation {
        if let present {
            return Conversation(
                id: present.id, ownerID: present.ownerID, title: present.title, createdAt: present.createdAt,
                // Clocks of processes differ a little.
                updatedAt: max(present.updatedAt, now), version: present.version + 1
            )
        }
        guard opens else { throw .notFound(.conversation) }
        let first = turns.first { $0.speaker == .user } ?? turns[0]
        return Conversation(
            id: conversationID, ownerID: ownerID, title: Conversation.title(of: first.text), createdAt: now,
            updatedAt: now, version: 1
        )
    }
}

public typealias AppendID = ID<ConversationAppend>

extension Limits {
    /// How many of the newest turns of a conversation are kept; the others fall off.
    ///
    /// - Parameter sizes: ``ConversationTurn/bytes`` of all of them, the newest first.
    public static func turnsKept(_ sizes: some Sequence<Int>) -> Int {
        var (count, bytes) = (0, 0)
        for size in sizes {
            bytes += size
            guard count < turnsPerConversationMax, bytes <= conversationBytesMax else { break }
            count += 1
        }
        return count
    }
}
