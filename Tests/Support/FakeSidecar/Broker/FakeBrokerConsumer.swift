import Synchronization

/// A member of a group at a ``FakeBroker``.
final class FakeBrokerConsumer: BrokerConsumer {
    private let broker: FakeBroker
    private let name: FakeBroker.GroupName
    private let member: Int
    private let bell: Bell
    private let isPaused = Mutex(false)

    init(broker: FakeBroker, name: FakeBroker.GroupName, member: Int, bell: Bell) {
        self.broker = broker
        self.name = name
        self.member = member
        self.bell = bell
    }

    private var group: ConsumerGroup? { broker.state.withLock { $0.groups[name] } }

    private var isOver: Bool { isPaused.withLock { $0 } || Task.isCancelled || group?.isMember(member) != true }

    func claims(after generation: Int) async -> ClaimSet {
        while true {
            let count = bell.count
            let group = group
            let (isOver, now) = (isOver, group?.generation ?? 0)
            if isOver || now > generation {
                return ClaimSet(generation: now, claims: group?.claims(of: member) ?? [], isOver: isOver)
            }
            await bell.wait(past: count)
        }
    }

    func records(of claim: Claim, from offset: Int64, limit: Int) async -> [BrokerRecord] {
        while !isOver {
            let count = bell.count
            guard await holds(claim) else { break }
            let found = broker.state.withLock { state in
                Array(state.topics[name.topic]?.partitions[claim.partition].dropFirst(Int(offset)).prefix(limit) ?? [])
            }
            if !found.isEmpty { return found }
            await bell.wait(past: count)
        }
        return []
    }

    func holds(_ claim: Claim) async -> Bool { group?.holds(claim, member) ?? false }

    func mark(_ claim: Claim, upTo offset: Int64) async {
        // Wakes nobody: a mark changes nothing for those who read.
        broker.state.withLock { $0.groups[name]?.mark(claim, upTo: offset, member) }
    }

    func commit() async {
        broker.state.withLock { $0.groups[name]?.commit(member) }
    }

    func pause() async {
        isPaused.withLock { $0 = true }
        bell.ring()
    }

    func leave(committing: Bool) async {
        broker.change(name) { $0.leave(member, committing: committing) }
    }

    func restart() async {
        broker.change(name) { $0.restart(member) }
    }
}
