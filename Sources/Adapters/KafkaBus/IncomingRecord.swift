import CKafka
import ErrandCore

/// One partition of one topic.
struct PartitionID: Hashable, Sendable, CustomStringConvertible {
    let topic: String
    let number: Int32

    var description: String { "\(topic)[\(number)]" }
}

/// A record as it came from a partition.
struct IncomingRecord: Hashable, Sendable {
    let partition: PartitionID
    /// Its place in the partition.
    let offset: Int64
    let key: [UInt8]?
    let value: [UInt8]?

    /// Takes a copy of what librdkafka owns.
    init?(_ message: rd_kafka_message_t) {
        guard let topic = message.rkt, let name = rd_kafka_topic_name(topic) else { return nil }
        partition = PartitionID(topic: String(cString: name), number: message.partition)
        offset = message.offset
        key = message.key.map { Array(UnsafeRawBufferPointer(start: $0, count: message.key_len)) }
        value = message.payload.map { Array(UnsafeRawBufferPointer(start: $0, count: message.len)) }
    }

    init(partition: PartitionID, offset: Int64, key: [UInt8]? = nil, value: [UInt8]? = nil) {
        self.partition = partition
        self.offset = offset
        self.key = key
        self.value = value
    }

    /// For people who look for it.
    var place: String { "\(partition) at \(offset)" }

    /// The CloudEvent in it.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    func cloudEvent() throws(ErrandError) -> JSONValue {
        guard let value else { throw .malformedEvent("The record has no value.") }
        guard let json = try? JSONValue.parse(value) else { throw .malformedEvent("The record is not JSON.") }
        return json
    }

    /// What goes to the dead letters of `role`: the record itself, with why and from where.
    func deadLetter(of role: ProcessRole, reason: String) -> OutgoingRecord {
        OutgoingRecord(
            topic: Topic.deadLetters(of: role), key: key, value: value,
            headers: [
                .init(name: "errand-reason", value: reason),
                .init(name: "errand-topic", value: partition.topic),
                .init(name: "errand-partition", value: String(partition.number)),
                .init(name: "errand-offset", value: String(offset)),
            ]
        )
    }
}
