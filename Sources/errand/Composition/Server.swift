import APIService
import AuditService
import CivilTime
import DaprBus
import ErrandCore
import ErrandHTTP
import FrontendService
import Hummingbird
import HummingbirdCore
import LiveService
import Logging
import NotificationService
import RecurrenceService
import ServiceLifecycle
import SignedTokens
import Synchronization
import UnixSignals
import WebSockets

/// Runs the parts of a process until it is told to stop.
struct Server {
    /// How often old rows are removed.
    static let housekeepingPause = Duration.seconds(60)
    /// How often keys are looked at.
    static let keyPause = Duration.seconds(600)

    let configuration: ServerConfiguration
    let assembly: Assembly
    let metrics: @Sendable (MetricsFormat) -> String
    /// Nil where no traces are kept.
    let tracing: Tracing?
    let logger: Logger

    /// Returns after SIGTERM or SIGINT, when every request in progress has been answered.
    func run() async throws {
        let readiness = Readiness()
        let services =
            ProcessRole.allCases.filter(configuration.roles.contains).flatMap(services)
            + [internalListener(readiness)] + publicListener(readiness) + keyLoop
            + (tracing.map { tracing in [worker { await tracing.run() }] } ?? [])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            )
        )
        do {
            try await group.run()
        } catch {
            await assembly.close()
            throw error
        }
        if configuration.roles.contains(.chatAPI) { await assembly.workers.handOverRelay() }
        await tracing?.close()
        await assembly.close()
        logger.info("Errand has stopped")
    }

    /// Whoever checks tokens knows the keys of today.
    private var keyLoop: [any Service] {
        guard configuration.hasPublicPort else { return [] }
        return [loop("keys", every: Server.keyPause) { try await assembly.keyRing.runOnce() }]
    }

    /// What a role does beside answering requests.
    private func services(of role: ProcessRole) -> [any Service] {
        switch role {
        case .chatAPI:
            [
                loop("housekeeping", every: Server.housekeepingPause) { try await housekeep() },
                worker { await assembly.workers.relayEvents() },
                worker { await assembly.workers.fireReminders() },
                worker { await assembly.workers.tellDigests() },
            ] + (assembly.carrier.work.map { [worker($0)] } ?? [])
        case .recurringTaskService: [worker { await RecurrenceService(bus: assembly.carrier.bus).run() }]
        case .notificationService:
            [
                worker { await assembly.notifications.consume() }, deliveries,
            ] + (assembly.mails.map { mails in [worker { await mails.run() }] } ?? [])
        case .auditService: [worker { await AuditService(bus: assembly.carrier.bus).run() }]
        case .websocketService: [worker { await assembly.live.run() }]
        // Beside the API there is nothing to pass on.
        case .frontend: []
        }
    }

    /// The public port; none for roles that nobody calls.
    private func publicListener(_ readiness: Readiness) -> [any Service] {
        guard configuration.hasPublicPort else {
            readiness.isListening.withLock { $0 = true }
            return []
        }
        let router = configuration.makeRouter(tracing)
        if !configuration.roles.isDisjoint(with: [.chatAPI, .frontend]) { assembly.site.addRoutes(to: router) }
        if configuration.roles.contains(.chatAPI) { assembly.api.addRoutes(to: router) }
        var server = HTTPListener.quick
        if configuration.roles.contains(.websocketService) {
            assembly.live.addRoutes(to: router)
            server = HTTPServerBuilder { responder in
                EventLoopTasks(
                    WebSocketUpgradeChannel(
                        http: HTTP1Channel(responder: responder, configuration: HTTPListener.configuration),
                        limits: LiveService.webSocket, decide: assembly.live.decide
                    )
                )
            }
        }
        return [configuration.publicListener(router, server: server, readiness, logger)]
    }

    private func internalListener(_ readiness: Readiness) -> HTTPListener {
        let router = configuration.makeRouter(tracing)
        let (store, carrier, scrape, metrics) = (assembly.environment.store, assembly.carrier, assembly.scrape, metrics)
        if let door = carrier.door {
            router.add(middleware: door.filter)
            if configuration.roles.contains(.chatAPI) {
                assembly.api.addRoutes(to: router.group().add(middleware: door.entrance))
            }
        }
        carrier.addRoutes(router)
        Probes(
            isReady: {
                guard readiness.isListening.withLock({ $0 }), await carrier.isReady() else { return false }
                return
                    (try? await store.read { (transaction) throws(ErrandError) in
                        try transaction.signingKeys.all().isEmpty == false
                    }) ?? false
            },
            metrics: { format in
                await scrape.measure()
                return metrics(format)
            }
        ).addRoutes(to: router)
        return HTTPListener(
            router: router, host: configuration.host, port: configuration.internalPort, logger: logger
        )
    }

    /// Ends when what is being sent has been, so that nothing is sent twice because of a restart.
    private var deliveries: ClosureService {
        ClosureService {
            await withGracefulShutdownHandler {
                await assembly.notifications.deliver()
            } onGracefulShutdown: {
                assembly.deliveryBell.stop()
            }
        }
    }

    private func housekeep() async throws {
        while try await assembly.zoneDataChange.runOnce().isPartial {
            try Task.checkCancellation()
        }
        while try await assembly.housekeeping.runOnce().isPartial {
            try Task.checkCancellation()
        }
    }

    /// A loop with a pace of its own, until shutdown.
    private func worker(_ work: @escaping @Sendable () async -> Void) -> ClosureService {
        ClosureService {
            await cancelWhenGracefulShutdown { await work() }
        }
    }

    /// Does `work` now and then, until shutdown. A failure is logged and tried again at the next turn.
    private func loop(
        _ name: String, every pause: Duration, _ work: @escaping @Sendable () async throws -> Void
    ) -> ClosureService {
        let logger = logger
        return ClosureService {
            await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    do {
                        try await work()
                    } catch {
                        if Task.isCancelled { return }
                        logger.warning("A background task failed", metadata: ["task": "\(name)", "error": "\(error)"])
                    }
                    try? await Task.sleep(for: pause)
                }
            }
        }
    }
}
