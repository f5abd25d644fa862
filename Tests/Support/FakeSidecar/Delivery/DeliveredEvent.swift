import CivilTime
import ErrandCore
import Foundation

/// A record as the app gets it.
struct DeliveredEvent {
    let record: BrokerRecord
    let event: JSONObject

    /// - Returns: nil for a record that is no CloudEvent and is not expected to be raw.
    init?(_ record: BrokerRecord, for subscription: Subscription) {
        self.record = record
        if subscription.isRaw {
            event = [
                "specversion": "1.0", "id": .string(UUID().uuidString.lowercased()), "type": "com.dapr.event.sent",
                "source": "Dapr", "datacontenttype": "application/octet-stream", "topic": .string(record.topic),
                "pubsubname": .string(subscription.pubSub),
                "data_base64": .string(Data(record.value).base64EncodedString()),
            ]
        } else if let event = try? JSONValue.parse(record.value).object {
            self.event = event
        } else {
            return nil
        }
    }

    var trace: String? { event["traceparent"]?.string }

    func isExpired(at now: Instant) -> Bool {
        guard let until = event["expiration"]?.string.flatMap({ Instant($0) }) else { return false }
        return until < now
    }

    /// What the record carries beside its value, as headers of the callback.
    static func headers(of record: BrokerRecord, pubSub: String) -> [(name: String, value: String)] {
        var headers = record.headers.sorted { $0.key < $1.key }.map { (name: $0.key.lowercased(), value: $0.value) }
        headers += [
            ("pubsubname", pubSub), ("__topic", record.topic), ("__partition", String(record.partition)),
            ("__offset", String(record.offset)), ("__timestamp", String(record.writtenAt.milliseconds)),
        ]
        if let key = record.key { headers.append(("__key", key)) }
        return headers
    }
}
