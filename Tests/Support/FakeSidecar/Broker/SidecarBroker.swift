public import CivilTime

/// A log of records in topics and partitions with consumer groups, as the sidecars see it.
///
/// ``FakeBroker`` keeps it in memory. Whatever implements it gives a partition to one member of a group at a time and
/// hands a record out again as long as it is not committed.
public protocol SidecarBroker: Sendable {
    /// Writes a record. When it returns, the record is there for all who read the topic.
    func append(_ record: NewRecord, to topic: String) async throws(BrokerError) -> RecordPosition

    /// Takes part in reading a topic. A group that has never read it begins at `offset`.
    func join(group: String, topic: String, from offset: InitialOffset) async throws(BrokerError) -> any BrokerConsumer
}

/// One member of a consumer group, reading one topic.
public protocol BrokerConsumer: Sendable {
    /// The partitions this member reads, as soon as they differ from those of `generation`.
    func claims(after generation: Int) async -> ClaimSet

    /// Waits for records at `offset` and beyond: at least one, at most `limit`. None when the partition has been
    /// taken away, the consumer is paused, or the task is cancelled.
    func records(of claim: Claim, from offset: Int64, limit: Int) async -> [BrokerRecord]

    /// Whether the claim is still this member's.
    func holds(_ claim: Claim) async -> Bool

    /// Everything before `offset` is done. Kept in memory until ``commit()``; without effect when the claim is lost.
    func mark(_ claim: Claim, upTo offset: Int64) async

    func commit() async

    /// Hands out nothing any more; what is in hand can still be marked.
    func pause() async

    /// Gives all partitions back, with or without what was marked and not committed.
    func leave(committing: Bool) async

    /// Reads all partitions of this member again from what was committed, as a process does that fell and came back.
    func restart() async
}

/// Where a group begins that has no committed offset.
public enum InitialOffset: Hashable, Sendable {
    case oldest, newest
}

/// A partition in the hands of one member. Given again, it is another claim.
public struct Claim: Hashable, Sendable {
    public let partition: Int
    /// Counts how often the partition changed hands in its group.
    public let epoch: Int
    /// The first record that the group has not committed.
    public let start: Int64

    public init(partition: Int, epoch: Int, start: Int64) {
        self.partition = partition
        self.epoch = epoch
        self.start = start
    }
}

/// What a member reads.
public struct ClaimSet: Hashable, Sendable {
    public let generation: Int
    public let claims: [Claim]
    /// The member is paused or gone: there is nothing more to come.
    public let isOver: Bool

    public init(generation: Int, claims: [Claim], isOver: Bool) {
        self.generation = generation
        self.claims = claims
        self.isOver = isOver
    }
}

/// A record to be written.
public struct NewRecord: Hashable, Sendable {
    /// Records with the same key are in the same partition, in the order in which they were written.
    public var key: String?
    public var value: [UInt8]
    public var headers: [String: String]
    /// Overrules the key.
    public var partition: Int?

    public init(key: String?, value: [UInt8], headers: [String: String] = [:], partition: Int? = nil) {
        self.key = key
        self.value = value
        self.headers = headers
        self.partition = partition
    }
}

/// Where a record was written.
public struct RecordPosition: Hashable, Sendable {
    public let partition: Int
    public let offset: Int64

    public init(partition: Int, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }
}

/// A record as it is read.
public struct BrokerRecord: Hashable, Sendable {
    public let topic: String
    public let partition: Int
    public let offset: Int64
    public let key: String?
    public let value: [UInt8]
    public let headers: [String: String]
    public let writtenAt: Instant

    public init(
        topic: String, partition: Int, offset: Int64, key: String?, value: [UInt8], headers: [String: String],
        writtenAt: Instant
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.key = key
        self.value = value
        self.headers = headers
        self.writtenAt = writtenAt
    }
}

/// Why a broker refused.
public struct BrokerError: Error, Hashable, Sendable {
    public let reason: String

    public init(_ reason: String) {
        self.reason = reason
    }
}
