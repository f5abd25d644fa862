public import CivilTime

/// An event: something of a type happened to a subject in a space. Consumers take it like this, whichever way it came
/// to them.
public struct Event: Hashable, Sendable {
    public let id: EventID
    public let type: EventType
    public let space: SpaceID
    public let subject: Subject
    /// In whose name it happened.
    public let userID: UserID
    public let occurredAt: Instant
    public let correlation: Correlation
    /// The CloudEvents `data`, as JSON text.
    public let data: String

    package init(
        id: EventID, type: EventType, space: SpaceID, subject: Subject, userID: UserID, occurredAt: Instant,
        correlation: Correlation, data: String
    ) {
        self.id = id
        self.type = type
        self.space = space
        self.subject = subject
        self.userID = userID
        self.occurredAt = occurredAt
        self.correlation = correlation
        self.data = data
    }

    /// An event that has just happened.
    ///
    /// - Parameters:
    ///   - actor: see ``Principal/Actor/json(via:)``.
    ///   - content: the members of the payload beside the one that says what the event is about.
    package init(
        id: EventID, type: EventType, space: SpaceID, subject: Subject, userID: UserID, occurredAt: Instant,
        actor: JSONValue, correlation: Correlation, content: JSONObject
    ) {
        var payload: JSONObject = [:]
        let about = subject.member
        payload.append(about.name, about.value)
        for member in content.members { payload.append(member.name, member.value) }
        var data = Event.head(id: id, type: type, space: space, userID: userID, occurredAt: occurredAt)
        data.append("actor", actor)
        data.append("payload", .object(payload))
        self.init(
            id: id, type: type, space: space, subject: subject, userID: userID, occurredAt: occurredAt,
            correlation: correlation, data: JSONValue.object(data).text
        )
    }

    /// The members that the data of every event begins with. The space is named where it is not the user's own.
    static func head(
        id: EventID, type: EventType, space: SpaceID, userID: UserID, occurredAt: Instant
    ) -> JSONObject {
        var head: JSONObject = [
            "event_id": .string(id.description), "event_type": .string(type.name),
            "user_id": .string(userID.description), "timestamp": .string(occurredAt.description),
        ]
        if space != userID.personalSpace { head.append("space_id", .string(space.description)) }
        return head
    }

    /// The data, once it is known to be about this event.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)`` when it is not JSON, or not about this event.
    public func body() throws(ErrandError) -> EventBody {
        guard let json = try? JSONValue.parse(data) else { throw .malformedEvent("The data is not JSON.") }
        guard json["event_id"]?.string == id.description else { throw .malformedEvent("event_id is another's.") }
        guard json["event_type"]?.string == type.name else { throw .malformedEvent("event_type is not \(type).") }
        guard let payload = json["payload"]?.object else { throw .malformedEvent("payload is missing.") }
        let expected = subject.member
        guard payload[expected.name] == expected.value else {
            throw .malformedEvent("payload.\(expected.name) is another's.")
        }
        return EventBody(payload: payload, actor: json["actor"])
    }

    /// The task that it is about.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)`` when it is about something else.
    public func task() throws(ErrandError) -> TaskID {
        guard let id = subject.taskID else { throw .malformedEvent("It is not about a task.") }
        return id
    }
}

/// What the data of an event says.
public struct EventBody: Hashable, Sendable {
    public let payload: JSONObject
    /// Who caused it; nil in events of versions that did not say.
    public let actor: JSONValue?
}

/// An event with its place in the log.
public struct StoredEvent: Hashable, Sendable {
    /// The order of commits in the whole database, with gaps.
    public let sequence: Int64
    /// The order of commits in the space of the event.
    public let changeNumber: ChangeNumber
    public let event: Event

    package init(sequence: Int64, changeNumber: ChangeNumber, event: Event) {
        self.sequence = sequence
        self.changeNumber = changeNumber
        self.event = event
    }
}
