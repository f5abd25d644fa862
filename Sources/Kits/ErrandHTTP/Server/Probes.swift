import ErrandCore
public import Hummingbird

/// What an orchestrator and an operator ask the internal port.
public struct Probes: Sendable {
    private let isReady: @Sendable () async -> Bool
    private let metrics: @Sendable (MetricsFormat) async -> String

    /// - Parameters:
    ///   - isReady: whether requests can be served now.
    ///   - metrics: the metrics in the form that is asked for.
    public init(
        isReady: @escaping @Sendable () async -> Bool, metrics: @escaping @Sendable (MetricsFormat) async -> String
    ) {
        self.isReady = isReady
        self.metrics = metrics
    }

    public func addRoutes(to router: Router<ErrandRequestContext>) {
        router.get("/healthz") { _, _ in Response(json: ["status": "ok"]) }
        router.get("/readyz") { _, _ in
            await isReady()
                ? Response(json: ["status": "ready"]) : Response(.serviceUnavailable, json: ["status": "not ready"])
        }
        router.get("/metrics") { request, _ in
            let accepted = request.headers[values: .accept].joined(separator: ",")
            let format = MetricsFormat(accept: accepted)
            let bytes = Array((await metrics(format)).utf8)
            return Response(.ok, bytes: bytes, type: format.mediaType, headers: [.vary: "Accept"])
        }
    }
}
