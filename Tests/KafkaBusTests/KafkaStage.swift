import CivilTime
import ErrandCore
import EventDelivery
import KafkaBus
import KafkaMock
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport

/// Brokers and a store in memory, for one test.
struct KafkaStage: Sendable {
    let kafka: MockKafka
    let environment: ErrandCore.Environment
    let store: SwitchedStore
    let users: [UserID]
    let notices = Watched<[KafkaNotice]>([])

    static let partitions = 4

    static func with(users: Int = 1, _ use: (KafkaStage) async throws -> Void) async throws {
        let database = try SQLiteDatabase.open(.memory) { _ in }
        let store = SwitchedStore(try await SQLStore.open(over: database) { _ in })
        do {
            try await use(try await KafkaStage(store, (0..<users).map { _ in User.make() }))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(_ store: SwitchedStore, _ users: [User]) async throws {
        var topics = [Topic.deadLetters(of: .notificationService): 1]
        for topic in Topic.allCases { topics[topic.rawValue] = KafkaStage.partitions }
        kafka = MockKafka(topics: topics)
        self.store = store
        self.users = users.map(\.id)
        environment = ErrandCore.Environment(
            store: store, now: ManualClock().now,
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
        try await store.write { (transaction) throws(ErrandError) in
            for user in users { try transaction.accounts.insert(user, passwordHash: nil) }
        }
    }

    /// A bus of a process of its own, closed after use.
    func withBus(
        deliveryTimeout: Duration = .seconds(30), observer: DeliveryLog = DeliveryLog(),
        _ use: (KafkaEventBus) async throws -> Void
    ) async throws {
        var configuration = try KafkaConfiguration(
            bootstrapServers: kafka.bootstrapServers, clientID: "test", deliveryTimeout: deliveryTimeout
        )
        configuration.fetchWait = .milliseconds(10)
        var policy = DeliveryPolicy()
        policy.firstPause = .milliseconds(1)
        let notices = notices
        let bus = try KafkaEventBus(
            configuration: configuration, environment: environment, policy: policy, observer: observer
        ) { notice in notices.change { $0.append(notice) } }
        do {
            try await use(bus)
        } catch {
            await bus.close()
            throw error
        }
        await bus.close()
    }

    /// Runs a consumer in a process of its own as long as `use` runs.
    func running(
        _ consumer: any EventConsumer, _ observer: DeliveryLog, _ use: () async throws -> Void
    ) async throws {
        try await withBus(observer: observer) { bus in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await bus.run(consumer) }
                try await use()
                group.cancelAll()
            }
        }
    }

    /// Publishes with a bus of its own.
    func publish(_ events: [StoredEvent]) async throws {
        try await withBus { try await $0.publish(events) }
    }

    /// Events whose effects are in the store, each as often as it is there.
    func effects() async throws -> [EventID] {
        let users = users
        let found = try await store.read { (transaction) throws(ErrandError) in
            var found: [Notification] = []
            for user in users {
                found += try transaction.notifications.page(of: user, unreadOnly: false, after: nil, limit: 10_000)
            }
            return found
        }
        return found.map { EventID($0.id.value) }
    }
}

/// A store that can be made unavailable.
final class SwitchedStore: Store {
    private let store: any Store
    private let state = Mutex(true)

    init(_ store: any Store) { self.store = store }

    var isAvailable: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        guard isAvailable else { throw .unavailable }
        return try await store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        guard isAvailable else { throw .unavailable }
        return try await store.write(body)
    }
}

/// What an observer was told.
final class DeliveryLog: EventBusObserver {
    struct Sum: Sendable {
        var handled: [EventID] = []
        var failures = 0
        var deadLetters: [DeliveryReport.Failure] = []
        var unreadable = 0
        var lastLag: Int64 = 0
        var lags: [Topic: Int64] = [:]
    }

    let sum = Watched(Sum())

    func delivered(_ report: DeliveryReport) {
        sum.change { sum in
            sum.handled += report.handled.map(\.id)
            sum.failures += report.failure == nil ? 0 : 1
            sum.deadLetters += report.deadLetters
            sum.unreadable += report.unreadable
            sum.lastLag = report.lag ?? sum.lastLag
        }
    }

    func failed(_ loop: String, _ error: ErrandError) {}

    func lags(of role: ProcessRole, _ events: [Topic: Int64]) {
        sum.change { $0.lags = events }
    }

    /// Waits until that many events were handled.
    func handled(_ count: Int) async throws {
        try await sum.until { $0.handled.count >= count }
    }
}

/// Writes down what it handles, as notifications so that it is undone with its transaction, and fails on demand.
final class RecordingConsumer: EventConsumer {
    let role = ProcessRole.notificationService
    let types: Set<EventType>? = nil
    private let failures = Mutex<[EventID: ErrandError]>([:])
    /// Those of the transaction that is under way, where it is of several events.
    private let together = Mutex<Set<EventID>>([])
    /// Events whose effects came about here, in their order.
    let handled = Watched<[Event]>([])
    var effects: [Event] { handled.value }

    func fail(on event: EventID, with error: ErrandError?) {
        failures.withLock { $0[event] = error }
    }

    func effect(of event: Event) throws(ErrandError) -> EventEffect {
        { (context) throws(ErrandError) in
            if let failure = self.failures.withLock({ $0[event.id] }) {
                self.takeBack(with: event)
                throw failure
            }
            try context.transaction.notifications.insert(
                Notification(
                    id: NotificationID(event.id.value), userID: event.userID, reminderID: .make(),
                    taskID: try event.task(), title: event.type.name, dueAt: nil, remindAt: context.now, isLate: false,
                    createdAt: context.now, readAt: nil, receipts: []
                )
            )
            self.handled.change { $0.append(event) }
        }
    }

    func prepare(for events: [Event], in transaction: any StoreTransaction) {
        together.withLock { $0 = Set(events.map(\.id)) }
    }

    /// What was done in the same transaction as an event that fails has not come about. The store of these tests has
    /// one writer, so that no other is under way.
    private func takeBack(with event: Event) {
        let gone = together.withLock { together in
            defer { together = [] }
            return together.contains(event.id) ? together : []
        }
        if !gone.isEmpty { handled.change { $0.removeAll { gone.contains($0.id) } } }
    }
}

/// Events as the log has them.
struct EventMaker {
    private var sequence: Int64 = 0
    private var cursors: [UserID: Int64] = [:]

    mutating func updated(_ task: TaskID, of user: UserID) -> StoredEvent {
        sequence += 1
        cursors[user, default: 0] += 1
        let id = EventID.make()
        let data: JSONValue = [
            "event_id": .string(id.description), "event_type": "task.updated", "user_id": .string(user.description),
            "timestamp": .string(Instant.testStart.description),
            "payload": [
                "task_id": .string(task.description),
                "task_data": ["title": "Buy milk", "version": .integer(sequence)],
                "changes": .object(JSONObject()),
            ],
        ]
        return StoredEvent(
            sequence: sequence, changeNumber: ChangeNumber(cursors[user] ?? 0),
            event: .make(id: id, task: task, user: user, data: data.text)
        )
    }

    /// The tasks in turn, `rounds` times.
    mutating func rounds(_ rounds: Int, of tasks: [TaskID], by users: [UserID]) -> [StoredEvent] {
        (0..<rounds).flatMap { _ in
            tasks.indices.map { updated(tasks[$0], of: users[$0 % users.count]) }
        }
    }
}

extension [TaskID] {
    static func make(_ count: Int) -> [TaskID] { (0..<count).map { _ in .make() } }
}

extension Sequence where Element == StoredEvent {
    var ids: [EventID] { map(\.event.id) }
}

extension [Event] {
    /// The events of each task in the order in which they are here.
    var byTask: [TaskID: [EventID]] {
        Dictionary(grouping: self) { TaskID($0.subject.id) }.mapValues { $0.map(\.id) }
    }
}
