import ArgumentParser
import AuditService
import CivilTime
import ErrandCore
import EventDelivery
import Foundation
import NotificationService
import RecurrenceService
import SQLStore
import Synchronization

/// Events through outbox, relay and bus to all four consumers, on a SQLite file (`synchronous=FULL`) or on
/// PostgreSQL.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Events per second, and how soon they have their effect."
    )

    @Option(help: "Seconds of each part.") var seconds = 15
    @OptionGroup var database: BenchDatabase
    @Option(help: "Events per second where latency is measured.") var rate = 1_000

    func run() async throws {
        try await measure("as fast as it goes", perSecond: nil)
        try await measure("\(rate) events/s", perSecond: rate)
    }

    private func measure(_ name: String, perSecond: Int?) async throws {
        let bell = WakeUp()
        try await database.withStore(onEvents: { bell.ring() }) { store in
            try await measure(name, perSecond, try await EventsBench(store, bell))
        }
    }

    private func measure(_ name: String, _ perSecond: Int?, _ bench: EventsBench) async throws {
        let elapsed = try await bench.run(.seconds(seconds), perSecond: perSecond)
        Table.heading(
            "\(database.name): \(name), \(seconds) s (85 % updates, 5 % completions, 5 % creations, 5 % reminders)",
            ["consumer", "events", "events/s", "commit to effect p50 ms", "p90", "p99", "max"]
        )
        for (consumer, latencies) in bench.tally.latencies.sorted(by: { $0.key < $1.key }) {
            let rate = Int(Double(latencies.count) / (elapsed / .seconds(1)))
            Table.row(consumer, "\(latencies.count) | \(rate) | \(latencies.columns)")
        }
        let total = bench.tally.appended
        Table.line("\nAll \(total) events at all consumers: \(Int(Double(total) / (elapsed / .seconds(1)))) events/s.")
    }
}

/// What consumers have done, and how long it took.
private final class Tally: EventBusObserver, UpdateSubscriber {
    private struct State {
        var latencies: [String: Latencies] = [:]
        var updates = 0
        var audited = 0
        var told = 0
        var appended = 0
    }

    private let state = Mutex(State())

    var latencies: [String: Latencies] { state.withLock(\.latencies) }
    var appended: Int { state.withLock(\.appended) }
    /// Events that some consumer has not seen.
    var backlog: Int { state.withLock { $0.appended - min($0.updates, $0.audited, $0.told) } }

    /// Whether the producer has appended it; a reminder leads to an event of its own, which comes on top.
    private static func isAppended(_ event: Event) -> Bool { event.type != .notificationAdded }

    func append(_ count: Int) {
        state.withLock { $0.appended += count }
    }

    func delivered(_ report: DeliveryReport) {
        guard let finishedAt = report.finishedAt else { return }
        state.withLock { state in
            for event in report.handled {
                state.latencies[report.role.rawValue, default: Latencies()].record(finishedAt - event.occurredAt)
            }
            let appended = report.handled.count { Tally.isAppended($0) }
            if report.role == .auditService { state.audited += appended }
            if report.role == .notificationService { state.told += appended }
        }
    }

    func failed(_ loop: String, _ error: ErrandError) {
        Table.line("\(loop) failed: \(error)")
    }

    /// What the hub does for a window of every user: makes the frame.
    func receive(_ updates: [StoredEvent]) async {
        let frames = updates.compactMap { try? StateUpdate($0).frame.text }
        let now = Instant.systemClock
        state.withLock { state in
            // Of frames that cannot be made there are none.
            let consequences = updates.count { !Tally.isAppended($0.event) }
            state.updates += frames.count - consequences
            for update in updates {
                state.latencies[ProcessRole.websocketService.rawValue, default: Latencies()].record(
                    now - update.event.occurredAt
                )
            }
        }
    }
}

extension Instant {
    fileprivate static var systemClock: Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}

private struct EventsBench: Sendable {
    private static let batchSize = 50
    private static let callers = 4
    /// The producer waits while more is on its way: what is measured is what all consumers keep up with.
    private static let backlogMax = 4_000

    let tally = Tally()
    private let bell: WakeUp
    private let environment: ErrandCore.Environment
    private let tasks: [TodoTask]

    init(_ store: SQLStore, _ bell: WakeUp) async throws {
        self.bell = bell
        environment = ErrandCore.Environment(
            store: store, now: { .systemClock },
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
        var tasks: [TodoTask] = []
        for user in 0..<20 {
            let name = "user\(user)-\(environment.makeID(.systemClock))"
            let me = try await OperationsBench.principal(name, environment)
            var samples = SampleTasks()
            for index in 0..<50 {
                let draft = try TaskDraft(samples.task(index))
                let operations = Operations(environment: environment)
                tasks.append(try await operations.perform(CreateTask(draft), as: me).outcome.task)
            }
        }
        self.tasks = tasks
    }

    /// - Returns: how long it took until all consumers had all events.
    func run(_ duration: Duration, perSecond: Int?) async throws -> Duration {
        let bus = LocalEventBus(environment: environment, observer: tally)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            // The first look of the subscriber says where the log ends; nothing may be appended before.
            group.addTask { await bus.run(tally) }
            group.addTask { await RecurrenceService(bus: bus).run() }
            group.addTask { await bus.run(ReminderConsumer()) }
            group.addTask { await AuditService(bus: bus).run() }
            group.addTask { try await relay(to: bus, bell) }
            // The creations of the tasks go through first.
            while try await lag() > 0 { try await Task.sleep(for: .milliseconds(20)) }
            tally.restart()
            let start = ContinuousClock.now
            try await produce(until: start + duration, perSecond, bell)
            while tally.backlog > 0 { try await Task.sleep(for: .milliseconds(1)) }
            while try await lag() > 0 { try await Task.sleep(for: .milliseconds(1)) }
            let elapsed = ContinuousClock.now - start
            group.cancelAll()
            return elapsed
        }
    }

    private func relay(to bus: LocalEventBus, _ bell: WakeUp) async throws {
        let relay = OutboxRelay(environment: environment, bus: bus, holder: environment.makeID(environment.now()))
        while !Task.isCancelled {
            let report = try? await relay.runOnce()
            if report?.isPartial != true { await bell.wait(atMost: .seconds(1)) }
        }
    }

    /// Events that are not published or not audited, and whether some are waiting that others are told of.
    private func lag() async throws -> Int64 {
        let types = ReminderConsumer().types
        return try await environment.store.read { (transaction) throws(ErrandError) in
            let end = try transaction.outbox.end()
            let audited = try transaction.consumers.progress(of: ProcessRole.auditService.rawValue).place
            let told = try transaction.consumers.progress(of: ProcessRole.notificationService.rawValue).place
            let waiting = try transaction.outbox.events(of: types, after: told, limit: 1)
            return try end - audited + Int64(transaction.outbox.unpublished(limit: 1).count + waiting.count)
        }
    }

    private func produce(until end: ContinuousClock.Instant, _ perSecond: Int?, _ bell: WakeUp) async throws {
        let (start, size) = (ContinuousClock.now, perSecond.map { max($0 / 200, 1) } ?? Self.batchSize)
        try await withThrowingTaskGroup(of: Void.self) { callers in
            for _ in 0..<(perSecond == nil ? Self.callers : 1) {
                callers.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        try await append(size, from: count)
                        bell.ring()
                        count += size
                        tally.append(size)
                        if let perSecond {
                            try await Task.sleep(until: start + .seconds(1) * count / perSecond, clock: .continuous)
                        } else {
                            while tally.backlog > Self.backlogMax { try await Task.sleep(for: .milliseconds(1)) }
                        }
                    }
                }
            }
            try await callers.waitForAll()
        }
    }

    private func append(_ count: Int, from first: Int) async throws {
        let (tasks, environment) = (tasks, environment)
        try await environment.store.write { (transaction) throws(ErrandError) in
            let now = environment.now()
            for index in first..<first + count {
                let task = tasks[index % tasks.count]
                let number = try transaction.outbox.takeChangeNumber(in: task.spaceID)
                if index % 20 == 3 {
                    let row = ReminderRow(
                        id: ReminderID(environment.makeID(now)), taskID: task.id, memberID: UserID(task.spaceID.value),
                        snoozeOf: nil,
                        base: now, nextAt: now, repeatEvery: nil, lastFiredAt: nil
                    )
                    let due = DueReminder(row: row, title: task.title, dueAt: nil)
                    try transaction.outbox.append(
                        ReminderEvent(due, remindAt: now, occurredAt: now, changeNumber: number))
                    continue
                }
                var before = task
                before.title = "Before"
                let kind: TaskEvent.Kind = [1: .completed, 2: .created][index % 20] ?? .updated
                try transaction.outbox.append(
                    TaskEvent(
                        id: EventID(environment.makeID(now)), kind: kind, space: task.spaceID,
                        userID: UserID(task.spaceID.value), changeNumber: number, occurredAt: now, task: task,
                        changes: .between(before, and: task), actor: Principal.Actor.clock.json(via: nil),
                        correlation: .none
                    )
                )
            }
        }
    }
}

extension Tally {
    /// Forgets what was before the measurement.
    fileprivate func restart() {
        state.withLock { $0 = State() }
    }
}
