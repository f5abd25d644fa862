import CivilTime
import ErrandCore
import EventDelivery
import Synchronization
import TestSupport

/// What all processes of one simulated run share: the data, the broker, the time, and bad luck.
final class World: Sendable {
    let data = Mutex(ModelData())
    let broker = Mutex(Broker())
    private let clock = ManualClock()
    private let baton: Baton
    private let luck: Luck
    private let violations = Mutex<[String]>([])

    /// How often things go wrong, of a thousand steps.
    struct Luck: Sendable {
        var crash: Int
        var failure: Int
    }

    init(baton: Baton, luck: Luck) {
        self.baton = baton
        self.luck = luck
    }

    var now: Instant { clock.now() }

    func advance(by duration: Duration) {
        clock.set(clock.now() + duration)
    }

    /// A place where a process can be interrupted for any time, fail, or end.
    ///
    /// - Throws: ``ErrandError/cancelled`` for the end, ``ErrandError/unavailable`` for a failure.
    func pass(_ process: Int) async throws(ErrandError) {
        await baton.step(process)
        guard baton.isOn else { return }
        let roll = baton.chance(1_000)
        if roll < luck.crash { throw .cancelled }
        if roll < luck.crash + luck.failure { throw .unavailable }
    }

    /// Commits, and checks what must hold after every commit.
    func commit(_ new: ModelData) {
        data.withLock { old in
            for (consumer, progress) in new.progress {
                let before = old.progress[consumer]?.place ?? 0
                if progress.place < before { report("\(consumer) goes back from \(before) to \(progress.place)") }
                let put = Set(new.letters.filter { $0.consumer == consumer }.map(\.event.event.id))
                let due = new.events.filter { $0.sequence <= progress.place && !put.contains($0.event.id) }
                if due.map(\.event.id) != new.effects[consumer] ?? [] {
                    report("\(consumer) stands at \(progress.place), which its effects do not say")
                }
            }
            if new.published < old.published { report("the relay goes back") }
            old = new
        }
    }

    func report(_ violation: String) {
        violations.withLock { $0.append(violation) }
    }

    var problems: [String] { violations.withLock { $0 } }
}

/// A broker with partitions: keeps what it has taken, in order per partition, and where its consumers are.
struct Broker: Sendable {
    static let partitionCount = 2

    var partitions = [[Event]](repeating: [], count: partitionCount)
    /// Of the one consumer group.
    var offsets = [Int](repeating: 0, count: partitionCount)
    var deadLetters: [EventID] = []

    static func partition(of event: Event) -> Int {
        event.subject.id.description.utf8.reduce(0) { $0 + Int($1) } % partitionCount
    }
}

/// The bus that the relay publishes to: message by message, any of which may be the last before a crash.
struct SimulatedBus: EventBus {
    let world: World
    let process: Int

    func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        for stored in events {
            try await world.pass(process)
            let event = stored.event
            world.broker.withLock { $0.partitions[Broker.partition(of: event)].append(event) }
        }
        try await world.pass(process)
    }

    func run(_ consumer: any EventConsumer) async {}

    func run(_ subscriber: any UpdateSubscriber) async {}
}
