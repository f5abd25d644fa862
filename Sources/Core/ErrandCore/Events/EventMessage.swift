public import CivilTime

/// An event on its way over a topic.
public struct EventMessage: Hashable, Sendable {
    public let topic: Topic
    /// Messages of one key stay in order.
    public let key: String
    public let id: EventID
    public let type: EventType
    /// The id of what the event is about.
    public let subject: UniqueID
    public let time: Instant
    public let correlation: Correlation
    /// The CloudEvents `data`, as JSON text.
    public let data: String

    /// What one committed event is published as: once on the topic of its type, and once for open windows.
    ///
    /// An event that cannot be read goes out as it is; its consumers put it aside with the reason.
    public static func all(of stored: StoredEvent) -> [EventMessage] {
        let event = stored.event
        let row = EventTypes.row(of: event.type)
        let original = EventMessage(
            topic: row?.topic ?? .taskEvents, key: key(of: event, row?.key ?? .subject), id: event.id,
            type: event.type, subject: event.subject.id, time: event.occurredAt, correlation: event.correlation,
            data: event.data
        )
        guard let update = try? StateUpdate(stored) else { return [original] }
        return [
            original,
            EventMessage(
                topic: .taskUpdates, key: event.space.description, id: update.id, type: update.type,
                subject: event.subject.id, time: event.occurredAt, correlation: event.correlation,
                data: update.json.text
            ),
        ]
    }

    private static func key(of event: Event, _ key: EventTypes.PartitionKey) -> String {
        switch key {
        case .subject: event.subject.id.description
        case .user: event.userID.description
        }
    }

    /// The event as it goes over the wire: a CloudEvent in the JSON format
    /// (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>), with the extensions
    /// for partitioning and distributed tracing.
    public var cloudEvent: String {
        var head: JSONObject = [
            "specversion": "1.0", "id": .string(id.description), "source": .string(EventMessage.source),
            "type": .string(type.name), "subject": .string(subject.description), "time": .string(time.description),
            "datacontenttype": "application/json", "partitionkey": .string(key),
        ]
        if let traceparent = correlation.traceparent { head.append("traceparent", .string(traceparent)) }
        if let requestID = correlation.requestID { head.append("requestid", .string(requestID)) }
        // The data is JSON text already; the object is closed around it.
        return String(decoding: JSONValue.object(head).text.utf8.dropLast(), as: UTF8.self) + ",\"data\":\(data)}"
    }

    /// Who publishes.
    public static let source = "/errand"
}
