import CivilTime
import ErrandCore
import Foundation

/// The CloudEvent that is made of what an app publishes.
///
/// See https://docs.dapr.io/developing-applications/building-blocks/pubsub/pubsub-cloudevents/.
struct Envelope {
    /// Who publishes, where, when.
    struct Origin {
        let appID: String
        let pubSub: String
        let topic: String
        let now: Instant
        /// `traceparent` of the request.
        let trace: String?
    }

    static let eventType = "application/cloudevents+json"
    /// Attributes that `cloudevent.<name>` sets in an envelope of the sidecar's making.
    private static let settable = ["id", "type", "source", "subject", "traceid", "traceparent", "tracestate"]

    let origin: Origin
    let metadata: [String: String]

    /// - Parameter contentType: nil when the app named none.
    /// - Throws: ``APIError`` when the body claims to be a CloudEvent and is not.
    func wrap(_ body: [UInt8], contentType: String?) throws(APIError) -> JSONObject {
        let type = contentType ?? "text/plain"
        if type == Envelope.eventType {
            guard let event = try? JSONValue.parse(body).object else {
                throw APIError(
                    500, "ERR_PUBSUB_CLOUD_EVENTS_SER", "the body is no cloud event",
                    reason: "DAPR_PUBSUB_CLOUD_EVENT_CREATION"
                )
            }
            return complete(event)
        }
        if type == "application/octet-stream" {
            return make(type, member: "data_base64", .string(Data(body).base64EncodedString()))
        }
        let text = JSONValue.string(String(decoding: body, as: UTF8.self))
        // JSON that can't be read becomes a string, without a word.
        return make(type, member: "data", MediaType.isJSON(type) ? (try? JSONValue.parse(body)) ?? text : text)
    }

    /// An envelope around data.
    private func make(_ type: String, member: String, _ data: JSONValue) -> JSONObject {
        var event: JSONObject = [
            "specversion": "1.0", "id": .string(UUID().uuidString.lowercased()), "source": .string(origin.appID),
            "type": "com.dapr.event.sent", "time": .string(origin.now.description),
            "topic": .string(origin.topic), "pubsubname": .string(origin.pubSub), "datacontenttype": .string(type),
        ]
        event.append(member, data)
        if let trace = origin.trace {
            event["traceid"] = .string(trace)
            event["traceparent"] = .string(trace)
        }
        for name in Envelope.settable {
            if let value = metadata["cloudevent.\(name)"] { event[name] = .string(value) }
        }
        return expiring(event)
    }

    /// An envelope of the app's making: kept, but for topic and component.
    private func complete(_ event: JSONObject) -> JSONObject {
        var event = event
        event["topic"] = .string(origin.topic)
        event["pubsubname"] = .string(origin.pubSub)
        event["specversion"] = event["specversion"] ?? "1.0"
        event["type"] = event["type"] ?? "com.dapr.event.sent"
        event["source"] = event["source"] ?? .string(origin.appID)
        event["id"] = event["id"] ?? .string(UUID().uuidString.lowercased())
        // Both are written or none is.
        if event["traceid"] == nil, let trace = origin.trace {
            event["traceid"] = .string(trace)
            event["traceparent"] = .string(trace)
        }
        return expiring(event)
    }

    /// Kafka forgets no single record, so the event itself says until when it is wanted.
    private func expiring(_ event: JSONObject) -> JSONObject {
        var event = event
        if let seconds = metadata["ttlInSeconds"].flatMap(Int64.init) {
            event["expiration"] = .string((origin.now + .seconds(seconds)).description)
        }
        return event
    }
}
