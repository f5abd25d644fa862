import AuditService
import CivilTime
import ErrandCore
import EventDelivery
import KafkaBus
import NotificationService
import RecurrenceService
import SQLStore

/// One run: consumers, relay and whoever makes events.
struct EventsBench: Sendable {
    private static let batchSize = 50
    private static let callers = 4
    /// The producer waits while more is on its way: what is measured is what all consumers keep up with.
    private static let backlogMax = 4_000

    let tally = Tally()
    private let bell: WakeUp
    private let environment: ErrandCore.Environment
    private let tasks: [TodoTask]
    /// Nil for the log.
    private let broker: KafkaConfiguration?

    init(_ store: SQLStore, _ bell: WakeUp, _ broker: KafkaConfiguration?) async throws {
        self.bell = bell
        self.broker = broker
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
        guard let broker else {
            return try await run(duration, perSecond, over: LocalEventBus(environment: environment, observer: tally))
        }
        let bus = try KafkaEventBus(configuration: broker, environment: environment, observer: tally) { notice in
            if notice.level == .error { Table.line("Kafka: \(notice.text)") }
        }
        let elapsed = try await run(duration, perSecond, over: bus)
        await bus.close()
        return elapsed
    }

    private func run(_ duration: Duration, _ perSecond: Int?, over bus: some EventBus) async throws -> Duration {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await bus.run(tally) }
            group.addTask { await RecurrenceService(bus: bus).run() }
            group.addTask { await bus.run(ReminderConsumer()) }
            group.addTask { await AuditService(bus: bus).run() }
            group.addTask { try await relay(to: bus, bell) }
            try await warmUp()
            tally.restart()
            let start = ContinuousClock.now
            try await produce(until: start + duration, perSecond, bell)
            while tally.backlog > 0 { try await Task.sleep(for: .milliseconds(1)) }
            let elapsed = ContinuousClock.now - start
            group.cancelAll()
            return elapsed
        }
    }

    private func relay(to bus: some EventBus, _ bell: WakeUp) async throws {
        let relay = OutboxRelay(environment: environment, bus: bus, holder: environment.makeID(environment.now()))
        while !Task.isCancelled {
            let report = try? await relay.runOnce()
            if report?.isPartial != true { await bell.wait(atMost: .seconds(1)) }
        }
    }

    /// Until every consumer has begun, which takes a group of Kafka some seconds, and all have done what there was.
    private func warmUp() async throws {
        var before: [String: UInt64] = [:]
        while true {
            let handled = tally.handled
            // The websocket-service's part, and three consumers.
            if handled.count == 4, handled == before { return }
            before = handled
            if handled.count < 4 {
                try await append(20, from: 0)
                bell.ring()
            }
            try await Task.sleep(for: .seconds(1))
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
