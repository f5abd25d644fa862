import CKafka

/// Reads a topic from its beginning to its end.
enum TopicReader {
    private static let answerMax: Int32 = 5_000

    static func readAll(of topic: String, at servers: String) -> [MockRecord] {
        let client = MockClient.make(RD_KAFKA_CONSUMER, servers)
        defer { rd_kafka_destroy(client) }
        rd_kafka_poll_set_consumer(client)
        let list = rd_kafka_topic_partition_list_new(8)
        defer { rd_kafka_topic_partition_list_destroy(list) }
        var missing = 0
        for partition in 0..<partitionCount(of: topic, client) {
            var (low, high) = (Int64(0), Int64(0))
            rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, answerMax)
            missing += Int(high - low)
            rd_kafka_topic_partition_list_add(list, topic, partition)?.pointee.offset = low
        }
        rd_kafka_assign(client, list)
        var records: [MockRecord] = []
        while records.count < missing, let message = rd_kafka_consumer_poll(client, answerMax) {
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR { records.append(record(message)) }
            rd_kafka_message_destroy(message)
        }
        return records.sorted { ($0.partition, $0.offset) < ($1.partition, $1.offset) }
    }

    private static func partitionCount(of topic: String, _ client: OpaquePointer) -> Int32 {
        let handle = rd_kafka_topic_new(client, topic, nil)
        defer { rd_kafka_topic_destroy(handle) }
        var answer: UnsafePointer<rd_kafka_metadata>?
        guard rd_kafka_metadata(client, 0, handle, &answer, answerMax) == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else {
            return 0
        }
        defer { rd_kafka_metadata_destroy(answer) }
        return answer.pointee.topic_cnt > 0 ? answer.pointee.topics[0].partition_cnt : 0
    }

    private static func record(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> MockRecord {
        MockRecord(
            partition: Int(message.pointee.partition), offset: message.pointee.offset,
            key: text(message.pointee.key, message.pointee.key_len),
            value: text(message.pointee.payload, message.pointee.len), headers: headers(message)
        )
    }

    private static func headers(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> [String: String] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR else { return [:] }
        var (headers, index) = ([String: String](), 0)
        var (name, value, size) = (UnsafePointer<CChar>?.none, UnsafeRawPointer?.none, 0)
        while rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
            if let name { headers[String(cString: name)] = text(value, size) }
            index += 1
        }
        return headers
    }

    private static func text(_ pointer: UnsafeRawPointer?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: pointer, count: pointer == nil ? 0 : count), as: UTF8.self)
    }
}

/// Appends single records.
enum TopicWriter {
    static func write(_ value: String, key: String, to topic: String, partition: Int32, at servers: String) {
        let client = MockClient.make(RD_KAFKA_PRODUCER, servers)
        defer { rd_kafka_destroy(client) }
        let handle = rd_kafka_topic_new(client, topic, nil)
        defer { rd_kafka_topic_destroy(handle) }
        var bytes = Array(value.utf8)
        rd_kafka_produce(handle, partition, RD_KAFKA_MSG_F_COPY, &bytes, bytes.count, key, key.utf8.count, nil)
        rd_kafka_flush(client, 5_000)
    }
}

/// Clients with nothing but the defaults.
enum MockClient {
    static func make(_ type: rd_kafka_type_t, _ servers: String) -> OpaquePointer {
        let settings = rd_kafka_conf_new()
        rd_kafka_conf_set(settings, "bootstrap.servers", servers, nil, 0)
        if type == RD_KAFKA_CONSUMER {
            rd_kafka_conf_set(settings, "fetch.wait.max.ms", "10", nil, 0)
            // Never joined: librdkafka wants a name to read partitions one by one.
            rd_kafka_conf_set(settings, "group.id", "mock-reader", nil, 0)
        }
        guard let client = rd_kafka_new(type, settings, nil, 0) else {
            preconditionFailure("librdkafka makes no client.")
        }
        return client
    }
}
