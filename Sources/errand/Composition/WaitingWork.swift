import CivilTime
import ErrandCore
import EventDelivery
import Logging
import Metrics
import SQLStore

/// What waits in the database and for it, as gauges. It is read when somebody asks for the metrics, so that work
/// itself is not slower for being measured.
struct WaitingWork: Sendable {
    let environment: ErrandCore.Environment
    let roles: Set<ProcessRole>
    /// Consumers that read the log in the database; none where a broker keeps events for them.
    let consumersOfLog: [ProcessRole]
    let deliveries: DeliveryTelemetry
    let pools: @Sendable () -> [ConnectionLoad]

    init(of foundations: Assembly.Foundations, _ roles: Set<ProcessRole>, _ deliveries: DeliveryTelemetry) {
        (environment, pools) = (foundations.environment, foundations.pools)
        (consumersOfLog, self.roles, self.deliveries) = (foundations.carrier.consumersOfLog, roles, deliveries)
    }

    /// What one state of the data shows.
    private struct Found: Sendable {
        var outbox = EventBacklog()
        var lags: [(role: ProcessRole, events: [Topic: Int])] = []
        var deadLetters: [String: Int] = [:]
        var deliveries: [DeliveryBacklog] = []
    }

    private var consumers: [ProcessRole] { ProcessRole.consumers.filter(roles.contains) }

    /// Those whose backlog is shown here: one's own, and beside the relay that of all, since a process that has ended
    /// shows nothing.
    private var watched: [ProcessRole] { roles.contains(.chatAPI) ? ProcessRole.consumers : consumers }

    /// Makes series at 0 that are there from the start: of what appears only once it has happened, the first time
    /// would not be seen as a rise.
    func declare() {
        for consumer in consumers.map({ ("consumer", $0.rawValue) }) {
            for name in ["handled", "retried", "dead_lettered"] {
                Counter(label: "errand_events_\(name)_total", dimensions: [consumer]).increment(by: 0)
            }
        }
        if roles.contains(.notificationService) { deliveries.declare() }
    }

    /// Connections and the calls that wait for them: no waiting, and no database.
    func measurePools() {
        for pool in pools() {
            let name = [("pool", pool.name)]
            Gauge(label: "errand_database_connections", dimensions: name).record(pool.size)
            Gauge(label: "errand_database_connections_busy", dimensions: name).record(pool.busy)
            Gauge(label: "errand_database_calls_waiting", dimensions: name).record(pool.waiting)
        }
    }

    /// What the database says. Where it cannot answer, the numbers stay as they were, and `errand_database_up` says so.
    func measure() async {
        let (now, isUp) = (environment.now(), Gauge(label: "errand_database_up"))
        do throws(ErrandError) {
            record(try await look(), at: now)
            isUp.record(1)
        } catch {
            isUp.record(0)
        }
    }

    private func look() async throws(ErrandError) -> Found {
        let (watched, consumersOfLog, roles) = (watched, consumersOfLog, roles)
        return try await environment.store.read { (transaction) throws(ErrandError) in
            var found = Found()
            if roles.contains(.chatAPI) { found.outbox = try transaction.outbox.backlog(of: nil) }
            for role in watched where consumersOfLog.contains(role) {
                let waiting = try transaction.outbox.backlog(of: role.rawValue)
                found.lags.append((role, waiting.countsByTopic(of: WaitingWork.types(of: role))))
            }
            if !watched.isEmpty { found.deadLetters = try transaction.consumers.deadLetterCounts() }
            if roles.contains(.notificationService) { found.deliveries = try transaction.deliveries.backlog() }
            return found
        }
    }

    /// The audit-service takes everything.
    private static func types(of role: ProcessRole) -> Set<EventType>? {
        role == .auditService ? nil : EventTypes.types(for: role)
    }

    private func record(_ found: Found, at now: Instant) {
        if roles.contains(.chatAPI) {
            Gauge(label: "errand_outbox_events").record(found.outbox.total)
            Gauge(label: "errand_outbox_oldest_seconds").record(
                found.outbox.oldest.map { max(now - $0, .zero) / Duration.seconds(1) } ?? 0
            )
        }
        for (role, events) in found.lags {
            for (topic, count) in events {
                let labels = [("bus", "log"), ("consumer", role.rawValue), ("topic", topic.rawValue)]
                Gauge(label: "errand_event_lag", dimensions: labels).record(count)
            }
        }
        for role in watched {
            Gauge(label: "errand_dead_letters", dimensions: [("consumer", role.rawValue)])
                .record(found.deadLetters[role.rawValue] ?? 0)
        }
        if roles.contains(.notificationService) { deliveries.measure(found.deliveries, at: now) }
    }
}
