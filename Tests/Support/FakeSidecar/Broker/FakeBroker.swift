public import CivilTime
import Foundation
import Synchronization

/// A broker in memory, shared by all sidecars of a process.
///
/// A topic is made when it is first named. Records stay for as long as the broker.
public final class FakeBroker: SidecarBroker {
    /// What Kafka takes unless told otherwise (`message.max.bytes`).
    public static let recordBytesMax = 1024 * 1024

    struct State {
        var topics: [String: Topic] = [:]
        var groups: [GroupName: ConsumerGroup] = [:]
    }

    /// Consumer groups are kept per topic: members that read different topics do not disturb each other.
    struct GroupName: Hashable {
        let group: String
        let topic: String
    }

    struct Topic {
        var partitions: [[BrokerRecord]]
        /// Rings when a record comes or a partition changes hands.
        let bell = Bell()
    }

    let state = Mutex(State())
    private let partitions: Int
    private let topics: [String: Int]
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - partitions: how many partitions a topic has that is not in `topics`.
    ///   - topics: topics with another number of partitions.
    public init(
        partitions: Int = 4, topics: [String: Int] = [:], now: @escaping @Sendable () -> Instant = Instant.wallClock
    ) {
        self.partitions = partitions
        self.topics = topics
        self.now = now
    }

    public func append(_ record: NewRecord, to topic: String) async throws(BrokerError) -> RecordPosition {
        guard record.value.count <= FakeBroker.recordBytesMax else { throw BrokerError("the record is too large") }
        let now = now()
        let (position, bell) = try state.withLock { (state) throws(BrokerError) in
            open(topic, in: &state)
            let count = state.topics[topic]?.partitions.count ?? partitions
            let partition = record.partition ?? Partitioner.partition(of: record.key, among: count)
            guard 0..<count ~= partition else { throw BrokerError("\(topic) has no partition \(partition)") }
            let offset = Int64(state.topics[topic]?.partitions[partition].count ?? 0)
            state.topics[topic]?.partitions[partition].append(
                BrokerRecord(
                    topic: topic, partition: partition, offset: offset, key: record.key, value: record.value,
                    headers: record.headers, writtenAt: now
                )
            )
            return (RecordPosition(partition: partition, offset: offset), state.topics[topic]?.bell)
        }
        bell?.ring()
        return position
    }

    public func join(
        group: String, topic: String, from offset: InitialOffset
    ) async throws(BrokerError) -> any BrokerConsumer {
        let name = GroupName(group: group, topic: topic)
        let (member, bell) = state.withLock { state in
            let bell = open(topic, in: &state)
            let ends = state.topics[topic]?.partitions.map { Int64($0.count) } ?? []
            let starts = offset == .newest ? ends : ends.map { _ in 0 }
            var consumers = state.groups[name] ?? ConsumerGroup(starts: starts)
            defer { state.groups[name] = consumers }
            return (consumers.join(), bell)
        }
        bell.ring()
        return FakeBrokerConsumer(broker: self, name: name, member: member, bell: bell)
    }

    /// Moves every partition that a group reads on to its next member, or gives it to the only one anew. What a member
    /// has in hand at that moment is also read by the next one.
    public func rebalance(group: String, topic: String) {
        change(GroupName(group: group, topic: topic)) { $0.rebalance() }
    }

    /// Changes a group and wakes those who read its topic.
    func change(_ name: GroupName, _ body: (inout ConsumerGroup) -> Void) {
        let bell = state.withLock { state in
            if var group = state.groups[name] {
                body(&group)
                state.groups[name] = group
            }
            return state.topics[name.topic]?.bell
        }
        bell?.ring()
    }

    /// Makes a topic unless it is there.
    @discardableResult
    private func open(_ name: String, in state: inout State) -> Bell {
        if let topic = state.topics[name] { return topic.bell }
        let topic = Topic(partitions: Array(repeating: [], count: topics[name] ?? partitions))
        state.topics[name] = topic
        return topic.bell
    }
}

/// What tests look at.
extension FakeBroker {
    /// All records of a topic, partition by partition.
    public func records(in topic: String) -> [BrokerRecord] {
        state.withLock { $0.topics[topic]?.partitions.flatMap { $0 } ?? [] }
    }

    /// What a group has committed, by partition.
    public func committed(group: String, topic: String) -> [Int64] {
        state.withLock { $0.groups[GroupName(group: group, topic: topic)]?.committed ?? [] }
    }

    /// How many records a group has not done yet, whether committed or only marked.
    public func lag(group: String, topic: String) -> Int64 {
        state.withLock { state in
            let done = state.groups[GroupName(group: group, topic: topic)]?.marked
            let ends = state.topics[topic]?.partitions.map { Int64($0.count) } ?? []
            guard let done else { return ends.reduce(0, +) }
            return zip(ends, done).reduce(0) { $0 + $1.0 - $1.1 }
        }
    }

    /// The groups that read a topic.
    public func groups(reading topic: String) -> Set<String> {
        state.withLock { Set($0.groups.keys.filter { $0.topic == topic }.map(\.group)) }
    }
}

extension Instant {
    /// What the clock on the wall shows.
    public static var wallClock: @Sendable () -> Instant {
        { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
    }
}
