public import CivilTime

/// An event as consumers take it, whichever way it came to them.
public struct Event: Hashable, Sendable {
    public let id: EventID
    /// `task.created`, `reminder.trigger` …
    public let kind: String
    public let userID: UserID
    public let taskID: TaskID
    public let occurredAt: Instant
    public let correlation: Correlation
    /// The CloudEvents `data`, as JSON text.
    public let data: String

    package init(
        id: EventID, kind: String, userID: UserID, taskID: TaskID, occurredAt: Instant, correlation: Correlation,
        data: String
    ) {
        self.id = id
        self.kind = kind
        self.userID = userID
        self.taskID = taskID
        self.occurredAt = occurredAt
        self.correlation = correlation
        self.data = data
    }

    /// The data, once it is known to be about this event.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)`` when it is not JSON, or not about this event.
    public func body() throws(ErrandError) -> EventBody {
        guard let json = try? JSONValue.parse(data) else { throw .malformedEvent("The data is not JSON.") }
        guard json["event_id"]?.string == id.description else { throw .malformedEvent("event_id is another's.") }
        guard json["event_type"]?.string == kind else { throw .malformedEvent("event_type is not \(kind).") }
        guard let payload = json["payload"]?.object else { throw .malformedEvent("payload is missing.") }
        guard payload["task_id"]?.string == taskID.description else {
            throw .malformedEvent("payload.task_id is another's.")
        }
        return EventBody(payload: payload, actor: json["actor"])
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
    /// The order of commits, with gaps.
    public let sequence: Int64
    /// The user's change number: 1, 2, 3 … without gaps.
    public let cursor: Int64
    public let event: Event

    package init(sequence: Int64, cursor: Int64, event: Event) {
        self.sequence = sequence
        self.cursor = cursor
        self.event = event
    }
}
