import ErrandCore

/// Many events in one delivery
/// (<https://docs.dapr.io/developing-applications/building-blocks/pubsub/pubsub-bulk/>).
struct BulkDelivery {
    private struct Entry {
        let id: String
        let key: String
        let event: JSONValue?
    }

    private let entries: [Entry]

    /// - Returns: nil when `body` is not a bulk.
    init?(_ body: JSONValue) {
        guard body["specversion"] == nil, let entries = body["entries"]?.array else { return nil }
        // One without an id cannot be answered; what is not answered is delivered again.
        self.entries = entries.compactMap { entry in
            guard let id = entry["entryId"]?.string else { return nil }
            let event = entry["event"]
            let key = event?["partitionkey"]?.string ?? entry["metadata"]?["__key"]?.string ?? ""
            return Entry(id: id, key: key, event: event)
        }
    }

    /// Hands over the events, one after the other. Once one of a key has to be tried again, the later ones of that key
    /// have to wait for it, and are not even tried.
    func deliver(to deliveries: Deliveries, on topic: Topic) async -> JSONValue {
        var held: Set<String> = []
        var statuses: [JSONValue] = []
        for entry in entries {
            var status = DeliveryStatus.retry
            if !held.contains(entry.key) {
                status = await deliveries.deliver(entry.event ?? .null, on: topic)
                if status == .retry { held.insert(entry.key) }
            }
            statuses.append(["entryId": .string(entry.id), "status": .string(status.rawValue)])
        }
        return ["statuses": .array(statuses)]
    }
}
