import BlockingThreads
import CKafka
import ErrandCore
import Synchronization

/// One idempotent producer with the thread that polls it. Once something fails it is used up: see ``KafkaPublisher``.
final class KafkaProducer: Sendable {
    private struct State {
        var batches: [PendingBatch] = []
        /// Nil while it is open; then until when it may still deliver what it has.
        var closesAt: ContinuousClock.Instant?
    }

    private let client: KafkaClient
    private let state: SharedState
    private let thread: BlockingThread

    /// What the caller's tasks and the thread share.
    private final class SharedState: Sendable {
        let value = Mutex(State())
    }

    private static let pollMax: Int32 = 100
    private static let pauseWhenFull = Duration.milliseconds(10)
    /// How long messages of a call that was cancelled may take.
    private static let flushMax = Duration.seconds(10)

    private static let purgeAll =
        RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING

    init(
        _ properties: [KafkaConfiguration.Property], _ report: @escaping KafkaNotice.Report
    ) throws(KafkaConfigurationError) {
        let client = try KafkaClient(.producer, properties, KafkaListener(report))
        let state = SharedState()
        (self.client, self.state) = (client, state)
        thread = BlockingThread(name: "kafka-producer") { KafkaProducer.poll(client, state) }
    }

    /// Sends records in order, those of one partition one after the other.
    ///
    /// - Returns: nil when brokers have all of them; else why not. Then some may be there and others not, but none
    ///   without those before it in the same partition.
    func send(_ records: [OutgoingRecord], within limit: Duration) async -> String? {
        let batch = PendingBatch(deadline: .now + limit)
        return await withTaskCancellationHandler {
            await produce(records, as: batch)
            return await batch.outcome()
        } onCancel: {
            batch.hurry(until: .now + KafkaProducer.flushMax)
        }
    }

    private func produce(_ records: [OutgoingRecord], as batch: PendingBatch) async {
        var rest = records[...]
        state.value.withLock { $0.batches.append(batch) }
        while true {
            let failure = state.value.withLock { state -> rd_kafka_resp_err_t? in
                // The handle is valid until the thread sees that it is to close.
                guard state.closesAt == nil else { return RD_KAFKA_RESP_ERR__DESTROY }
                while let record = rest.first {
                    if let failure = record.produce(with: client.handle, for: batch) { return failure }
                    rest.removeFirst()
                }
                return nil
            }
            let isFull = failure == RD_KAFKA_RESP_ERR__QUEUE_FULL
            guard isFull, !Task.isCancelled, !batch.isLost(at: .now) else {
                return batch.finishedOne(failure: failure?.text)
            }
            // Others' messages leave as they are acknowledged.
            try? await Task.sleep(for: KafkaProducer.pauseWhenFull)
        }
    }

    /// Delivers what there is, for `time` at most, gives up the rest and ends the thread.
    func close(within time: Duration) async {
        state.value.withLock { $0.closesAt = min($0.closesAt ?? .now + time, .now + time) }
        await thread.join()
    }

    /// The work of the thread: reports of deliveries, deadlines, the end.
    private static func poll(_ client: KafkaClient, _ state: SharedState) {
        while true {
            rd_kafka_poll(client.handle, pollMax)
            let now = ContinuousClock.now
            let (isLost, isClosing) = state.value.withLock { state in
                let isLost = state.batches.contains { $0.isLost(at: now) }
                state.batches.removeAll { $0.isOver }
                return (isLost || state.closesAt.map { $0 <= now } == true, state.closesAt != nil)
            }
            // All of it, so that nothing goes out without what comes before it.
            if isLost { rd_kafka_purge(client.handle, purgeAll) }
            if isClosing, rd_kafka_outq_len(client.handle) == 0 { break }
        }
        rd_kafka_destroy(client.handle)
    }
}
