public import CivilTime

/// An event on its way over a topic.
public struct EventMessage: Hashable, Sendable {
    public let topic: Topic
    /// Messages of one key stay in order.
    public let key: String
    public let id: EventID
    public let type: String
    public let subject: TaskID
    public let time: Instant
    public let correlation: Correlation
    /// The CloudEvents `data`, as JSON text.
    public let data: String

    /// What one committed event is published as: once on the topic of its kind, and once for open windows.
    ///
    /// An event that cannot be read goes out as it is; its consumers put it aside with the reason.
    public static func all(of stored: StoredEvent) -> [EventMessage] {
        let event = stored.event
        let isReminder = event.kind == ReminderEvent.kind
        let original = EventMessage(
            topic: isReminder ? .reminders : .taskEvents,
            key: isReminder ? event.userID.description : event.taskID.description,
            id: event.id, type: event.kind, subject: event.taskID, time: event.occurredAt,
            correlation: event.correlation, data: event.data
        )
        guard let update = try? TaskUpdate(stored) else { return [original] }
        return [
            original,
            EventMessage(
                topic: .taskUpdates, key: event.userID.description, id: update.id, type: TaskUpdate.kind,
                subject: event.taskID, time: event.occurredAt, correlation: event.correlation,
                data: update.json.text
            ),
        ]
    }

    /// The event as it goes over the wire: a CloudEvent in the JSON format
    /// (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>), with the extensions
    /// for partitioning and distributed tracing.
    public var cloudEvent: String {
        var head: JSONObject = [
            "specversion": "1.0", "id": .string(id.description), "source": .string(EventMessage.source),
            "type": .string(type), "subject": .string(subject.description), "time": .string(time.description),
            "datacontenttype": "application/json", "partitionkey": .string(key),
        ]
        if let traceparent = correlation.traceparent { head.append("traceparent", .string(traceparent)) }
        if let requestID = correlation.requestID { head.append("requestid", .string(requestID)) }
        // The data is JSON text already; the object is closed around it.
        return JSONValue.object(head).text.dropLast() + ",\"data\":\(data)}"
    }

    /// Who publishes.
    public static let source = "/errand"
}
