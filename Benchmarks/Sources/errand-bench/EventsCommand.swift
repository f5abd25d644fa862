import ArgumentParser
import AuditService
import CivilTime
import ErrandCore
import EventDelivery
import Foundation
import KafkaBus
import NotificationService
import RecurrenceService
import SQLStore
import Synchronization

/// Events through outbox, relay and bus to all four consumers, on a SQLite file (`synchronous=FULL`) or on
/// PostgreSQL; over the log in the database, or over Kafka.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Events per second, and how soon they have their effect."
    )

    @Option(help: "Seconds of each part.") var seconds = 15
    @OptionGroup var database: BenchDatabase
    @Option(help: "Events per second where latency is measured.") var rate = 1_000
    @Option(help: "A broker that speaks Kafka's protocol (host:port), with the topics of Errand, instead of the log.")
    var kafka: String?
    @Option(help: "How long it may hold a fetch when there is nothing to fetch, in ms.") var kafkaFetchWait = 100

    func run() async throws {
        try await measure("as fast as it goes", perSecond: nil)
        try await measure("\(rate) events/s", perSecond: rate)
    }

    private func broker() throws -> KafkaConfiguration? {
        guard let kafka else { return nil }
        var configuration = try KafkaConfiguration(bootstrapServers: kafka, clientID: "errand-bench")
        configuration.fetchWait = .milliseconds(kafkaFetchWait)
        return configuration
    }

    private func measure(_ name: String, perSecond: Int?) async throws {
        let (bell, broker) = (WakeUp(), try broker())
        try await database.withStore(onEvents: { bell.ring() }) { store in
            try await measure(name, perSecond, try await EventsBench(store, bell, broker))
        }
    }

    private func measure(_ name: String, _ perSecond: Int?, _ bench: EventsBench) async throws {
        let elapsed = try await bench.run(.seconds(seconds), perSecond: perSecond)
        let place = kafka == nil ? database.name : "\(database.name) and Kafka"
        Table.heading(
            "\(place): \(name), \(seconds) s (85 % updates, 5 % completions, 5 % creations, 5 % reminders)",
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
final class Tally: EventBusObserver, UpdateSubscriber {
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
    /// What each consumer has handled.
    var handled: [String: UInt64] { state.withLock { $0.latencies.mapValues { UInt64($0.count) } } }
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
    static var systemClock: Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}

extension Tally {
    /// Forgets what was before the measurement.
    func restart() {
        state.withLock { $0 = State() }
    }
}
