import ErrandCore
import EventDelivery

/// What a member of a group has in hand: per partition the records that wait, how far it is, and what is tried again
/// when. Input in, answers out; no I/O.
struct Backlog {
    /// A partition and the offset of the first record that is not done.
    struct Position: Hashable, Sendable {
        let partition: PartitionID
        let offset: Int64
    }

    /// What came of handling the first records of a partition.
    struct Turn: Sendable {
        let partition: PartitionID
        /// Records that are done, from the first.
        var done = 0
        /// Whether the record after them has failed.
        var hasFailed = false
    }

    private struct Partition {
        var waiting: ArraySlice<IncomingRecord> = []
        /// After the last record that is done here; nil before the first.
        var position: Int64?
        /// Whether ``position`` has moved since it was last committed.
        var isDirty = false
        /// How often the first record has failed.
        var attempts = 0
        /// When it is tried again.
        var retryAt: ContinuousClock.Instant?
        /// Whether librdkafka is to fetch no more.
        var isPaused = false
    }

    private var partitions: [PartitionID: Partition] = [:]
    private let policy: DeliveryPolicy

    /// However long a database is away, this soon after it is back all goes on.
    static let pauseMax = Duration.seconds(10)

    init(policy: DeliveryPolicy) { self.policy = policy }

    mutating func assign(_ ids: [PartitionID]) {
        for id in ids { partitions[id] = Partition() }
    }

    mutating func forget(_ ids: [PartitionID]) {
        for id in ids { partitions[id] = nil }
    }

    /// Takes a record from librdkafka. One of a partition that is not ours is dropped.
    mutating func add(_ record: IncomingRecord) {
        partitions[record.partition]?.waiting.append(record)
    }

    /// What can be handled now: the first records of each partition that is not waiting for a retry.
    func ready(at now: ContinuousClock.Instant) -> [ArraySlice<IncomingRecord>] {
        partitions.values.filter { !$0.waiting.isEmpty && ($0.retryAt.map { $0 <= now } ?? true) }.map(\.waiting)
    }

    /// Records that can be handled now.
    func readyCount(at now: ContinuousClock.Instant) -> Int {
        ready(at: now).reduce(0) { $0 + $1.count }
    }

    /// When the next retry is due.
    var nextRetry: ContinuousClock.Instant? { partitions.values.compactMap(\.retryAt).min() }

    /// Takes note of what was done.
    ///
    /// - Returns: how often the record that has failed has done so.
    @discardableResult
    mutating func settle(_ turn: Turn, at now: ContinuousClock.Instant) -> Int {
        guard var partition = partitions[turn.partition] else { return 0 }
        if turn.done > 0, let last = partition.waiting.prefix(turn.done).last {
            partition.position = last.offset + 1
            partition.isDirty = true
            partition.attempts = 0
            partition.waiting.removeFirst(turn.done)
        }
        partition.retryAt = nil
        if turn.hasFailed {
            partition.attempts += 1
            partition.retryAt = now + min(policy.pause(afterAttempts: partition.attempts), Backlog.pauseMax)
        }
        partitions[turn.partition] = partition
        return partition.attempts
    }

    /// Partitions that are to be fetched no more because they wait for a retry, and those that are to be fetched
    /// again. Each is told once.
    mutating func pauses() -> (pause: [PartitionID], resume: [PartitionID]) {
        let (pause, resume) = (
            partitions.filter { $0.value.attempts > 0 && !$0.value.isPaused }.map(\.key),
            partitions.filter { $0.value.attempts == 0 && $0.value.isPaused }.map(\.key)
        )
        for id in pause { partitions[id]?.isPaused = true }
        for id in resume { partitions[id]?.isPaused = false }
        return (pause, resume)
    }

    /// Those of `ids` that are not fetched.
    func paused(_ ids: [PartitionID]) -> [PartitionID] {
        ids.filter { partitions[$0]?.isPaused == true }
    }

    /// How far those of `ids` are done of which something is.
    func positions(of ids: some Sequence<PartitionID>) -> [Position] {
        ids.compactMap { id in partitions[id]?.position.map { Position(partition: id, offset: $0) } }
    }

    /// What has moved since the last call.
    mutating func takeDirty() -> [Position] {
        let moved = positions(of: partitions.filter(\.value.isDirty).keys)
        for position in moved { partitions[position.partition]?.isDirty = false }
        return moved
    }

    /// Commits every position once more, because one has failed.
    mutating func markDirty() {
        for id in partitions.keys where partitions[id]?.position != nil { partitions[id]?.isDirty = true }
    }

    /// For the lag: every partition with the offset of the next record to be handled, as far as that is known.
    var heads: [Position] {
        partitions.compactMap { id, partition in
            (partition.waiting.first?.offset ?? partition.position).map { Position(partition: id, offset: $0) }
        }
    }
}
