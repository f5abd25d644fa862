public import ErrandCore
public import ErrandHTTP
public import EventDelivery
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore

/// What the sidecar calls. It belongs on the internal listener, never on the public one.
///
/// | answer to a delivery | when | what the sidecar does |
/// |---|---|---|
/// | 200 `SUCCESS` | the effect is committed, now or earlier | goes on |
/// | 503 `RETRY` | the database cannot answer, or the role does not run | tries again by its policy, then dead letter |
/// | 200 `DROP` | never to be handled: not an event, or one that its consumer refuses | dead letter, at once |
/// | 401, 403, 413 | not from the sidecar; from another app; too large | tries again or dead letter, by its policy |
///
/// An event that can never be handled is answered with `DROP` rather than with a status such as 422: a status is tried
/// again unless the resiliency policy lists the ones to try, while `DROP` means the same under every policy
/// (<https://docs.dapr.io/reference/api/pubsub_api/#expected-http-response>). For the same reason "try again" is a
/// status, so that such a policy sees it. 404 would count as `DROP`, so no known topic is ever answered with it.
public struct DaprRoutes: Sendable {
    /// Size of one event; a broker takes no larger ones.
    public static let eventBytesMax = JSONBody.sizeBytesMax
    /// Size of a bulk, on `/events/<topic>/bulk`.
    public static let bulkBytesMax = 16 * 1024 * 1024

    let deliveries: Deliveries
    let configuration: SidecarConfiguration
    let roles: Set<ProcessRole>
    let clock: WakeUp?
    let sweep: Sweep?
    let logger: Logger

    /// The cron binding that looks after the reminders
    /// (<https://docs.dapr.io/reference/components-reference/supported-bindings/cron/>).
    public struct Sweep: Sendable {
        /// The path, which is the component's name unless the component says otherwise.
        public let path: String
        let run: @Sendable () async throws(ErrandError) -> Void

        /// - Parameter run: fires what is due. The binding ticks on every replica, so it has to keep others out
        ///   itself, or be harmless beside them.
        public init(
            path: String = "/sweep-reminders", run: @escaping @Sendable () async throws(ErrandError) -> Void
        ) {
            precondition(path.hasPrefix("/") && path.count > 1, "The path of the sweep begins with a slash.")
            self.path = path
            self.run = run
        }
    }

    /// - Parameters:
    ///   - bus: whose consumers the events are for.
    ///   - roles: whose consumers this process runs. A sidecar asks for subscriptions once in its life, so the answer
    ///     waits until these are registered.
    ///   - clock: rung when a job comes; nil where no reminder clock runs.
    ///   - sweep: nil where there is no cron binding.
    public init(
        bus: DaprEventBus, configuration: SidecarConfiguration, roles: Set<ProcessRole>, clock: WakeUp?, sweep: Sweep?,
        logger: Logger
    ) {
        deliveries = bus.deliveries
        self.configuration = configuration
        self.roles = roles
        self.clock = clock
        self.sweep = sweep
        self.logger = logger
    }

    /// Where events of a dead-letter topic come in.
    static let deadLettersPath = "/dead-letters"

    public func addRoutes(to router: Router<ErrandRequestContext>) {
        router.get("/dapr/subscribe") { request, _ in
            try await guarded(request) { Response(json: await subscriptions()) }
        }
        router.post("/events/:topic") { request, context in
            try await guarded(request) {
                try await receive(request, on: context.parameters.get("topic"), upTo: DaprRoutes.eventBytesMax)
            }
        }
        router.post("/events/:topic/bulk") { request, context in
            try await guarded(request) {
                try await receive(request, on: context.parameters.get("topic"), upTo: DaprRoutes.bulkBytesMax)
            }
        }
        router.post(RouterPath(DaprRoutes.deadLettersPath)) { request, _ in
            try await guarded(request) { try await receiveDeadLetter(request) }
        }
        if let clock {
            // Whatever its name is: all jobs of ours are there to wake the clock, and a ring too many is harmless.
            router.post("/job/:name") { request, _ in
                try await guarded(request) {
                    try await JSONBody.skip(request)
                    clock.ring()
                    return Response(json: [:])
                }
            }
        }
        if let sweep { addRoutes(of: sweep, to: router) }
    }

    private func addRoutes(of sweep: Sweep, to router: Router<ErrandRequestContext>) {
        let path = RouterPath(sweep.path)
        // How a sidecar finds out whether there is anybody to tick for, unless the component has a direction.
        router.on(path, method: .options) { request, _ in
            try await guarded(request) { Response(json: [:]) }
        }
        router.post(path) { request, _ in
            try await guarded(request) {
                try await JSONBody.skip(request)
                do throws(ErrandError) {
                    try await sweep.run()
                } catch {
                    logger.warning("The sweep of reminders failed", metadata: ["error": "\(error)"])
                    throw error
                }
                return Response(json: [:])
            }
        }
    }

    /// Answers only what comes from our own sidecar, of its own accord.
    ///
    /// - Throws: ``Problem``: 401 for the wrong token. 403 for what another app has the sidecar call: that has the
    ///   right token too, and could otherwise make up events and jobs
    ///   (<https://docs.dapr.io/reference/api/service_invocation_api/>).
    private func guarded(
        _ request: Request, _ answer: () async throws -> Response
    ) async throws -> Response {
        if let token = configuration.appToken, !token.matches(request.headers[.daprAPIToken]) {
            try await JSONBody.skip(request)
            throw Problem(ErrandError.unauthenticated)
        }
        if request.headers[.daprCallerAppID] != nil {
            try await JSONBody.skip(request)
            throw Problem.invokedByPeer
        }
        return try await answer()
    }
}

extension HTTPField.Name {
    /// Literals of token characters, so the names are always valid.
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        return name
    }

    static let daprAPIToken = known("dapr-api-token")
    static let daprCallerAppID = known("dapr-caller-app-id")
}
