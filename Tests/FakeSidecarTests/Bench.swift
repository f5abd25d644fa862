import ErrandCore
import FakeSidecar
import Foundation
import FoundationNetworking
import Logging
import Synchronization
import Testing

/// A running sidecar, and the app beside it.
struct Bench: Sendable {
    let sidecar: FakeSidecar
    let app: TinyApp
    let port: Int

    /// Runs a sidecar with its app for as long as `body` takes.
    static func with(
        _ appID: String = "app", on cluster: FakeCluster, app: TinyApp = TinyApp(),
        _ configure: (inout SidecarOptions) -> Void = { _ in }, isAppUp: Bool = true,
        body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        var options = SidecarOptions()
        options.appPollInterval = .milliseconds(10)
        configure(&options)
        var logger = FakeSidecar.quietLogger
        // What goes wrong here is meant to.
        logger.logLevel = .critical
        let sidecar = FakeSidecar(appID: appID, cluster: cluster, options: options, logger: logger)
        guard isAppUp else {
            try await run(sidecar, app, body)
            return
        }
        // The sidecar goes first, and does not call an app that is not there any more.
        try await app.serve(connecting: sidecar) {
            try await run(sidecar, app) { bench in
                try await eventually { await bench.send("GET", "/v1.0/healthz").status == 204 }
                try await body(bench)
            }
        }
    }

    private static func run(
        _ sidecar: FakeSidecar, _ app: TinyApp, _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await sidecar.run() } catch is CancellationError {}
            }
            try await body(Bench(sidecar: sidecar, app: app, port: try await sidecar.port))
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    struct Answer: Sendable {
        /// 0 when none came.
        let status: Int
        let body: [UInt8]
        let headers: [String: String]

        var json: JSONValue { (try? JSONValue.parse(body)) ?? .null }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func send(
        _ method: String, _ path: String, _ body: String? = nil, _ headers: [String: String] = [:]
    ) async -> Answer {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
            return Answer(status: 0, body: [], headers: [:])
        }
        var request = URLRequest(url: url, timeoutInterval: 20)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        // Foundation names a type of its own where none is set.
        request.setValue(headers["Content-Type"] ?? "text/plain", forHTTPHeaderField: "Content-Type")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        guard let (data, response) = try? await URLSession.shared.data(for: request),
            let response = response as? HTTPURLResponse
        else { return Answer(status: 0, body: [], headers: [:]) }
        var fields: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            if let name = name as? String { fields[name.lowercased()] = value as? String }
        }
        return Answer(status: response.statusCode, body: Array(data), headers: fields)
    }

    /// Publishes texts, one by one.
    func publish(_ texts: String..., to topic: String, key: String = "k") async {
        for text in texts {
            let answer = await send("POST", "/v1.0/publish/pubsub/\(topic)?metadata.partitionKey=\(key)", text)
            #expect(answer.status == 204)
        }
    }

    /// Waits until `group` has done all of a topic.
    func drained(_ topic: String, of broker: FakeBroker, group: String = "app") async throws {
        try await eventually { broker.lag(group: group, topic: topic) == 0 }
    }
}

struct TookTooLong: Error {}

/// Waits for something that must come, half a minute at most.
func eventually(
    sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("it did not happen within half a minute", sourceLocation: sourceLocation)
            throw TookTooLong()
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Counts up, from any thread.
final class Counter: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// - Returns: how often `name` has been counted, this time included.
    @discardableResult
    func count(_ name: String = "") -> Int {
        counts.withLock {
            $0[name, default: 0] += 1
            return $0[name, default: 0]
        }
    }

    func add(_ number: Int, to name: String = "") {
        counts.withLock { $0[name, default: 0] += number }
    }

    subscript(name: String) -> Int { counts.withLock { $0[name, default: 0] } }
}
