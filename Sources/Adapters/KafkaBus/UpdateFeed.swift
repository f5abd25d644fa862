import CKafka
import ErrandCore

/// Every partition of `task-updates`, read by this process alone from now on.
///
/// In no group: a member of one of its own would miss what comes while it joins or rejoins, and each process would
/// leave the name of its group behind. Here positions are kept by the client, through any absence of brokers.
struct UpdateFeed: Sendable {
    private let client: KafkaClient
    private let report: KafkaNotice.Report

    static let topic = Topic.taskUpdates.rawValue
    private static let answerMax: Int32 = 5_000
    private static let waitMax: Int32 = 1_000

    init(_ configuration: KafkaConfiguration, _ report: @escaping KafkaNotice.Report) throws(KafkaConfigurationError) {
        client = try KafkaClient(
            .consumer, configuration.subscriberProperties(group: configuration.clientID), KafkaListener(report)
        )
        self.report = report
        rd_kafka_poll_set_consumer(client.handle)
    }

    /// Reads partitions that it did not know: from their end when `known` is nil, else from their beginning, because
    /// then they were added since.
    ///
    /// - Returns: what it reads now; nil when brokers do not answer.
    func follow(_ known: [Backlog.Position]?) -> [Backlog.Position]? {
        guard let count = partitionCount() else { return nil }
        var positions = known ?? []
        for number in Int32(positions.count)..<max(count, Int32(positions.count)) {
            var (low, high) = (Int64(0), Int64(0))
            let error = rd_kafka_query_watermark_offsets(
                client.handle, UpdateFeed.topic, number, &low, &high, UpdateFeed.answerMax
            )
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
            let id = PartitionID(topic: UpdateFeed.topic, number: number)
            positions.append(Backlog.Position(partition: id, offset: known == nil ? high : low))
        }
        let new = positions.dropFirst(known?.count ?? 0)
        if new.isEmpty { return positions }
        if let error = withPositions(Array(new), { rd_kafka_incremental_assign(client.handle, $0) }) {
            defer { rd_kafka_error_destroy(error) }
            report(KafkaNotice(.error, "Cannot follow: \(String(cString: rd_kafka_error_string(error)))"))
            return nil
        }
        report(KafkaNotice(.info, "Follows \(UpdateFeed.topic) in \(count) partitions"))
        return positions
    }

    /// Nil when brokers do not answer or the topic is not there yet.
    private func partitionCount() -> Int32? {
        let topic = rd_kafka_topic_new(client.handle, UpdateFeed.topic, nil)
        defer { rd_kafka_topic_destroy(topic) }
        var answer: UnsafePointer<rd_kafka_metadata>?
        let error = rd_kafka_metadata(client.handle, 0, topic, &answer, UpdateFeed.answerMax)
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else { return nil }
        defer { rd_kafka_metadata_destroy(answer) }
        guard answer.pointee.topic_cnt > 0 else { return nil }
        let found = answer.pointee.topics[0]
        return found.err == RD_KAFKA_RESP_ERR_NO_ERROR && found.partition_cnt > 0 ? found.partition_cnt : nil
    }

    /// Waits for updates and takes along what is there, up to `limit`.
    func poll(limit: Int) -> [StoredEvent] {
        var events: [StoredEvent] = []
        var wait = UpdateFeed.waitMax
        while events.count < limit, let message = rd_kafka_consumer_poll(client.handle, wait) {
            if let event = read(message.pointee) { events.append(event) }
            rd_kafka_message_destroy(message)
            wait = 0
        }
        return events
    }

    private func read(_ message: rd_kafka_message_t) -> StoredEvent? {
        guard message.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            report(KafkaNotice(.warning, "librdkafka: \(message.text)"))
            return nil
        }
        guard let record = IncomingRecord(message) else { return nil }
        do throws(ErrandError) {
            return try StoredEvent(update: try record.cloudEvent())
        } catch {
            report(KafkaNotice(.error, "\(record.place) was passed over: \(error)"))
            return nil
        }
    }

    /// Ends a ``poll(limit:)`` that waits.
    func wake() {
        let queue = rd_kafka_queue_get_consumer(client.handle)
        rd_kafka_queue_yield(queue)
        rd_kafka_queue_destroy(queue)
    }

    func close() {
        rd_kafka_destroy_flags(client.handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }
}
