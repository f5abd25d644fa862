import CivilTime

extension Event {
    /// Reads a message of the topics `task-events` and `reminders`: the other direction of ``EventMessage/cloudEvent``.
    ///
    /// Only the envelope is checked here; what the data must hold, ``body()`` and the consumer say.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    public init(cloudEvent: JSONValue) throws(ErrandError) {
        guard cloudEvent["specversion"]?.string == "1.0" else { throw .malformedEvent("specversion is not 1.0.") }
        guard let id = cloudEvent["id"]?.string.flatMap({ EventID($0) }) else {
            throw .malformedEvent("id is not a UUID.")
        }
        guard let name = cloudEvent["type"]?.string, !name.isEmpty else { throw .malformedEvent("type is missing.") }
        guard let subject = cloudEvent["subject"]?.string.flatMap({ UniqueID($0) }) else {
            throw .malformedEvent("subject is not a UUID.")
        }
        guard let time = cloudEvent["time"]?.string.flatMap({ Instant($0) }) else {
            throw .malformedEvent("time is not an instant.")
        }
        guard let data = cloudEvent["data"], let user = data["user_id"]?.string.flatMap({ UserID($0) }) else {
            throw .malformedEvent("data.user_id is not a UUID.")
        }
        var space = user.personalSpace
        if let named = data["space_id"] {
            guard let id = named.string.flatMap({ SpaceID($0) }) else {
                throw .malformedEvent("data.space_id is not a UUID.")
            }
            space = id
        }
        let type = EventType(name)
        // A type that this version does not know may be about a kind that its name does not tell.
        let named = EventTypes.row(of: type) == nil ? data["payload"]?["subject"].flatMap { Subject($0) } : nil
        self.init(
            id: id, type: type, space: space, subject: Subject(named?.kind ?? EventTypes.subject(of: type), subject),
            userID: user, occurredAt: time,
            correlation: Correlation(
                requestID: cloudEvent["requestid"]?.string, traceparent: cloudEvent["traceparent"]?.string
            ),
            data: data.text
        )
    }
}

extension StoredEvent {
    /// Reads a message of the topic `task-updates` as the event that it tells of, as far as windows need it: without
    /// a place in the log, and under the id of the update.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    public init(update cloudEvent: JSONValue) throws(ErrandError) {
        let update = try Event(cloudEvent: cloudEvent)
        guard EventTypes.updates.contains(update.type) else { throw .malformedEvent("type is not that of an update.") }
        let told = try update.body().payload
        guard let cause = told["cause"]?.string.map(EventType.init) else {
            throw .malformedEvent("payload.cause is missing.")
        }
        guard let number = told["cursor"]?.integer, number >= 1 else {
            throw .malformedEvent("payload.cursor is not a change number.")
        }
        var data = Event.head(
            id: update.id, type: cause, space: update.space, userID: update.userID, occurredAt: update.occurredAt
        )
        data.append("payload", .object(StoredEvent.payload(of: told)))
        self.init(
            sequence: 0, changeNumber: ChangeNumber(number),
            event: Event(
                id: update.id, type: cause, space: update.space, subject: update.subject, userID: update.userID,
                occurredAt: update.occurredAt, correlation: update.correlation, data: JSONValue.object(data).text
            )
        )
    }

    /// The payload of the event, from that of its update.
    private static func payload(of told: JSONObject) -> JSONObject {
        var payload = told
        for name in ["cause", "cursor", "version", "task", "reminder"] { payload[name] = nil }
        if let reminder = told["reminder"]?.object {
            payload["changes"] = nil
            for member in reminder.members { payload.append(member.name, member.value) }
        } else if let task = told["task"] {
            payload.append("task_data", task)
        }
        return payload
    }
}
