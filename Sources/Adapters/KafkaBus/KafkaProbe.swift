import BlockingThreads
import CKafka
import Synchronization

/// Asks brokers once whether they let us in, and what topics there are.
public struct KafkaProbe: Sendable {
    /// Why there is no answer. Names hosts and reasons, never a password.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    private let configuration: KafkaConfiguration

    public init(_ configuration: KafkaConfiguration) {
        self.configuration = configuration
    }

    /// The topics that we may see, by name.
    ///
    /// - Parameter seconds: to connect, sign in and ask; 1 or more.
    public func topics(within seconds: Int) async throws(Failure) -> Set<String> {
        let worker = BlockingWorker(name: "kafka-probe")
        let result = await worker.perform { Result { () throws(Failure) in try ask(seconds) } }
        await worker.end()
        return try result.get()
    }

    private func ask(_ seconds: Int) throws(Failure) -> Set<String> {
        let last = LastComplaint()
        let listener = KafkaListener { notice in
            if notice.level == .error || notice.level == .warning { last.keep(notice.text) }
        }
        let client: KafkaClient
        do throws(KafkaConfigurationError) {
            client = try KafkaClient(.producer, configuration.connectionProperties, listener)
        } catch {
            throw Failure(description: "\(error)")
        }
        defer { rd_kafka_destroy(client.handle) }
        var answer: UnsafePointer<rd_kafka_metadata>?
        let error = rd_kafka_metadata(client.handle, 1, nil, &answer, Int32(seconds * 1_000))
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else {
            throw Failure(description: last.text ?? error.text)
        }
        defer { rd_kafka_metadata_destroy(answer) }
        let count = Int(answer.pointee.topic_cnt)
        return Set((0..<count).compactMap { answer.pointee.topics[$0].topic.map { String(cString: $0) } })
    }
}

/// What librdkafka has complained of last, from whatever thread.
private final class LastComplaint: Sendable {
    private let kept = Mutex<String?>(nil)

    var text: String? { kept.withLock { $0 } }

    func keep(_ text: String) { kept.withLock { $0 = text } }
}
