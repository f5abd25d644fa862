import CivilTime
import ErrandCore
import EventDelivery
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport

/// A store in memory with one user, operations on it, and a clock that is set by hand.
struct EventStore: Sendable {
    let environment: ErrandCore.Environment
    let clock = ManualClock()
    let user = User.make()

    static func with(_ use: (EventStore) async throws -> Void) async throws {
        let database = try SQLiteDatabase.open(.memory) { _ in }
        let store = try await EventStore(try await SQLStore.open(over: database) { _ in })
        do {
            try await use(store)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(_ store: any Store) async throws {
        environment = ErrandCore.Environment(
            store: store, now: clock.now,
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
        let user = user
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
        }
    }

    var principal: Principal {
        Principal(userID: user.id, actor: .session(.make()), scopes: Set(Scope.allCases))
    }

    @discardableResult
    func perform<C: Command>(_ command: C, for correlation: Correlation = .none) async throws -> C.Outcome {
        try await Operations(environment: environment).perform(command, as: principal, for: correlation).outcome
    }

    /// Adds a task with that title.
    @discardableResult
    func add(_ title: String, for correlation: Correlation = .none) async throws -> TodoTask {
        try await perform(CreateTask(try TaskDraft(["title": .string(title)])), for: correlation).task
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws -> Result {
        try await environment.store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws -> Result {
        try await environment.store.write(body)
    }

    /// Every event of the log.
    func events() async throws -> [StoredEvent] {
        try await read { (transaction) throws(ErrandError) in
            try transaction.outbox.events(of: nil, after: 0, limit: 10_000)
        }
    }

    func deadLetters() async throws -> [DeadLetter] {
        try await read { (transaction) throws(ErrandError) in
            try transaction.consumers.deadLetters(of: nil, toReplay: false, limit: 10_000)
        }
    }

    /// What an operator does with all dead letters of the recording consumer.
    func askForReplay() async throws {
        _ = try await write { (transaction) throws(ErrandError) in
            try transaction.consumers.requestReplay(of: ProcessRole.notificationService.rawValue, event: nil)
        }
    }

    func putAside(_ event: StoredEvent, of consumer: any EventConsumer) async throws {
        let letter = DeadLetter(
            consumer: consumer.role.rawValue, event: event, reason: "x", addedAt: environment.now()
        )
        try await write { (transaction) throws(ErrandError) in try transaction.consumers.addDeadLetter(letter) }
    }

    /// Runs a consumer until nothing is left to do now.
    @discardableResult
    func deliver(
        to consumer: any EventConsumer, policy: DeliveryPolicy = DeliveryPolicy()
    ) async throws -> [DeliveryReport] {
        let delivery = LogDelivery(environment: environment, consumer: consumer, policy: policy)
        var reports: [DeliveryReport] = []
        repeat { reports.append(try await delivery.runOnce()) } while reports.last?.isPartial == true
        return reports
    }
}

/// Writes down what it handles, as notifications so that it is undone with its transaction, and fails on demand.
final class RecordingConsumer: EventConsumer {
    let role = ProcessRole.notificationService
    let types: Set<EventType>?
    private let failing = Mutex<Set<EventID>>([])
    private let failure: ErrandError

    init(types: Set<EventType>? = nil, failure: ErrandError = .malformedEvent("It is broken.")) {
        self.types = types
        self.failure = failure
    }

    func fail(on events: Set<EventID>) {
        failing.withLock { $0 = events }
    }

    func effect(of event: Event) throws(ErrandError) -> EventEffect {
        { (context) throws(ErrandError) in try self.handle(event, in: context) }
    }

    private func handle(_ event: Event, in context: EventContext) throws(ErrandError) {
        try context.transaction.notifications.insert(
            Notification(
                id: NotificationID(event.id.value), userID: event.userID, reminderID: .make(),
                taskID: try event.task(), title: event.type.name, dueAt: nil, remindAt: context.now, isLate: false,
                createdAt: context.now,
                readAt: nil, receipts: []
            )
        )
        if failing.withLock({ $0.contains(event.id) }) { throw failure }
    }

    /// The events whose effects are there, in the order in which they came about.
    func effects(in store: EventStore) async throws -> [EventID] {
        let user = store.user.id
        let found = try await store.read { (transaction) throws(ErrandError) in
            try transaction.notifications.page(of: user, unreadOnly: false, after: nil, limit: 10_000)
        }
        return found.reversed().map { EventID($0.id.value) }
    }
}
