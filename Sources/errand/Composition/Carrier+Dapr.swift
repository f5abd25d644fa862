import DaprBus
import ErrandCore
import EventDelivery
import Foundation
import Logging
import Metrics

extension Carrier {
    /// How long a process that starts waits for its sidecar.
    static let sidecarPatience = Duration.seconds(60)

    static func dapr(
        _ configuration: SidecarConfiguration, _ roles: Set<ProcessRole>, _ environment: ErrandCore.Environment,
        clockBell: WakeUp, _ telemetry: BusTelemetry
    ) async throws -> Carrier {
        let logger = telemetry.logger
        let sidecar = Sidecar.observed(configuration, logger)
        do {
            try await sidecar.waitUntilReady(atMost: sidecarPatience)
        } catch {
            await sidecar.close()
            throw error
        }
        let bus = DaprEventBus(
            environment: environment, sidecar: sidecar, configuration: configuration,
            observer: telemetry, logger: logger
        )
        let isAPI = roles.contains(.chatAPI)
        let jobs = ReminderJobs(sidecar: sidecar, now: environment.now, logger: logger)
        let routes = DaprRoutes(
            bus: bus, configuration: configuration, roles: roles.subtracting([.chatAPI, .frontend]),
            clock: isAPI ? clockBell : nil,
            // The clock looks for all that is due; another replica's clock passes over what this one is at.
            sweep: isAPI ? DaprRoutes.Sweep { () throws(ErrandError) in clockBell.ring() } : nil, logger: logger
        )
        return Carrier(
            bus: bus,
            conversations: DaprConversationStore(
                sidecar: sidecar, configuration: configuration, now: environment.now, logger: logger
            ),
            reminderMoved: { jobs.tell($0) }, addRoutes: { routes.addRoutes(to: $0) },
            door: PeerDoor(
                configuration: configuration, caller: isAPI ? ProcessRole.frontend.rawValue : nil, logger: logger
            ),
            work: { await jobs.run() }, isReady: { await sidecar.isOutboundReady() }, close: { await sidecar.close() }
        )
    }
}

extension Sidecar {
    static func observed(_ configuration: SidecarConfiguration, _ logger: Logger) -> Sidecar {
        Sidecar(configuration: configuration, uptime: { .now }) { app, state in
            Gauge(label: "errand_circuit_open", dimensions: [("app", app)]).record(state == .closed ? 0 : 1)
            logger.warning("A circuit has changed", metadata: ["app": "\(app)", "state": "\(state)"])
        }
    }
}

/// Secrets of the sidecar, for a process that starts.
enum SidecarSecrets {
    /// The environment with the values of a secret over it: `ERRAND_DAPR_SECRET` says `<store>/<name>`.
    ///
    /// - Parameter patience: how long the sidecar may take to become ready.
    /// - Throws: when there is such a setting and the secret cannot be had.
    static func overlay(
        _ environment: [String: String], logger: Logger, patience: Duration = Carrier.sidecarPatience
    ) async throws -> [String: String] {
        guard let place = environment["ERRAND_DAPR_SECRET"], !place.isEmpty else { return environment }
        let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw ConfigurationError(name: "ERRAND_DAPR_SECRET", expected: "<store>/<name>")
        }
        let sidecar = Sidecar.observed(try SidecarConfiguration(environment: environment), logger)
        let secret: [String: String]
        do {
            try await sidecar.waitUntilReady(atMost: patience)
            secret = try await sidecar.secret(parts[1], of: parts[0])
        } catch {
            await sidecar.close()
            throw error
        }
        await sidecar.close()
        return environment.merging(secret) { $1 }
    }
}

extension SidecarConfiguration {
    /// Under the names that Dapr's injector and its client libraries use, and ours.
    init(environment: [String: String]) throws {
        func text(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let port = Int(text("DAPR_HTTP_PORT") ?? "3500") else {
            throw ConfigurationError(name: "DAPR_HTTP_PORT", expected: "a port from 1 to 65535")
        }
        guard let mode = SubscriptionMode(rawValue: text("ERRAND_DAPR_SUBSCRIPTIONS") ?? "declarative") else {
            throw ConfigurationError(name: "ERRAND_DAPR_SUBSCRIPTIONS", expected: "declarative or programmatic")
        }
        try self.init(
            host: text("DAPR_RUNTIME_HOST") ?? "127.0.0.1", port: port, apiToken: text("DAPR_API_TOKEN"),
            appToken: text("APP_API_TOKEN"), pubsubName: text("ERRAND_DAPR_PUBSUB") ?? "pubsub",
            updatesPubsubName: text("ERRAND_DAPR_UPDATES_PUBSUB"),
            stateStoreName: text("ERRAND_DAPR_STATE_STORE") ?? "statestore", subscriptions: mode
        )
    }
}
