import CivilTime

/// What an open window needs to know of an event, in the order of the space's change numbers: `task.state_changed`
/// of a task and of what reminds of one, `account.state_changed` of everything else.
public struct StateUpdate: Hashable, Sendable {
    /// Follows from the event: published twice, it is one update.
    public let id: EventID
    public let type: EventType
    public let changeNumber: ChangeNumber
    /// The type of the event.
    public let cause: EventType
    public let space: SpaceID
    public let userID: UserID
    public let subject: Subject
    private let occurredAt: Instant
    private let changes: JSONValue
    /// The task after the change, what reminds, or whatever else the table says, with the name of its member.
    private let content: Content?

    private struct Content: Hashable, Sendable {
        let name: String
        let value: JSONValue
        /// Of a task.
        var version: JSONValue = .null
    }

    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    public init(_ stored: StoredEvent) throws(ErrandError) {
        let event = stored.event
        let payload = try event.body().payload
        let shape = try EventTypes.knownRow(of: event.type).frame
        id = EventID(.derived(from: event.id.value, 1))
        type = EventTypes.update(shape)
        changeNumber = stored.changeNumber
        cause = event.type
        space = event.space
        userID = event.userID
        subject = event.subject
        occurredAt = event.occurredAt
        changes = payload["changes"] ?? .object(JSONObject())
        content = try StateUpdate.content(of: payload, shape)
    }

    private static func content(
        of payload: JSONObject, _ shape: EventTypes.FrameShape
    ) throws(ErrandError) -> Content? {
        switch shape {
        case .task:
            guard let task = payload["task_data"], task.object != nil else {
                throw .malformedEvent("payload.task_data is missing.")
            }
            return Content(name: "task", value: task, version: task["version"] ?? .null)
        case .reminder:
            var reminds = payload
            reminds["task_id"] = nil
            return Content(name: "reminder", value: .object(reminds))
        case .hint(let name?):
            guard let value = payload[name] else { throw .malformedEvent("payload.\(name) is missing.") }
            return Content(name: name, value: value)
        case .hint(nil): return nil
        }
    }

    /// The CloudEvents `data` of topic `task-updates`.
    public var json: JSONValue {
        var payload: JSONObject = [:]
        payload.append(subject.member.name, subject.member.value)
        payload.append("cause", .string(cause.name))
        payload.append("cursor", changeNumber.json)
        if subject.taskID != nil { payload.append("version", content?.version ?? .null) }
        payload.append("changes", changes)
        if let content { payload.append(content.name, content.value) }
        var data = Event.head(id: id, type: type, space: space, userID: userID, occurredAt: occurredAt)
        data.append("payload", .object(payload))
        return .object(data)
    }

    /// What an open window is sent. The space is named where it is not the user's own.
    public var frame: JSONValue {
        var frame: JSONObject = ["type": "event", "cursor": changeNumber.json, "event_type": .string(cause.name)]
        if space != userID.personalSpace { frame.append("space_id", .string(space.description)) }
        if let content, content.version != .null {
            frame.append(content.name, content.value)
            frame.append("changes", changes)
        } else {
            frame.append(subject.member.name, subject.member.value)
            frame.append("changes", changes)
            if let content { frame.append(content.name, content.value) }
        }
        return .object(frame)
    }
}
