import CKafka
import ErrandCore

/// A member of a consumer group. Its functions block; they are called from one thread, ``wake()`` from any.
struct GroupMember: Sendable {
    private let client: KafkaClient
    private let partitions: AssignedPartitions
    private let batchSize: Int
    private let report: KafkaNotice.Report

    /// How long at most until it looks again, whatever happens.
    private static let waitMax = Duration.seconds(1)
    /// How long leaving the group may take.
    private static let closeMax = Duration.seconds(10)

    init(
        of role: ProcessRole, to topics: [Topic], _ configuration: KafkaConfiguration, _ partitions: AssignedPartitions,
        batchSize: Int, _ report: @escaping KafkaNotice.Report
    ) throws(KafkaConfigurationError) {
        client = try KafkaClient(
            .consumer, configuration.consumerProperties(group: role.rawValue),
            KafkaListener(report, partitions: partitions)
        )
        (self.partitions, self.batchSize, self.report) = (partitions, batchSize, report)
        rd_kafka_poll_set_consumer(client.handle)
        let ids = topics.map { PartitionID(topic: $0.rawValue, number: -1) }
        let error = withPartitions(ids) { rd_kafka_subscribe(client.handle, $0) }
        if error != RD_KAFKA_RESP_ERR_NO_ERROR {
            report(KafkaNotice(.error, "Cannot join the group \(role.rawValue): \(error.text)"))
        }
    }

    /// Fetches records into the backlog: waits for the first, takes along what is there. Meanwhile the group may
    /// change the partitions.
    ///
    /// - Returns: false when the member is of no use any more and has to be replaced.
    func poll() -> Bool {
        let pauses = partitions.withBacklog { $0.pauses() }
        if !pauses.pause.isEmpty { withPartitions(pauses.pause) { _ = rd_kafka_pause_partitions(client.handle, $0) } }
        if !pauses.resume.isEmpty {
            withPartitions(pauses.resume) { _ = rd_kafka_resume_partitions(client.handle, $0) }
        }
        var wait = partitions.withBacklog { GroupMember.wait($0) }
        var room = partitions.withBacklog { batchSize - $0.readyCount(at: .now) }
        // Once at least: polling is what keeps the member in the group.
        repeat {
            guard let message = rd_kafka_consumer_poll(client.handle, wait) else { break }
            take(message.pointee)
            rd_kafka_message_destroy(message)
            (wait, room) = (0, room - 1)
        } while room > 0
        guard let fatal = client.fatalError else { return true }
        report(KafkaNotice(.error, "The consumer starts anew: \(fatal)"))
        return false
    }

    /// For how many milliseconds a poll may wait for records: not at all when there is something to do.
    private static func wait(_ backlog: Backlog) -> Int32 {
        let now = ContinuousClock.now
        if backlog.readyCount(at: now) > 0 { return 0 }
        let untilRetry = backlog.nextRetry.map { max(now.duration(to: $0), .zero) } ?? waitMax
        // Rounded up, or it would come a little early and find nothing to do.
        return Int32(min(untilRetry, waitMax).milliseconds + (untilRetry < waitMax ? 1 : 0))
    }

    private func take(_ message: rd_kafka_message_t) {
        guard message.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return report(KafkaNotice(.warning, "librdkafka: \(message.text)"))
        }
        guard let record = IncomingRecord(message) else { return }
        partitions.withBacklog { $0.add(record) }
    }

    /// Remembers how far all is done, without waiting for it.
    func commit() {
        partitions.commitLater(with: client.handle)
    }

    /// Records that no member has handled, of the partitions of this one.
    var lag: Int64 { partitions.withBacklog(\.heads).reduce(0) { $0 + lag(after: $1) } }

    /// The same for each of `topics`; nothing of one whose partitions others have.
    func lags(of topics: [Topic]) -> [Topic: Int64] {
        var lags = Dictionary(uniqueKeysWithValues: topics.map { ($0, Int64(0)) })
        for head in partitions.withBacklog(\.heads) {
            if let topic = Topic(rawValue: head.partition.topic) { lags[topic, default: 0] += lag(after: head) }
        }
        return lags
    }

    /// Records of a partition from `head` on, as far as this client has heard.
    private func lag(after head: Backlog.Position) -> Int64 {
        var (low, high) = (Int64(0), Int64(0))
        let error = rd_kafka_get_watermark_offsets(
            client.handle, head.partition.topic, head.partition.number, &low, &high
        )
        return error == RD_KAFKA_RESP_ERR_NO_ERROR ? max(high - head.offset, 0) : 0
    }

    /// Ends a ``poll()`` that waits.
    func wake() {
        let queue = rd_kafka_queue_get_consumer(client.handle)
        rd_kafka_queue_yield(queue)
        rd_kafka_queue_destroy(queue)
    }

    /// Gives back its partitions, which commits what is done, leaves the group and ends the client.
    func close() {
        let queue = rd_kafka_queue_new(client.handle)
        if let error = rd_kafka_consumer_close_queue(client.handle, queue) {
            rd_kafka_error_destroy(error)
        } else {
            let end = ContinuousClock.now + GroupMember.closeMax
            while rd_kafka_consumer_closed(client.handle) == 0, ContinuousClock.now < end {
                // What was fetched ahead arrives here too; whoever gets the partition reads it again.
                if let message = rd_kafka_consume_queue(queue, 100) { rd_kafka_message_destroy(message) }
            }
        }
        rd_kafka_queue_destroy(queue)
        rd_kafka_destroy_flags(client.handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }
}

extension rd_kafka_message_t {
    /// What an error that came in place of a message says.
    var text: String {
        var copy = self
        return rd_kafka_message_errstr(&copy).map { String(cString: $0) } ?? err.text
    }
}
