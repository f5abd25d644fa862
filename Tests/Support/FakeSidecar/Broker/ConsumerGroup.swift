/// Who reads which partition of a topic, and how far they are.
struct ConsumerGroup {
    /// In the order in which they joined.
    private var members: [Int] = []
    private var lastMember = 0
    /// Moves partitions from member to member.
    private var turn = 0
    private var owners: [Int?]
    private var epochs: [Int]
    private(set) var generation = 0
    /// Offsets that survive, by partition.
    private(set) var committed: [Int64]
    /// Offsets that are committed next.
    private(set) var marked: [Int64]

    init(starts: [Int64]) {
        committed = starts
        marked = starts
        owners = starts.map { _ in nil }
        epochs = starts.map { _ in 0 }
    }

    func claims(of member: Int) -> [Claim] {
        owners.indices.filter { owners[$0] == member }
            .map { Claim(partition: $0, epoch: epochs[$0], start: committed[$0]) }
    }

    func isMember(_ member: Int) -> Bool { members.contains(member) }

    func holds(_ claim: Claim, _ member: Int) -> Bool {
        owners[claim.partition] == member && epochs[claim.partition] == claim.epoch
    }

    mutating func join() -> Int {
        lastMember += 1
        members.append(lastMember)
        assign()
        return lastMember
    }

    mutating func leave(_ member: Int, committing: Bool) {
        if committing { commit(member) } else { forgetMarks(of: member) }
        members.removeAll { $0 == member }
        assign()
    }

    /// All partitions of the member begin anew with what is committed.
    mutating func restart(_ member: Int) {
        forgetMarks(of: member)
        for partition in owners.indices where owners[partition] == member { owners[partition] = nil }
        assign()
    }

    mutating func rebalance() {
        turn += 1
        committed = marked
        owners = owners.map { _ in nil }
        assign()
    }

    mutating func mark(_ claim: Claim, upTo offset: Int64, _ member: Int) {
        guard holds(claim, member) else { return }
        marked[claim.partition] = max(marked[claim.partition], offset)
    }

    mutating func commit(_ member: Int) {
        for partition in owners.indices where owners[partition] == member { committed[partition] = marked[partition] }
    }

    private mutating func forgetMarks(of member: Int) {
        for partition in owners.indices where owners[partition] == member { marked[partition] = committed[partition] }
    }

    /// Deals the partitions out. One that changes hands is committed first, as clients do when it is revoked.
    private mutating func assign() {
        generation += 1
        for partition in owners.indices {
            let owner = members.isEmpty ? nil : members[(partition + turn) % members.count]
            guard owners[partition] != owner else { continue }
            committed[partition] = marked[partition]
            owners[partition] = owner
            epochs[partition] += 1
        }
    }
}
