import ErrandCore
import ErrandHTTP
import Hummingbird
import ServiceLifecycle
import Synchronization

extension ServerConfiguration {
    /// A router whose answers have ids, security headers, log lines and metrics.
    func makeRouter() -> Router<ErrandRequestContext> {
        let router = Router(context: ErrandRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: EdgeMiddleware(isSecure: isSecure) {
                SystemRandom.makeID(at: .now).description
            } makeTraceparent: {
                Correlation.newTraceparent(randomBytes: SystemRandom.bytes(24))
            }
        )
        return router
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
