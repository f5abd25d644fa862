import CivilTime
import ErrandCore
import Foundation

/// `/v1.0/publish/{pubsub}/{topic}` and `/v1.0/publish/bulk/{pubsub}/{topic}`
/// ([reference](https://docs.dapr.io/reference/api/pubsub_api/)).
struct PublishAPI: Sendable {
    let appID: String
    let components: [PubSubComponent]
    let broker: any SidecarBroker
    let faults: Faults

    func publish(_ call: APICall, to path: some Collection<String>) async throws(APIError) -> APIAnswer {
        let (component, topic) = try target(path)
        let message = Message(metadata: call.metadata, contentType: call.contentType, body: call.body)
        let record = try record(of: message, for: component, topic, call)
        if faults.happens(\.publishRefused) { throw PublishAPI.refused("the broker is not there") }
        do throws(BrokerError) {
            _ = try await broker.append(record, to: topic)
        } catch {
            throw PublishAPI.refused(error.reason)
        }
        if faults.happens(\.publishAnswerLost) { throw PublishAPI.refused("the broker did not answer") }
        return .noContent
    }

    func publishBulk(_ call: APICall, to path: some Collection<String>) async throws(APIError) -> APIAnswer {
        let (component, topic) = try target(path)
        let entries = try BulkEntry.read(call.body)
        var records: [(entryID: String, record: NewRecord)] = []
        for entry in entries {
            // What the request says counts more than what the entry says.
            let metadata = entry.metadata.merging(call.metadata) { _, ofRequest in ofRequest }
            let message = Message(metadata: metadata, contentType: entry.contentType, body: entry.event)
            records.append((entry.id, try record(of: message, for: component, topic, call)))
        }
        if faults.happens(\.publishRefused) {
            throw PublishAPI.failed(records.map { ($0.entryID, "the broker is not there") })
        }
        var failures: [(entryID: String, reason: String)] = []
        for (id, record) in records {
            guard !faults.happens(\.bulkEntryRefused) else {
                failures.append((id, "the broker refused the entry"))
                continue
            }
            do throws(BrokerError) {
                _ = try await broker.append(record, to: topic)
            } catch {
                failures.append((id, error.reason))
            }
        }
        if faults.happens(\.publishAnswerLost) {
            failures = records.map { ($0.entryID, "the broker did not answer") }
        }
        guard failures.isEmpty else { throw PublishAPI.failed(failures) }
        return .noContent
    }

    /// What is published, in one request or in one entry of it.
    private struct Message {
        let metadata: [String: String]
        let contentType: String?
        let body: [UInt8]
    }

    private func record(
        of message: Message, for component: PubSubComponent, _ topic: String, _ call: APICall
    ) throws(APIError) -> NewRecord {
        let metadata = message.metadata
        var value = message.body
        if try !PublishAPI.isRaw(metadata) {
            let origin = Envelope.Origin(
                appID: appID, pubSub: component.name, topic: topic, now: Instant.wallClock(),
                trace: call.header("traceparent")
            )
            let envelope = Envelope(origin: origin, metadata: metadata)
            value = JSONValue.object(try envelope.wrap(message.body, contentType: message.contentType)).serialized()
        }
        var partition: Int?
        if let text = metadata["partitionNumber"] {
            guard let number = Int(text), number >= 0 else { throw PublishAPI.refused("no partition \(text)") }
            partition = number
        }
        return NewRecord(
            key: metadata["partitionKey"] ?? metadata["__key"], value: value, headers: metadata, partition: partition
        )
    }

    private func target(_ path: some Collection<String>) throws(APIError) -> (PubSubComponent, String) {
        guard !components.isEmpty else {
            throw APIError(
                400, "ERR_PUBSUB_NOT_CONFIGURED", "no pubsub is configured", reason: "DAPR_PUBSUB_NOT_CONFIGURED"
            )
        }
        guard let name = path.first, !name.isEmpty else {
            throw APIError(404, "ERR_PUBSUB_EMPTY", "pubsub name is empty", reason: "DAPR_PUBSUB_NAME_EMPTY")
        }
        let topic = path.dropFirst().joined(separator: "/")
        guard !topic.isEmpty else {
            throw APIError(
                404, "ERR_TOPIC_NAME_EMPTY", "topic is empty in pubsub \(name)",
                reason: "DAPR_PUBSUB_TOPIC_NAME_EMPTY"
            )
        }
        guard let component = components.first(where: { $0.name == name }) else {
            throw APIError(
                404, "ERR_PUBSUB_NOT_FOUND", "pubsub \(name) is not found", reason: "DAPR_PUBSUB_NOT_FOUND"
            )
        }
        guard component.allows(topic) else {
            throw APIError(
                403, "ERR_PUBSUB_FORBIDDEN", "topic \(topic) is not allowed for app id \(appID)",
                reason: "DAPR_PUBSUB_FORBIDDEN"
            )
        }
        return (component, topic)
    }

    private static func isRaw(_ metadata: [String: String]) throws(APIError) -> Bool {
        switch metadata["rawPayload"]?.lowercased() {
        case nil, "false", "0", "f": return false
        case "true", "1", "t": return true
        case let text?:
            throw APIError(
                400, "ERR_PUBSUB_REQUEST_METADATA", "rawPayload is \(text)",
                reason: "DAPR_PUBSUB_METADATA_DESERIALIZATION"
            )
        }
    }

    private static func refused(_ reason: String) -> APIError {
        APIError(500, "ERR_PUBSUB_PUBLISH_MESSAGE", reason, reason: "DAPR_PUBSUB_PUBLISH_MESSAGE")
    }

    private static func failed(_ failures: [(entryID: String, reason: String)]) -> APIError {
        let entries = failures.map { failure -> JSONValue in
            ["entryId": .string(failure.entryID), "error": .string(failure.reason)]
        }
        return APIError(
            500, "ERR_PUBSUB_PUBLISH_MESSAGE", "not all entries were written",
            reason: "DAPR_PUBSUB_PUBLISH_MESSAGE", members: ["failedEntries": .array(entries)]
        )
    }
}

/// An entry of a bulk publish.
struct BulkEntry {
    let id: String
    let event: [UInt8]
    let contentType: String?
    let metadata: [String: String]

    static func read(_ body: [UInt8]) throws(APIError) -> [BulkEntry] {
        guard let values = try? JSONValue.parse(body).array else { throw malformed("the body is no list of entries") }
        var ids: Set<String> = []
        var entries: [BulkEntry] = []
        for value in values {
            guard let id = value["entryId"]?.string, !id.isEmpty else { throw malformed("an entry has no entryId") }
            guard ids.insert(id).inserted else { throw malformed("entryId \(id) is not unique") }
            guard let event = value["event"] else { throw malformed("entry \(id) has no event") }
            let type = value["contentType"]?.string.map(MediaType.essence)
            let metadata = value["metadata"]?.object?.members.map { ($0.name, $0.value.string ?? $0.value.text) } ?? []
            entries.append(
                BulkEntry(
                    id: id, event: try bytes(of: event, as: type ?? "text/plain"), contentType: type,
                    metadata: Dictionary(metadata) { first, _ in first }
                )
            )
        }
        return entries
    }

    /// The content type says how the event is written in the entry.
    private static func bytes(of event: JSONValue, as type: String) throws(APIError) -> [UInt8] {
        if MediaType.isJSON(type) { return event.serialized() }
        guard let text = event.string else { throw malformed("an event of \(type) must be a string") }
        guard type == "application/octet-stream" else { return Array(text.utf8) }
        guard let data = Data(base64Encoded: text) else { throw malformed("an event is not base 64") }
        return Array(data)
    }

    private static func malformed(_ message: String) -> APIError {
        APIError(400, "ERR_PUBSUB_EVENTS_SER", message, reason: "DAPR_PUBSUB_MARSHAL_EVENTS")
    }
}
