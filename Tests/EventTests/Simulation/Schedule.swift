import CivilTime
import ErrandCore
import EventDelivery
import Synchronization
import TestSupport

/// One simulated run: writers, two relays, a broker, two processes of a consumer behind it and two of a consumer of
/// the log, with crashes, failures and delays by chance; then a quiet time, after which all must be as it should.
struct Schedule: Sendable {
    private static let log = ProcessRole.auditService
    private static let remote = ProcessRole.notificationService

    private let baton: Baton
    fileprivate let world: World
    private let events: [Event]
    private let poison: Set<EventID>
    private let consumers: [ProcessRole: SimulatedConsumer]
    private let holders: [UniqueID]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func any(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let tasks = (0..<3).map { _ in TaskID(.version7(at: .testStart, using: &generator)) }
        let user = UserID(.version7(at: .testStart, using: &generator))
        events = (0..<any(3...9)).map { _ in
            Event.make(
                id: EventID(.version7(at: .testStart, using: &generator)), task: tasks[any(0...2)], user: user
            )
        }
        let (ids, share) = (events.map(\.id), any(0...4))
        let poison = Set(ids.filter { _ in any(0...19) < share })
        let flaky = Dictionary(uniqueKeysWithValues: ids.filter { _ in any(0...9) == 0 }.map { ($0, any(1...3)) })
        self.poison = poison
        consumers = Dictionary(
            uniqueKeysWithValues: [Self.log, Self.remote].map { role in
                (role, SimulatedConsumer(role: role, poison: poison, flaky: flaky))
            }
        )
        holders = (0..<2).map { _ in .version7(at: .testStart, using: &generator) }
        // One process is slow now and then.
        var weights = [4, 4, 4, 4, 4, 4, 4, 1]
        weights[any(0...6)] = any(1...4)
        baton = Baton(seed: generator.next(), steps: any(60...160), weights: weights)
        world = World(baton: baton, luck: World.Luck(crash: any(0...60), failure: any(0...60)))
    }

    /// - Returns: what is wrong; empty when nothing is.
    func run() async -> [String] {
        await baton.run([
            { await write() },
            { await repeated { () async throws(ErrandError) in _ = try await relay(0, process: 1).runOnce() } },
            { await repeated { () async throws(ErrandError) in _ = try await relay(1, process: 2).runOnce() } },
            { await repeated { () async throws(ErrandError) in _ = try await delivery(process: 3).runOnce() } },
            { await repeated { () async throws(ErrandError) in _ = try await delivery(process: 4).runOnce() } },
            { await repeated { () async throws(ErrandError) in try await consume(process: 5) } },
            { await repeated { () async throws(ErrandError) in try await consumeTogether(process: 6) } },
            { await passTime() },
        ])
        await settle()
        return world.problems + check()
    }

    private func environment(_ process: Int) -> Environment {
        let world = world
        return Environment(
            store: ModelStore(world: world, process: process), now: { world.now },
            makeID: { _ in preconditionFailure("Nothing new is made.") }, randomBytes: { _ in [] }
        )
    }

    /// A process that starts again whenever it ends.
    private func repeated(_ turn: () async throws(ErrandError) -> Void) async {
        while baton.isOn {
            do throws(ErrandError) {
                try await turn()
            } catch {
                // Ended or failed: the next turn begins with an empty memory.
            }
        }
    }

    private func write() async {
        for (index, event) in events.enumerated() {
            while true {
                await baton.step(0)
                // Now and then a user's change is refused, and the event with it.
                if baton.isOn, baton.chance(10) == 0 { continue }
                break
            }
            var data = world.data.withLock { $0 }
            let transaction = ModelTransaction(data)
            transaction.add(
                StoredEvent(
                    sequence: Int64(index + 1), changeNumber: ChangeNumber(Int64(index + 1)), event: event
                )
            )
            data = transaction.data
            world.commit(data)
        }
    }

    private func passTime() async {
        while baton.isOn {
            await baton.step(7)
            world.advance(by: .milliseconds([10, 200, 2_000, 12_000][baton.chance(4)]))
        }
    }

    private func relay(_ number: Int, process: Int) -> OutboxRelay {
        OutboxRelay(
            environment: environment(process), bus: SimulatedBus(world: world, process: process),
            holder: holders[number]
        )
    }

    private func delivery(process: Int) -> LogDelivery {
        var policy = DeliveryPolicy()
        policy.batchSize = 3
        return LogDelivery(environment: environment(process), consumer: consumer(Self.log), policy: policy)
    }

    private func consumer(_ role: ProcessRole) -> SimulatedConsumer {
        guard let consumer = consumers[role] else { preconditionFailure("Both roles have one.") }
        return consumer
    }

    /// Takes the next message of a partition, as the broker's group has it; both processes may take the same one.
    private func consume(process: Int) async throws(ErrandError) {
        let partition = baton.chance(Broker.partitionCount)
        try await world.pass(process)
        let (offset, event) = world.broker.withLock { broker in
            let offset = broker.offsets[partition]
            let messages = broker.partitions[partition]
            return (offset, offset < messages.count ? messages[offset] : nil)
        }
        guard let event else { return }
        let inbox = InboxDelivery(environment: environment(process), consumer: consumer(Self.remote))
        let outcome = await inbox.deliver(event)
        if outcome == .retry { return }
        try await world.pass(process)
        world.broker.withLock { broker in
            if case .deadLetter = outcome { broker.deadLetters.append(event.id) }
            broker.offsets[partition] = max(broker.offsets[partition], offset + 1)
        }
    }

    /// Takes the next messages of all partitions together; where that cannot be, the next of one.
    private func consumeTogether(process: Int) async throws(ErrandError) {
        try await world.pass(process)
        let taken = world.broker.withLock { broker in
            zip(broker.offsets, broker.partitions).map { offset, messages in
                (offset: offset, events: Array(messages.dropFirst(offset).prefix(2)))
            }
        }
        let events = taken.flatMap { $0.events }
        let inbox = InboxDelivery(environment: environment(process), consumer: consumer(Self.remote))
        guard events.count > 1, await inbox.deliver(events) else { return try await consume(process: process) }
        try await world.pass(process)
        world.broker.withLock { broker in
            for (partition, part) in taken.enumerated() {
                broker.offsets[partition] = max(broker.offsets[partition], part.offset + part.events.count)
            }
        }
    }

    /// Nothing fails any more: everything has to come to its end.
    private func settle() async {
        for _ in 0..<60 {
            world.advance(by: .seconds(20))
            do throws(ErrandError) {
                _ = try await relay(0, process: 1).runOnce()
                _ = try await delivery(process: 3).runOnce()
                for _ in 0..<20 { try await consume(process: 5) }
            } catch {
                world.report("\(error) when nothing fails")
            }
        }
    }

    private func check() -> [String] {
        var problems: [String] = []
        let data = world.data.withLock { $0 }
        let broker = world.broker.withLock { $0 }
        let good = events.map(\.id).filter { !poison.contains($0) }
        func expect(_ condition: Bool, _ problem: String) {
            if !condition { problems.append(problem) }
        }
        expect(data.events.map(\.event.id) == events.map(\.id), "the log lacks events")
        expect(data.published == Int64(events.count), "not everything was published")
        expect(data.effects[Self.log.rawValue] ?? [] == good, "effects of the log's consumer")
        for role in [Self.log, Self.remote] {
            let letters = data.letters.filter { $0.consumer == role.rawValue }.map(\.event.event.id)
            expect(Set(letters) == poison && letters.count == poison.count, "dead letters of \(role)")
        }
        let remote = data.effects[Self.remote.rawValue] ?? []
        expect(remote.count == good.count && Set(remote) == Set(good), "effects behind the broker: once each")
        expect(Set(broker.deadLetters) == poison, "dead letters behind the broker")
        for task in Set(events.map(\.subject)) {
            let own = Set(events.filter { $0.subject == task }.map(\.id))
            expect(remote.filter(own.contains) == good.filter(own.contains), "order of one key")
        }
        return problems
    }
}

extension Schedule {
    /// What became of everything, broker included.
    var trace: String {
        let broker = world.broker.withLock { $0 }
        let effects = world.data.withLock { $0.effects }.sorted { $0.key < $1.key }
        return "\(broker.partitions.map { $0.map(\.id) }) \(broker.offsets) \(world.now) \(effects)"
    }
}
