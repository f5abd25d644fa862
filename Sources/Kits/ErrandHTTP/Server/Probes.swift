import ErrandCore
public import Hummingbird

/// What an orchestrator and an operator ask the internal port.
public struct Probes: Sendable {
    private let isReady: @Sendable () async -> Bool
    private let metrics: @Sendable () async -> String

    /// - Parameters:
    ///   - isReady: whether requests can be served now.
    ///   - metrics: the metrics in the Prometheus text format.
    public init(isReady: @escaping @Sendable () async -> Bool, metrics: @escaping @Sendable () async -> String) {
        self.isReady = isReady
        self.metrics = metrics
    }

    public func addRoutes(to router: Router<ErrandRequestContext>) {
        router.get("/healthz") { _, _ in Response(json: ["status": "ok"]) }
        router.get("/readyz") { _, _ in
            await isReady()
                ? Response(json: ["status": "ready"]) : Response(.serviceUnavailable, json: ["status": "not ready"])
        }
        router.get("/metrics") { _, _ in
            let bytes = Array((await metrics()).utf8)
            return Response(.ok, bytes: bytes, type: "text/plain; version=0.0.4; charset=utf-8", headers: [:])
        }
    }
}
