import CKafka

/// The partitions of a list of librdkafka.
func partitions(in list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> [PartitionID] {
    (0..<Int(list.pointee.cnt)).map { index in
        let element = list.pointee.elems[index]
        return PartitionID(topic: String(cString: element.topic), number: element.partition)
    }
}

/// Partitions as a list of librdkafka, valid inside of `use`.
func withPartitions<Result>(
    _ partitions: [PartitionID], _ use: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> Result
) -> Result {
    withPositions(partitions.map { Backlog.Position(partition: $0, offset: Int64(RD_KAFKA_OFFSET_INVALID)) }, use)
}

/// The same with offsets.
func withPositions<Result>(
    _ positions: [Backlog.Position], _ use: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> Result
) -> Result {
    let list = rd_kafka_topic_partition_list_new(Int32(positions.count))
    defer { rd_kafka_topic_partition_list_destroy(list) }
    for position in positions {
        rd_kafka_topic_partition_list_add(list, position.partition.topic, position.partition.number)?
            .pointee.offset = position.offset
    }
    return use(list)
}
