import DaprBus
import ErrandCore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Stands in for a sidecar: writes down what it is asked, and answers as the test says.
final class StubSidecar: Sendable {
    /// What it was asked.
    struct Call: Sendable {
        let method: String
        /// Path and query as they came.
        let target: String
        let headers: [String: String]
        let body: String

        var json: JSONValue { (try? JSONValue.parse(body)) ?? .null }
        var line: String { "\(method) \(target)" }
    }

    struct Answer: Sendable {
        var status = 204
        var headers: [String: String] = [:]
        /// One `Set-Cookie` each.
        var cookies: [String] = []
        var body = ""

        static let done = Answer()

        static func failure(_ status: Int, _ code: String, _ message: String = "It failed.") -> Answer {
            Answer(status: status, body: #"{"errorCode":"\#(code)","message":"\#(message)"}"#)
        }
    }

    private let state = Mutex<(port: Int, calls: [Call])>((0, []))
    private let sidecars = OpenSidecars()

    var port: Int { state.withLock { $0.port } }
    var calls: [Call] { state.withLock { $0.calls } }

    /// Runs a stub for as long as `body` takes.
    static func with(
        answer: @escaping @Sendable (Call) async -> Answer = { _ in .done },
        _ body: @escaping @Sendable (StubSidecar) async throws -> Void
    ) async throws {
        let stub = StubSidecar()
        let (starts, mailbox) = AsyncStream.makeStream(of: Void.self)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let call = try await Call(request)
            stub.state.withLock { $0.calls.append(call) }
            return Response(await answer(call))
        }
        var logger = Logger(label: "stub")
        logger.logLevel = .critical
        let application = Application(
            responder: responder, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                stub.state.withLock { $0.port = channel.localAddress?.port ?? 0 }
                mailbox.yield()
            },
            logger: logger
        )
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in starts {
                do {
                    try await body(stub)
                    await stub.sidecars.close()
                    await group.triggerGracefulShutdown()
                } catch {
                    await stub.sidecars.close()
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            try await tasks.waitForAll()
        }
    }

    func configuration(
        apiToken: String? = nil, publishTimeout: Duration = .seconds(5)
    ) throws -> SidecarConfiguration {
        try SidecarConfiguration(port: port, apiToken: apiToken, publishTimeout: publishTimeout)
    }

    /// A sidecar that calls the stub, closed with it.
    func sidecar(
        apiToken: String? = nil, uptime: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        circuitChanged: @escaping @Sendable (String, CircuitBreaker.State) -> Void = { _, _ in }
    ) throws -> Sidecar {
        sidecars.add(
            Sidecar(
                configuration: try configuration(apiToken: apiToken), uptime: uptime, circuitChanged: circuitChanged
            )
        )
    }
}

/// Sidecars that a test has made, to close them at its end.
final class OpenSidecars: Sendable {
    private let open = Mutex<[Sidecar]>([])

    func add(_ sidecar: Sidecar) -> Sidecar {
        open.withLock { $0.append(sidecar) }
        return sidecar
    }

    func close() async {
        let sidecars = open.withLock { open in
            defer { open = [] }
            return open
        }
        for sidecar in sidecars { await sidecar.close() }
    }
}

extension StubSidecar.Call {
    fileprivate init(_ request: Request) async throws {
        method = request.method.rawValue
        target = request.uri.string
        var fields: [String: String] = [:]
        for field in request.headers { fields[field.name.canonicalName] = field.value }
        headers = fields
        body = String(buffer: try await request.body.collect(upTo: 8 * 1024 * 1024))
    }
}

extension Response {
    fileprivate init(_ answer: StubSidecar.Answer) {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        for cookie in answer.cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        self.init(
            status: HTTPResponse.Status(code: answer.status), headers: headers,
            body: answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
        )
    }
}
