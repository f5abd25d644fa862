import CivilTime
import ErrandCore

/// Which conversations a user may have, under ``key(of:)``.
///
/// It names at least those that there are, since it is written before a conversation is and after one is removed. The
/// conversations themselves are the truth.
struct ConversationIndex {
    /// The last used first.
    private(set) var places: [ConversationPlace]

    static func key(of owner: UserID) -> String { "conversations-\(owner)" }

    /// Names a conversation as used now.
    ///
    /// - Returns: what is too many by now. It is named until its conversation is removed.
    mutating func enter(_ id: ConversationID, at now: Instant) -> [ConversationPlace] {
        let before = places.first { $0.id == id }?.updatedAt ?? now
        let oldest = Conversation.oldestUse(at: now)
        places.removeAll { $0.id == id || $0.updatedAt < oldest }
        places.append(ConversationPlace(updatedAt: max(before, now), id: id))
        places.sort(by: >)
        return Array(places.dropFirst(Limits.conversationsPerUserMax))
    }

    /// Puts other places where these still are; nil names the conversation no more.
    ///
    /// - Returns: whether anything is another now.
    mutating func replace(_ wrong: [ConversationPlace: ConversationPlace?]) -> Bool {
        let before = places
        places = places.compactMap { place in
            guard let right = wrong[place] else { return place }
            return right
        }
        places.sort(by: >)
        return places != before
    }

    /// - Returns: whether it was named.
    mutating func remove(_ id: ConversationID) -> Bool {
        let before = places.count
        places.removeAll { $0.id == id }
        return places.count < before
    }

    var json: JSONValue {
        [
            "conversations": .array(
                places.map { ["id": .string($0.id.description), "updated_at": .string($0.updatedAt.description)] }
            )
        ]
    }

    /// - Parameter json: nil where there is none.
    /// - Throws: ``SidecarError/unreadable`` when it is not what ``json`` makes.
    init(_ json: JSONValue?) throws(SidecarError) {
        places = []
        guard let json else { return }
        guard let items = json["conversations"]?.array else { throw .unreadable }
        for item in items {
            guard let id = item["id"]?.string.flatMap({ ConversationID($0) }),
                let updatedAt = item["updated_at"]?.string.flatMap({ Instant($0) })
            else { throw .unreadable }
            places.append(ConversationPlace(updatedAt: updatedAt, id: id))
        }
    }
}
