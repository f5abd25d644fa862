import CivilTime
import DaprBus
import ErrandCore
import ErrandHTTP
import EventDelivery
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport

/// A store in memory with one user, and a clock that is set by hand.
struct DaprStore: Sendable {
    let environment: ErrandCore.Environment
    let clock = ManualClock()
    let user = User.make()
    private let sidecars = OpenSidecars()

    static func with(_ use: @Sendable (DaprStore) async throws -> Void) async throws {
        let database = try SQLiteDatabase.open(.memory) { _ in }
        do {
            let store = try await DaprStore(try await SQLStore.open(over: database) { _ in })
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await use(store)) } catch { outcome = .failure(error) }
            await store.sidecars.close()
            try outcome.get()
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

    /// A change of a task, as the outbox holds it.
    func event(
        _ number: Int64 = 1, task: TaskID = .make(), user: UserID? = nil, type: EventType = "task.updated",
        title: String = "Buy milk", correlation: Correlation = .none
    ) -> StoredEvent {
        let (id, user) = (EventID.make(), user ?? self.user.id)
        let data: JSONValue = [
            "event_id": .string(id.description), "event_type": .string(type.name),
            "user_id": .string(user.description), "timestamp": .string(Instant.testStart.description),
            "payload": ["task_id": .string(task.description), "task_data": ["title": .string(title)], "changes": [:]],
        ]
        return StoredEvent(
            sequence: number, changeNumber: ChangeNumber(number),
            event: .make(id: id, type: type, task: task, user: user, correlation: correlation, data: data.text)
        )
    }

    func bus(
        _ configuration: SidecarConfiguration, observer: any EventBusObserver = RecordingObserver(),
        logger: Logger = .silent
    ) -> DaprEventBus {
        DaprEventBus(
            environment: environment,
            sidecar: sidecars.add(Sidecar(configuration: configuration, uptime: { .now })),
            configuration: configuration, observer: observer, logger: logger
        )
    }
}

/// Writes down what it handles, as notifications so that it is undone with its transaction, and fails on demand.
final class RecordingConsumer: EventConsumer {
    let role: ProcessRole
    let types: Set<EventType>?
    private let failures = Mutex<[EventID: ErrandError]>([:])

    init(_ role: ProcessRole = .auditService, types: Set<EventType>? = nil) {
        self.role = role
        self.types = types
    }

    func fail(on event: StoredEvent, _ error: ErrandError?) {
        failures.withLock { $0[event.event.id] = error }
    }

    func effect(of event: Event) throws(ErrandError) -> EventEffect {
        _ = try event.body()
        return { (context) throws(ErrandError) in
            try context.transaction.notifications.insert(
                Notification(
                    id: .make(), userID: event.userID, reminderID: .make(), taskID: try event.task(),
                    title: event.id.description, dueAt: nil, remindAt: context.now, isLate: false,
                    createdAt: context.now, readAt: nil, receipts: []
                )
            )
            if let error = self.failures.withLock({ $0[event.id] }) { throw error }
        }
    }

    /// The ids of the events whose effects are there, in the order in which they came about.
    func effects(in store: DaprStore) async throws -> [String] {
        let user = store.user.id
        let found = try await store.environment.store.read { (transaction) throws(ErrandError) in
            try transaction.notifications.page(of: user, unreadOnly: false, after: nil, limit: 10_000)
        }
        return found.reversed().map(\.title)
    }
}

final class RecordingSubscriber: UpdateSubscriber {
    private let heard = Mutex<[StoredEvent]>([])
    var updates: [StoredEvent] { heard.withLock { $0 } }

    func receive(_ updates: [StoredEvent]) async {
        heard.withLock { $0 += updates }
    }
}

final class RecordingObserver: EventBusObserver {
    private let seen = Mutex<[DeliveryReport]>([])
    var reports: [DeliveryReport] { seen.withLock { $0 } }

    func delivered(_ report: DeliveryReport) {
        seen.withLock { $0.append(report) }
    }

    func failed(_ loop: String, _ error: ErrandError) {}
}

/// Keeps log lines for a test to look at.
final class LogLines: Sendable {
    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted()
            let line = ([event.level.rawValue, "\(event.message)"] + metadata).joined(separator: " ")
            lines.written.withLock { $0.append(line) }
        }
    }

    private let written = Mutex<[String]>([])
    var all: [String] { written.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }
}

extension Logger {
    /// For tests that do not look at the log.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
