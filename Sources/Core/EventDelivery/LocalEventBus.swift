import CivilTime
public import ErrandCore
import Synchronization

/// The bus inside one database: its log is the outbox itself, so that nothing has to be carried.
///
/// Publishing wakes whoever reads the log. Each consumer reads on its own, with its own place; a slow one holds up
/// nobody. When nothing wakes them, they look by themselves now and then.
public final class LocalEventBus: EventBus {
    /// When nothing rings: for clocks that were set, and for other processes on the same database.
    private static let pauseMax = Duration.seconds(10)
    private static let pauseAfterFailure = Duration.seconds(1)
    /// Updates that a subscriber is told of at once.
    private static let updatesMax = 500

    private let environment: Environment
    private let policy: DeliveryPolicy
    private let observer: any EventBusObserver
    /// Who is to be woken, and by which types of events; nil for all.
    private let listeners = Mutex<[(bell: WakeUp, types: Set<EventType>?)]>([])

    public init(environment: Environment, policy: DeliveryPolicy = DeliveryPolicy(), observer: any EventBusObserver) {
        self.environment = environment
        self.policy = policy
        self.observer = observer
    }

    public func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        let types = Set(events.map(\.event.type))
        for listener in listeners.withLock({ $0 }) {
            if listener.types?.isDisjoint(with: types) != true { listener.bell.ring() }
        }
    }

    /// Wakes everybody who reads the log: another process has added to it.
    public func wake() {
        for listener in listeners.withLock({ $0 }) { listener.bell.ring() }
    }

    public func run(_ consumer: any EventConsumer) async {
        let delivery = LogDelivery(environment: environment, consumer: consumer, policy: policy)
        await loop(consumer.role.rawValue, wokenBy: consumer.types) { () throws(ErrandError) in
            let report = try await delivery.runOnce()
            observer.delivered(report)
            if report.isPartial { return .zero }
            return report.retryAt.map { $0 - environment.now() } ?? LocalEventBus.pauseMax
        }
    }

    public func run(_ subscriber: any UpdateSubscriber) async {
        var place: Int64?
        await loop("updates", wokenBy: nil) { () throws(ErrandError) in
            let known = place
            let (events, end) = try await environment.store.read { (transaction) throws(ErrandError) in
                let end = try transaction.outbox.end()
                guard let known else { return ([StoredEvent](), end) }
                return (
                    try transaction.outbox.events(of: nil, after: known, limit: LocalEventBus.updatesMax), end
                )
            }
            if !events.isEmpty { await subscriber.receive(events) }
            place = known == nil ? end : events.last?.sequence ?? known
            return events.count == LocalEventBus.updatesMax ? .zero : LocalEventBus.pauseMax
        }
    }

    /// Takes turns until cancelled. A turn says how long to wait at most for a ring.
    private func loop(
        _ name: String, wokenBy types: Set<EventType>?, _ turn: () async throws(ErrandError) -> Duration
    ) async {
        let bell = WakeUp()
        listeners.withLock { $0.append((bell, types)) }
        defer { listeners.withLock { $0.removeAll { $0.bell === bell } } }
        while !Task.isCancelled {
            do throws(ErrandError) {
                let pause = try await turn()
                if pause > .zero { await bell.wait(atMost: min(pause, LocalEventBus.pauseMax)) }
            } catch {
                if Task.isCancelled { return }
                observer.failed(name, error)
                await bell.wait(atMost: LocalEventBus.pauseAfterFailure)
            }
        }
    }
}
