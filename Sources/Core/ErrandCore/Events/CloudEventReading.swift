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
        guard let kind = cloudEvent["type"]?.string, !kind.isEmpty else { throw .malformedEvent("type is missing.") }
        guard let task = cloudEvent["subject"]?.string.flatMap({ TaskID($0) }) else {
            throw .malformedEvent("subject is not a UUID.")
        }
        guard let time = cloudEvent["time"]?.string.flatMap({ Instant($0) }) else {
            throw .malformedEvent("time is not an instant.")
        }
        guard let data = cloudEvent["data"], let user = data["user_id"]?.string.flatMap({ UserID($0) }) else {
            throw .malformedEvent("data.user_id is not a UUID.")
        }
        self.init(
            id: id, kind: kind, userID: user, taskID: task, occurredAt: time,
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
        guard update.kind == TaskUpdate.kind else { throw .malformedEvent("type is not \(TaskUpdate.kind).") }
        let told = try update.body().payload
        guard let cause = told["cause"]?.string else { throw .malformedEvent("payload.cause is missing.") }
        guard let cursor = told["cursor"]?.integer, cursor >= 1 else {
            throw .malformedEvent("payload.cursor is not a change number.")
        }
        var payload: JSONObject = ["task_id": .string(update.taskID.description)]
        if let reminder = told["reminder"]?.object {
            for member in reminder.members { payload.append(member.name, member.value) }
        } else {
            payload.append("task_data", told["task"] ?? .null)
            payload.append("changes", told["changes"] ?? .object(JSONObject()))
        }
        let data: JSONValue = [
            "event_id": .string(update.id.description), "event_type": .string(cause),
            "user_id": .string(update.userID.description), "timestamp": .string(update.occurredAt.description),
            "payload": .object(payload),
        ]
        self.init(
            sequence: 0, cursor: cursor,
            event: Event(
                id: update.id, kind: cause, userID: update.userID, taskID: update.taskID,
                occurredAt: update.occurredAt, correlation: update.correlation, data: data.text
            )
        )
    }
}
