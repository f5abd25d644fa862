import ErrandCore

/// One event on its way to the sidecar.
public struct SidecarEvent: Hashable, Sendable {
    /// The CloudEvents id; names the event in the answer, too.
    public let id: String
    /// Events of one key go to one partition. It is the only means of order that the sidecar has.
    public let key: String
    /// The whole CloudEvent, as JSON text.
    public let cloudEvent: String

    public init(id: String, key: String, cloudEvent: String) {
        self.id = id
        self.key = key
        self.cloudEvent = cloudEvent
    }
}

/// Publishing (<https://docs.dapr.io/reference/api/pubsub_api/>). The events are CloudEvents already, so that the
/// sidecar adds no envelope of its own, and what is in the topic is the same with and without it.
extension Sidecar {
    private static let eventType = "application/cloudevents+json"

    /// Publishes events at once.
    ///
    /// - Returns: the ids of those that were not written; the others were.
    /// - Throws: ``SidecarError`` when none is known to be written. After ``SidecarError/timedOut`` and
    ///   ``SidecarError/disconnected`` some may be.
    public func publish(
        bulk events: [SidecarEvent], to topic: String, of pubsub: String
    ) async throws(SidecarError) -> Set<String> {
        let reply = try await http.send(
            SidecarRequest(
                method: "POST", path: "/v1.0/publish/bulk/\(pubsub.urlSegment)/\(topic.urlSegment)",
                headers: [("Content-Type", "application/json")], body: Sidecar.body(of: events),
                timeout: publishTimeout
            )
        )
        if reply.isSuccess { return [] }
        let failed = (try? JSONValue.parse(reply.body))?["failedEntries"]?.array?.compactMap { $0["entryId"]?.string }
        let known = Set(events.map(\.id)).intersection(failed ?? [])
        // A failure that names nobody is one of all.
        guard !known.isEmpty else { throw reply.refusal }
        return known
    }

    /// Publishes one event.
    ///
    /// - Throws: ``SidecarError``, as for ``publish(bulk:to:of:)``.
    public func publish(_ event: SidecarEvent, to topic: String, of pubsub: String) async throws(SidecarError) {
        let path = "/v1.0/publish/\(pubsub.urlSegment)/\(topic.urlSegment)"
        _ = try await succeed(
            SidecarRequest(
                method: "POST", path: "\(path)?metadata.partitionKey=\(event.key.urlSegment)",
                headers: [("Content-Type", Sidecar.eventType)], body: Array(event.cloudEvent.utf8),
                timeout: publishTimeout
            )
        )
    }

    /// The key is metadata of the entries and only there: that of the request wins over it in the Kafka component.
    static func body(of events: [SidecarEvent]) -> [UInt8] {
        var bytes = Array("[".utf8)
        bytes.reserveCapacity(events.reduce(2) { $0 + $1.cloudEvent.utf8.count + 200 })
        for (index, event) in events.enumerated() {
            let head: JSONValue = [
                "entryId": .string(event.id), "contentType": .string(eventType),
                "metadata": ["partitionKey": .string(event.key)],
            ]
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += head.serialized().dropLast()
            bytes += ",\"event\":".utf8
            bytes += event.cloudEvent.utf8
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
