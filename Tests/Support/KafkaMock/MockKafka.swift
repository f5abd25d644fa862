public import CKafka
import Dispatch

/// Brokers for tests: librdkafka's mock cluster, in this process, on loopback. Other processes reach it, too.
///
/// What it does not do as real brokers do: passwords, TLS, hiding aborted transactions from who reads committed ones,
/// keeping more than some 5 MB per partition, keeping anything when it ends.
// librdkafka's functions lock what they share; the pointers never change.
public final class MockKafka: @unchecked Sendable {
    /// Requests of the protocol that can be made to fail (<https://kafka.apache.org/protocol#protocol_api_keys>).
    public enum Request: Int16, Sendable {
        case produce = 0
        case fetch = 1
        case offsetCommit = 8
        case joinGroup = 11
    }

    private let client: OpaquePointer
    private let cluster: OpaquePointer
    private let brokerCount: Int32

    /// `host:port` of every broker, by commas.
    public let bootstrapServers: String

    /// - Parameter topics: names and how many partitions they have.
    public init(topics: [String: Int], brokers: Int = 1) {
        let settings = rd_kafka_conf_new()
        // The handle of a cluster connects to nothing, and would say so.
        rd_kafka_conf_set(settings, "log_level", "3", nil, 0)
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, settings, nil, 0),
            let cluster = rd_kafka_mock_cluster_new(client, Int32(brokers)),
            let servers = rd_kafka_mock_cluster_bootstraps(cluster)
        else { preconditionFailure("librdkafka makes no mock cluster.") }
        (self.client, self.cluster, brokerCount) = (client, cluster, Int32(brokers))
        bootstrapServers = String(cString: servers)
        for (name, partitions) in topics { createTopic(name, partitions: partitions) }
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
    }

    public func createTopic(_ name: String, partitions: Int) {
        let error = rd_kafka_mock_topic_create(cluster, name, Int32(partitions), brokerCount)
        precondition(error == RD_KAFKA_RESP_ERR_NO_ERROR, "The topic exists.")
    }

    /// Ends every connection and takes no new ones.
    public func goDown() {
        for id in 1...brokerCount { rd_kafka_mock_broker_set_down(cluster, id) }
    }

    /// Takes connections again, on the ports it had.
    public func comeUp() {
        for id in 1...brokerCount { rd_kafka_mock_broker_set_up(cluster, id) }
    }

    /// The next requests of that kind get these errors, one each.
    public func fail(_ request: Request, with errors: [rd_kafka_resp_err_t]) {
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
    }

    /// What is left of the errors is forgotten.
    public func stopFailing(_ request: Request) {
        rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
    }
}

/// A record of a topic, as a client sees it that knows nothing of ours.
public struct MockRecord: Hashable, Sendable {
    public let partition: Int
    public let offset: Int64
    public let key: String
    public let value: String
    public let headers: [String: String]
}

extension MockKafka {
    /// Everything in a topic, by partition and offset.
    public func records(of topic: String) async -> [MockRecord] {
        await onOwnThread { TopicReader.readAll(of: topic, at: self.bootstrapServers) }
    }

    /// Appends a record as anybody could.
    public func append(_ value: String, key: String, to topic: String, partition: Int) async {
        await onOwnThread {
            TopicWriter.write(value, key: key, to: topic, partition: Int32(partition), at: self.bootstrapServers)
        }
    }

    /// The functions of librdkafka block, which Swift's own threads must not.
    private func onOwnThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}
