import ErrandCore

/// What an answer of the app means for one event.
///
/// See [expected responses](https://docs.dapr.io/reference/api/pubsub_api/#expected-http-response).
enum DeliveryVerdict: Hashable {
    case success
    /// - Parameter status: that of the HTTP answer, which a retry policy looks at; nil when there was none or the app
    ///   said `RETRY`.
    case retry(status: Int?)
    case drop

    /// A single event: whatever is not said counts as success.
    init(single answer: AppAnswer) {
        switch answer.status {
        case 200..<300:
            guard let status = (try? JSONValue.parse(answer.body))?["status"]?.string, !status.isEmpty else {
                self = .success
                return
            }
            self.init(status: status)
        case 404: self = .drop
        case let status: self = .retry(status: status)
        }
    }

    /// Entries of a batch: whatever is not said counts as failure.
    static func bulk(_ answer: AppAnswer, entryIDs: [String]) -> [DeliveryVerdict] {
        switch answer.status {
        case 200..<300:
            let statuses = (try? JSONValue.parse(answer.body))?["statuses"]?.array ?? []
            return entryIDs.map { id in
                let entry = statuses.first { $0["entryId"]?.string == id }
                return DeliveryVerdict(status: entry?["status"]?.string ?? "")
            }
        case 404: return entryIDs.map { _ in .drop }
        case let status: return entryIDs.map { _ in .retry(status: status) }
        }
    }

    private init(status: String) {
        switch status {
        case "SUCCESS": self = .success
        case "DROP": self = .drop
        default: self = .retry(status: nil)
        }
    }
}
