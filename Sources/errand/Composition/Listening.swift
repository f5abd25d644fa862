import ErrandCore
import ErrandHTTP
import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle
import Synchronization

extension ServerConfiguration {
    /// A router whose answers have ids, security headers, log lines and metrics.
    ///
    /// - Parameter tracing: nil where no traces are kept.
    func makeRouter(_ tracing: Tracing?) -> Router<ErrandRequestContext> {
        let router = Router(context: ErrandRequestContext.self, options: .autoGenerateHeadEndpoints)
        var trace: TraceAnswer?
        if let tracing { trace = { answer, measure in tracing.answered(answer, measure) } }
        router.add(
            middleware: EdgeMiddleware(
                isSecure: isSecure, makeRequestID: { SystemRandom.makeID(at: .now).description },
                makeTraceparent: { Correlation.newTraceparent(randomBytes: SystemRandom.bytes(24)) },
                trace: trace
            )
        )
        return router
    }

    /// The port for people and programs; it tells `readiness` and the log once it accepts connections.
    func publicListener(
        _ router: Router<ErrandRequestContext>, server: HTTPServerBuilder = HTTPListener.quick,
        _ readiness: Readiness, _ logger: Logger
    ) -> HTTPListener {
        HTTPListener(router: router, server: server, host: host, port: port, logger: logger) { actual in
            readiness.isListening.withLock { $0 = true }
            let address = port == 0 ? "http://localhost:\(actual)" : publicURL
            logger.info("Errand is ready at \(address)", metadata: ["port": "\(actual)"])
        }
    }
}

/// Whether the public port accepts connections.
final class Readiness: Sendable {
    let isListening = Mutex(false)
}

/// A service that is one function.
struct ClosureService: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        try await body()
    }
}
