public import CivilTime

/// One line of a user's audit log: who did what to what, and what it was before and after.
public struct AuditEntry: Hashable, Sendable {
    /// 1, 2, 3 … per user.
    public let sequence: Int64
    public let at: Instant
    /// See ``Principal/Actor/json``.
    public let actor: JSONValue
    /// The type of the event.
    public let action: String
    /// What it is about.
    public let subject: Subject
    public let eventID: EventID
    /// The fields that changed, as they were; null for what began with the event.
    public let before: JSONValue
    /// The fields that changed, as they are now; all of them for what began with the event.
    public let after: JSONValue
    /// ``hash`` of the entry before; 64 zeros for the first.
    public let previousHash: String

    package init(
        sequence: Int64, at: Instant, actor: JSONValue, action: String, subject: Subject, eventID: EventID,
        before: JSONValue, after: JSONValue, previousHash: String
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.eventID = eventID
        self.before = before
        self.after = after
        self.previousHash = previousHash
    }

    /// Everything that the hash is made of: `task_id` where it is about a task, as entries have always said it, and
    /// `subject` where it is about something else.
    public var json: JSONValue {
        var json: JSONObject = [
            "seq": .integer(sequence), "at": .string(at.description), "actor": actor, "action": .string(action),
        ]
        json.append(subject.member.name, subject.member.value)
        json.append("event_id", .string(eventID.description))
        json.append("before", before)
        json.append("after", after)
        json.append("prev_hash", .string(previousHash))
        return .object(json)
    }

    /// Reads ``json``; nil for anything else.
    public init?(_ json: JSONValue) {
        guard let object = json.object, object.members.count == 9, let sequence = json["seq"]?.integer,
            let at = json["at"]?.string.flatMap({ Instant($0) }), let actor = json["actor"],
            let action = json["action"]?.string, let subject = AuditEntry.subject(object),
            let eventID = json["event_id"]?.string.flatMap({ EventID($0) }), let before = json["before"],
            let after = json["after"], let previousHash = json["prev_hash"]?.string
        else { return nil }
        self.init(
            sequence: sequence, at: at, actor: actor, action: action, subject: subject, eventID: eventID,
            before: before, after: after, previousHash: previousHash
        )
    }

    /// What an entry says that it is about, in the only form in which it may say so.
    private static func subject(_ object: JSONObject) -> Subject? {
        if let id = object["task_id"] { return id.string.flatMap { TaskID($0) }.map(Subject.task) }
        return object["subject"].flatMap { Subject($0) }.flatMap { $0.taskID == nil ? $0 : nil }
    }
}

/// An entry with its hash, as it is kept.
public struct SealedAuditEntry: Hashable, Sendable {
    public let entry: AuditEntry
    /// The entry in canonical JSON: what ``hash`` is made of.
    public let text: String
    /// 64 hexadecimal digits in lower case.
    public let hash: String

    public init(entry: AuditEntry, hash: String) {
        self.init(entry: entry, text: entry.json.canonicalText, hash: hash)
    }

    init(entry: AuditEntry, text: String, hash: String) {
        self.entry = entry
        self.text = text
        self.hash = hash
    }

    /// The entry with `hash` as its last member.
    public var json: JSONValue {
        guard case .object(var object) = entry.json else { return entry.json }
        object.append("hash", .string(hash))
        return .object(object)
    }

    /// Reads ``json``; nil for anything else.
    public init?(_ json: JSONValue) {
        guard case .object(var object) = json, let hash = object["hash"]?.string else { return nil }
        object["hash"] = nil
        guard let entry = AuditEntry(.object(object)) else { return nil }
        self.init(entry: entry, hash: hash)
    }
}
