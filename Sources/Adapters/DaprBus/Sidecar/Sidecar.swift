/// The HTTP API of the Dapr sidecar (<https://docs.dapr.io/reference/api/>), as far as Errand needs it.
public struct Sidecar: Sendable {
    /// How long the sidecar may stay silent, unless a call says otherwise.
    public static let timeout = Duration.seconds(5)
    /// Size of an answer. Larger ones are not read to their end.
    public static let replyBytesMax = 16 * 1024 * 1024
    static let probeTimeout = Duration.seconds(2)
    private static let probePause = Duration.milliseconds(250)

    let http: SidecarHTTP
    let publishTimeout: Duration
    let circuits: Circuits

    /// - Parameters:
    ///   - uptime: time that nobody sets back, for the circuit breakers: `ContinuousClock.now`.
    ///   - circuitChanged: told of each app whose circuit has another state now, to log and measure it.
    public init(
        configuration: SidecarConfiguration, uptime: @escaping @Sendable () -> ContinuousClock.Instant,
        circuitChanged: @escaping @Sendable (_ app: String, CircuitBreaker.State) -> Void = { _, _ in }
    ) {
        http = SidecarHTTP(configuration)
        publishTimeout = configuration.publishTimeout
        circuits = Circuits(uptime: uptime, changed: circuitChanged)
    }

    /// Ends the connections to it, once nobody calls it any more. Calls under way and later ones fail with
    /// ``SidecarError/cancelled``. Whoever has made a sidecar closes it; again does no harm.
    public func close() async {
        await http.close()
    }

    /// Whether its components and APIs work. It does not wait for this process, unlike `/v1.0/healthz`, which would
    /// never be ready before us (<https://docs.dapr.io/reference/api/health_api/>).
    public func isOutboundReady() async -> Bool {
        let probe = SidecarRequest(path: "/v1.0/healthz/outbound", timeout: Sidecar.probeTimeout)
        do throws(SidecarError) {
            return try await http.send(probe).isSuccess
        } catch {
            return false
        }
    }

    /// Returns once ``isOutboundReady()``, asking four times a second.
    ///
    /// - Throws: ``SidecarError/timedOut`` after `patience`, ``SidecarError/cancelled``.
    public func waitUntilReady(atMost patience: Duration) async throws(SidecarError) {
        let end = ContinuousClock.now + patience
        while !Task.isCancelled {
            if await isOutboundReady() { return }
            guard ContinuousClock.now + Sidecar.probePause < end else { throw .timedOut }
            do { try await Task.sleep(for: Sidecar.probePause) } catch { throw .cancelled }
        }
        throw .cancelled
    }

    /// - Throws: what the sidecar answered, for every status but 2xx.
    func succeed(_ request: SidecarRequest) async throws(SidecarError) -> SidecarReply {
        let reply = try await http.send(request)
        guard reply.isSuccess else { throw reply.refusal }
        return reply
    }
}
