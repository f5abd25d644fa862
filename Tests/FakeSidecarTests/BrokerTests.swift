import FakeSidecar
import Testing

@Suite struct BrokerTests {
    @Test func `a key keeps its partition, and keys spread`() async throws {
        let (broker, other) = (FakeBroker(partitions: 8), FakeBroker(topics: ["t": 8]))
        var partitions: Set<Int> = []
        for number in 0..<200 {
            let record = NewRecord(key: "user-\(number)", value: [])
            let first = try await broker.append(record, to: "t")
            let second = try await broker.append(record, to: "t")
            let elsewhere = try await other.append(record, to: "t")
            #expect(first.partition == second.partition)
            #expect(first.partition == elsewhere.partition)
            #expect(first.offset < second.offset)
            partitions.insert(first.partition)
        }
        #expect(partitions == Set(0..<8))
    }

    @Test func `what is too large or aims beside the topic is refused`() async throws {
        let broker = FakeBroker(partitions: 2)
        await #expect(throws: BrokerError.self) {
            _ = try await broker.append(NewRecord(key: nil, value: [], partition: 2), to: "t")
        }
        let large = [UInt8](repeating: 0, count: FakeBroker.recordBytesMax + 1)
        await #expect(throws: BrokerError.self) {
            _ = try await broker.append(NewRecord(key: nil, value: large), to: "t")
        }
        let position = try await broker.append(NewRecord(key: nil, value: [], partition: 1), to: "t")
        #expect(position == RecordPosition(partition: 1, offset: 0))
    }

    @Test func `members share the partitions, and a late mark counts for nothing`() async throws {
        let broker = FakeBroker(partitions: 4)
        let first = try await broker.join(group: "g", topic: "t", from: .oldest)
        let alone = await first.claims(after: 0)
        #expect(alone.claims.map(\.partition) == [0, 1, 2, 3])
        let second = try await broker.join(group: "g", topic: "t", from: .oldest)
        let (left, right) = (await first.claims(after: alone.generation), await second.claims(after: 0))
        #expect(Set((left.claims + right.claims).map(\.partition)) == [0, 1, 2, 3])
        #expect(left.claims.count == 2)
        let lost = try #require(alone.claims.first { !left.claims.contains($0) })
        let holds = await first.holds(lost)
        #expect(!holds)
        await first.mark(lost, upTo: 5)
        await first.commit()
        await second.commit()
        #expect(broker.committed(group: "g", topic: "t") == [0, 0, 0, 0])
        let kept = try #require(left.claims.first)
        await first.mark(kept, upTo: 3)
        await first.leave(committing: true)
        let all = await second.claims(after: right.generation)
        #expect(all.claims.map(\.partition) == [0, 1, 2, 3])
        #expect(all.claims[kept.partition].start == 3)
        let over = await first.claims(after: 0)
        #expect(over.isOver)
    }
}
