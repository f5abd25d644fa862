import CivilTime

/// `task.state_changed`: what an open window needs to know of an event, in the order of the user's change numbers.
public struct TaskUpdate: Hashable, Sendable {
    public static let kind = "task.state_changed"

    /// Follows from the event: published twice, it is one update.
    public let id: EventID
    /// The user's change number.
    public let cursor: Int64
    /// The type of the event.
    public let cause: String
    public let userID: UserID
    public let taskID: TaskID
    private let timestamp: JSONValue
    /// The task after the change; nil for a reminder.
    private let task: JSONValue?
    private let changes: JSONValue
    /// What reminds; nil for a change of a task.
    private let reminder: JSONValue?

    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    public init(_ stored: StoredEvent) throws(ErrandError) {
        let event = stored.event
        let payload = try event.body().payload
        id = EventID(.derived(from: event.id.value, 1))
        cursor = stored.cursor
        cause = event.kind
        userID = event.userID
        taskID = event.taskID
        timestamp = .string(event.occurredAt.description)
        changes = payload["changes"] ?? .object(JSONObject())
        if event.kind == ReminderEvent.kind {
            var reminds = payload
            reminds["task_id"] = nil
            (task, reminder) = (nil, .object(reminds))
        } else {
            guard let data = payload["task_data"], data.object != nil else {
                throw .malformedEvent("payload.task_data is missing.")
            }
            (task, reminder) = (data, nil)
        }
    }

    /// The CloudEvents `data` of topic `task-updates`.
    public var json: JSONValue {
        var payload: JSONObject = [
            "task_id": .string(taskID.description), "cause": .string(cause), "cursor": .integer(cursor),
            "version": task?["version"] ?? .null, "changes": changes,
        ]
        if let task { payload.append("task", task) }
        if let reminder { payload.append("reminder", reminder) }
        return [
            "event_id": .string(id.description), "event_type": .string(TaskUpdate.kind),
            "user_id": .string(userID.description), "timestamp": timestamp, "payload": .object(payload),
        ]
    }

    /// What an open window is sent.
    public var frame: JSONValue {
        var frame: JSONObject = ["type": "event", "cursor": .integer(cursor), "event_type": .string(cause)]
        if let task {
            frame.append("task", task)
        } else {
            frame.append("task_id", .string(taskID.description))
        }
        frame.append("changes", changes)
        if let reminder { frame.append("reminder", reminder) }
        return .object(frame)
    }
}
