public import ErrandCore
public import ErrandHTTP
public import EventDelivery
public import HTTPTypes
public import Hummingbird
public import Logging
public import WebSockets

/// The websocket-service: tells open windows what has changed, at `GET /api/v1/live`.
///
/// Windows are told from the log, so that a change is shown exactly when it is committed, in the order of the
/// user's change numbers, and again to whoever was away.
public struct LiveService: Sendable {
    public static let path = "/api/v1/live"

    /// Limits of its WebSockets: clients have little to say.
    public static let webSocket = WebSocketConfiguration(messageBytesMax: 16 * 1024, frameBytesMax: 16 * 1024)

    private let bus: any EventBus
    private let hub: LiveHub
    private let watch: LiveWatch
    private let log: LiveLog
    private let limits: LiveLimits
    private let telemetry: LiveTelemetry
    private let gate: Gate

    public init(
        environment: ErrandCore.Environment, bus: any EventBus, gate: Gate, limits: LiveLimits, logger: Logger
    ) {
        self.bus = bus
        self.limits = limits
        self.gate = gate
        telemetry = LiveTelemetry(logger: logger)
        log = LiveLog(environment: environment, patience: limits.patience)
        hub = LiveHub(limits: limits, log: log, telemetry: telemetry)
        watch = LiveWatch(limits: limits, authenticator: gate.authenticator, hub: hub)
    }

    /// Works until the task is cancelled.
    public func run() async {
        await withTaskGroup { group in
            group.addTask { await bus.run(hub) }
            group.addTask { await hub.readMissed() }
            group.addTask { await watch.run() }
        }
    }

    /// Whether a request becomes a WebSocket. One that does not goes on to the route, which says why.
    public func decide(_ head: HTTPRequest, _ peer: String?, _ logger: Logger) async -> WebSocketDecision {
        guard head.method == .get, let path = head.path?.split(separator: "?").first, path == LiveService.path else {
            return .refuse
        }
        let credential: (text: String, user: UserID)?
        do {
            credential = try LiveService.follower(try await gate.admit(head, peer: peer, by: .socket))
        } catch {
            return .refuse
        }
        return .accept { connection in
            await LiveSocket(
                connection: connection, hub: hub, watch: watch, log: log, limits: limits, telemetry: telemetry
            ).serve(credential)
        }
    }

    /// Adds the stream of server-sent events.
    public func addRoutes(to router: Router<ErrandRequestContext>) {
        let path = RouterPath(LiveService.path)
        router.get(path) { request, context in try await stream(request, context) }
        for method in [.post, .put, .patch, .delete] as [HTTPRequest.Method] {
            router.on(path, method: method) { _, _ -> Response in
                throw Problem.methodNotAllowed(allowed: ["GET", "HEAD"])
            }
        }
    }

    private func stream(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        guard let (credential, user) = try LiveService.follower(try await gate.admit(request, context, by: .listening))
        else { throw ErrandError.unauthenticated }
        guard request.headers[.accept]?.contains("text/event-stream") == true else { throw Problem.notAcceptable }
        var query = try FieldReader(request.uri.query)
        let asked = query.parsed("cursor", expected: "a change number", LiveService.cursor)
        try query.finish()
        let last = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }.flatMap(LiveService.cursor)
        switch hub.refusal(of: user) {
        case nil: break
        case .tooManyWindows?: throw Problem.tooManyWindows(limits.perUser)
        default: throw ErrandError.unavailable
        }
        return LiveStream(hub: hub, watch: watch, log: log, limits: limits, telemetry: telemetry)
            .response(to: user, credential: credential, from: last ?? asked)
    }

    /// Who has come in, if they may follow changes, and by what; nil for nobody in particular.
    private static func follower(_ admission: Admission) throws(ErrandError) -> (text: String, user: UserID)? {
        guard let credential = admission.credential, let principal = admission.principal else { return nil }
        return (credential.text, try LiveWatch.user(principal))
    }

    private static func cursor(_ text: String) -> ChangeNumber? {
        Int64(text).flatMap { $0 >= 0 ? ChangeNumber($0) : nil }
    }
}
