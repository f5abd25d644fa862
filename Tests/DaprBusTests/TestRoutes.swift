import CivilTime
import DaprBus
import ErrandCore
import ErrandHTTP
import EventDelivery
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

/// The routes of the internal listener in the test's process, called as a sidecar calls them.
struct TestRoutes: Sendable {
    struct Answer: Sendable {
        let status: Int
        let json: JSONValue
        var delivery: String? { json["status"]?.string }
    }

    let bus: DaprEventBus
    private let responder: RouterResponder<ErrandRequestContext>

    init(
        _ store: DaprStore, _ configuration: SidecarConfiguration? = nil, roles: Set<ProcessRole> = [],
        clock: WakeUp? = nil, sweep: DaprRoutes.Sweep? = nil, observer: any EventBusObserver = RecordingObserver(),
        logger: Logger = .silent
    ) throws {
        let configuration = try configuration ?? SidecarConfiguration()
        bus = store.bus(configuration, observer: observer, logger: logger)
        let router = Router(context: ErrandRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: EdgeMiddleware(isSecure: false) {
                "test-request"
            } makeTraceparent: {
                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
            }
        )
        DaprRoutes(
            bus: bus, configuration: configuration, roles: roles, clock: clock, sweep: sweep, logger: logger
        ).addRoutes(to: router)
        responder = router.buildResponder()
    }

    /// Sends a request whose body comes in pieces and without a length, as the sidecar's do.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", headers: [String: String] = [:]
    ) async throws -> Answer {
        var head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1", path: path)
        head.headerFields[.contentType] = "application/cloudevents+json"
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { head.headerFields[name] = value }
        }
        let (pieces, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        var rest = Substring(body)
        while !rest.isEmpty {
            continuation.yield(ByteBuffer(substring: rest.prefix(64 * 1024)))
            rest = rest.dropFirst(64 * 1024)
        }
        continuation.finish()
        let request = Request(head: head, body: RequestBody(asyncSequence: pieces))
        let context = ErrandRequestContext(logger: .silent)
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, json: (try? JSONValue.parse(collector.bytes)) ?? .null)
    }

    /// Delivers what an event is published as on `topic`.
    func deliver(
        _ event: StoredEvent, on topic: Topic = .taskEvents, headers: [String: String] = [:]
    ) async throws -> Answer {
        let message = EventMessage.all(of: event).first { $0.topic == topic }
        return try await send(.post, "/events/\(topic.rawValue)", message?.cloudEvent ?? "", headers: headers)
    }

    /// Has `consumer` run for as long as `use` takes.
    func running(_ consumer: any EventConsumer, _ use: () async throws -> Void) async throws {
        try await running(consumer.role, { [bus] in await bus.run(consumer) }, use)
    }

    func running(_ subscriber: any UpdateSubscriber, _ use: () async throws -> Void) async throws {
        try await running(.websocketService, { [bus] in await bus.run(subscriber) }, use)
    }

    private func running(
        _ role: ProcessRole, _ work: @escaping @Sendable () async -> Void, _ use: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await work() }
            try await waitUntil { bus.runningRoles.contains(role) }
            try await use()
            group.cancelAll()
        }
    }
}

/// Returns once `condition` holds, after ten seconds at the latest.
func waitUntil(_ condition: () -> Bool) async throws {
    for _ in 0..<2_000 where !condition() { try await Task.sleep(for: .milliseconds(5)) }
    try #require(condition())
}

/// Takes a body that is written piece by piece. Used by one task at a time.
private final class Collector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws {
        bytes += buffer.readableBytesView
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
