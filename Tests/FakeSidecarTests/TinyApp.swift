import ErrandCore
import FakeSidecar
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// An app beside a sidecar: answers what a test says, and remembers what it was asked.
final class TinyApp: Sendable {
    struct Callback: Sendable {
        let method: String
        let path: String
        let headers: HTTPFields
        let body: [UInt8]

        var json: JSONValue { (try? JSONValue.parse(body)) ?? .null }

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    struct Reply: Sendable {
        var status = 200
        var body = ""
        var headers: [String: String] = [:]

        static let ok = Reply()
        static func status(_ code: Int) -> Reply { Reply(status: code) }
        static func says(_ status: String) -> Reply { Reply(body: #"{"status":"\#(status)"}"#) }
    }

    private let reply: @Sendable (Callback) async -> Reply
    private let log = Mutex<[Callback]>([])

    /// - Parameter subscriptions: what it says when it is asked for them; 404 when nil.
    init(subscriptions: JSONValue? = nil, _ reply: @escaping @Sendable (Callback) async -> Reply = { _ in .ok }) {
        self.reply = { callback in
            guard callback.path == "/dapr/subscribe" else { return await reply(callback) }
            return subscriptions.map { Reply(body: $0.text) } ?? .status(404)
        }
    }

    /// What came to a path so far, in the order in which it came.
    func callbacks(_ path: String) -> [Callback] { log.withLock { $0.filter { $0.path == path } } }

    /// `data` of the events that came to a path.
    func data(_ path: String) -> [String] { callbacks(path).map { $0.json["data"]?.string ?? "?" } }

    /// Its server, which ends when it is told to: one that is cancelled drops connections that it has just accepted,
    /// and NIO stops the process for that.
    func service(onListening: @escaping @Sendable (Int) -> Void) -> ServiceGroup {
        var logger = Logger(label: "tiny-app")
        logger.logLevel = .critical
        let responder = CallbackResponder<BasicRequestContext> { request, _ in try await self.respond(to: request) }
        let application = Application(
            responder: responder, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) }, logger: logger
        )
        return ServiceGroup(services: [application], logger: logger)
    }

    private func respond(to request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 22)
        let callback = Callback(
            method: request.method.rawValue, path: request.uri.path, headers: request.headers,
            body: Array(body.readableBytesView)
        )
        log.withLock { $0.append(callback) }
        let reply = await reply(callback)
        var headers = HTTPFields()
        for (name, value) in reply.headers { HTTPField.Name(name).map { headers[$0] = value } }
        return Response(
            status: HTTPResponse.Status(code: reply.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body))
        )
    }

    /// Runs beside `body`, and then ends.
    func serve<Outcome: Sendable>(
        connecting sidecar: FakeSidecar, while body: () async throws -> Outcome
    ) async throws -> Outcome {
        let service = service { sidecar.connect(appPort: $0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            let outcome: Result<Outcome, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            await service.triggerGracefulShutdown()
            try await group.waitForAll()
            return try outcome.get()
        }
    }
}
