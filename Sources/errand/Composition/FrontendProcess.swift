import DaprBus
import ErrandCore
import ErrandHTTP
import FrontendService
import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// A process of the role `frontend` alone: no database and no bus, only the page and the way to the API.
struct FrontendProcess {
    /// How long an answer of the API may take: as long as the longest wait for a password's turn, and some more.
    static let patience = Duration.seconds(30)
    /// When a client may ask again while the API cannot be reached.
    static let pauseAfterFailure = Duration.seconds(2)

    let configuration: ServerConfiguration
    let sidecarConfiguration: SidecarConfiguration
    let metrics: @Sendable (MetricsFormat) -> String
    /// Nil where no traces are kept.
    let tracing: Tracing?
    let logger: Logger

    /// Returns after SIGTERM or SIGINT, when every request in progress has been answered.
    func run() async throws {
        Scrape.tellBuild(configuration.roles)
        let sidecar = Sidecar.observed(sidecarConfiguration, logger)
        do {
            try await sidecar.waitUntilReady(atMost: Carrier.sidecarPatience)
            try await serve(through: sidecar)
        } catch {
            await sidecar.close()
            throw error
        }
        await sidecar.close()
        logger.info("Errand has stopped")
    }

    private func serve(through sidecar: Sidecar) async throws {
        let readiness = Readiness()
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [internalListener(sidecar, readiness), publicListener(sidecar, readiness)] + traces,
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            )
        )
        try await group.run()
    }

    private var traces: [any Service] {
        guard let tracing else { return [] }
        return [
            ClosureService {
                await cancelWhenGracefulShutdown { await tracing.run() }
                await tracing.close()
            }
        ]
    }

    private func publicListener(_ sidecar: Sidecar, _ readiness: Readiness) -> HTTPListener {
        let router = configuration.makeRouter(tracing)
        FrontendService(
            site: configuration.site, trustedProxies: configuration.trustedProxies, isSecure: configuration.isSecure
        ) { (request) throws(PassingError) in
            try await passOn(request, sidecar)
        }.addRoutes(to: router)
        return configuration.publicListener(router, readiness, logger)
    }

    private func internalListener(_ sidecar: Sidecar, _ readiness: Readiness) -> HTTPListener {
        let router = configuration.makeRouter(tracing)
        router.add(middleware: PeerDoor(configuration: sidecarConfiguration, caller: nil, logger: logger).filter)
        Probes(
            isReady: {
                guard readiness.isListening.withLock({ $0 }) else { return false }
                return await sidecar.isOutboundReady()
            },
            metrics: metrics
        ).addRoutes(to: router)
        return HTTPListener(
            router: router, host: configuration.host, port: configuration.internalPort, logger: logger
        )
    }

    private func passOn(_ request: PassedRequest, _ sidecar: Sidecar) async throws(PassingError) -> PassedReply {
        let reply: InvocationReply
        do throws(SidecarError) {
            reply = try await sidecar.invoke(
                ProcessRole.chatAPI.rawValue, request.method, request.target, headers: request.headers,
                body: request.body.isEmpty ? nil : request.body, timeout: FrontendProcess.patience
            )
        } catch {
            // A circuit that opens has a line of its own.
            if error != .circuitOpen {
                logger.warning(
                    "A request could not be passed on",
                    metadata: ["request_id": "\(request.headers[.xRequestID] ?? "")", "error": "\(error)"]
                )
            }
            throw PassingError(error)
        }
        if reply.isRefusedAtDoor {
            logger.error(
                "chat-api lets no frontend in: look at its APP_API_TOKEN, and at that of its sidecar",
                metadata: ["request_id": "\(request.headers[.xRequestID] ?? "")", "status": "\(reply.status.code)"]
            )
            throw .refused
        }
        return PassedReply(status: reply.status, headers: reply.headers, body: reply.body)
    }
}

extension PassingError {
    fileprivate init(_ error: SidecarError) {
        self =
            switch error {
            case .circuitOpen: .unreachable(retryAfter: CircuitBreaker.pause)
            case .notRunning, .busy, .disconnected, .refused, .unreadable, .conflict:
                .unreachable(retryAfter: FrontendProcess.pauseAfterFailure)
            case .timedOut: .timedOut
            case .tooLarge: .answerTooLarge
            case .invalidCall: .unsendable
            case .cancelled: .cancelled
            }
    }
}
