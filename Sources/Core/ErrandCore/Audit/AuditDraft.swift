public import CivilTime

/// What an entry will say, before it is known which entry it comes after. Most of the work is done here, outside of
/// any transaction.
public struct AuditDraft: Sendable {
    private let at: Instant
    private let actor: JSONValue
    private let action: String
    private let subject: Subject
    private let eventID: EventID
    private let before: JSONValue
    private let after: JSONValue
    /// The canonical text of the entry up to its previous hash, and from what it is about on.
    private let textAround: (head: String, tail: String)

    public init(
        at: Instant, actor: JSONValue, action: String, subject: Subject, eventID: EventID, before: JSONValue,
        after: JSONValue
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.eventID = eventID
        self.before = before
        self.after = after
        let head: JSONValue = [
            "action": .string(action), "actor": actor, "after": after, "at": .string(at.description),
            "before": before, "event_id": .string(eventID.description),
        ]
        // Either name comes after `seq` in the canonical order.
        var tail = JSONObject()
        tail.append(subject.member.name, subject.member.value)
        textAround = (
            String(decoding: head.canonicalText.utf8.dropLast(), as: UTF8.self),
            String(decoding: JSONValue.object(tail).canonicalText.utf8.dropFirst(), as: UTF8.self)
        )
    }

    /// The entry with this number, after the one with this hash.
    func entry(_ sequence: Int64, after previousHash: String) -> AuditEntry {
        AuditEntry(
            sequence: sequence, at: at, actor: actor, action: action, subject: subject, eventID: eventID,
            before: before, after: after, previousHash: previousHash
        )
    }

    /// Its canonical text. The names that depend on the place, `prev_hash` and `seq`, stand between those that
    /// don't in the canonical order.
    func canonicalText(_ sequence: Int64, after previousHash: String) -> String {
        "\(textAround.head),\"prev_hash\":\"\(previousHash)\",\"seq\":\(sequence),\(textAround.tail)"
    }
}
