import CivilTime
import ErrandCore

/// A conversation as it lies in the state store under ``key(of:)``: with its owner, and each turn with the append that
/// it came with.
struct KeptConversation {
    let conversation: Conversation
    /// The oldest first.
    let turns: [(append: AppendID, turn: ConversationTurn)]

    static func key(of id: ConversationID) -> String { "conv-\(id)" }

    var transcript: Transcript { Transcript(conversation: conversation, turns: turns.map(\.turn)) }

    func contains(_ append: AppendID) -> Bool { turns.contains { $0.append == append } }

    func belongs(to owner: UserID) -> Bool { conversation.ownerID == owner }

    /// What is kept after an append.
    ///
    /// - Parameter present: the owner's conversation as it is; nil when there is none.
    /// - Returns: nil when there is none and the append may make none.
    init?(adding append: ConversationAppend, to present: KeptConversation?, at now: Instant) {
        guard let conversation = try? append.conversation(after: present?.conversation, at: now) else { return nil }
        let all = (present?.turns ?? []) + append.turns.map { (append.id, $0) }
        self.conversation = conversation
        turns = all.suffix(Limits.turnsKept(all.reversed().lazy.map(\.turn.bytes)))
    }

    var json: JSONValue {
        let turns = turns.map { kept -> JSONValue in
            guard case .object(var object) = kept.turn.json else { return kept.turn.json }
            object.append("append", .string(kept.append.description))
            return .object(object)
        }
        guard case .object(var object) = conversation.json else { return conversation.json }
        object.append("owner", .string(conversation.ownerID.description))
        object.append("turns", .array(turns))
        return .object(object)
    }

    /// - Throws: ``SidecarError/unreadable`` when it is not what ``json`` makes.
    init(_ json: JSONValue) throws(SidecarError) {
        func instant(_ name: String) -> Instant? { json[name]?.string.flatMap { Instant($0) } }
        guard let id = json["id"]?.string.flatMap({ ConversationID($0) }),
            let owner = json["owner"]?.string.flatMap({ UserID($0) }), let title = json["title"]?.string,
            let createdAt = instant("created_at"), let updatedAt = instant("updated_at"),
            let version = json["version"]?.integer, let items = json["turns"]?.array
        else { throw .unreadable }
        conversation = Conversation(
            id: id, ownerID: owner, title: title, createdAt: createdAt, updatedAt: updatedAt, version: version
        )
        var turns: [(AppendID, ConversationTurn)] = []
        for item in items {
            guard let append = item["append"]?.string.flatMap({ AppendID($0) }), let turn = ConversationTurn(item)
            else { throw .unreadable }
            turns.append((append, turn))
        }
        self.turns = turns
    }
}
