import AsyncHTTPClient
import ErrandCore
import FakeSidecar
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport

/// A `chat-api` and a `frontend`, each with a sidecar, and the sidecar of somebody else.
final class FrontendPair: Sendable {
    static let (apiToken, appToken) = ("to-the-sidecar", "to-the-app")

    let port: Int
    let frontendInternalPort: Int
    let apiInternalPort: Int
    let apiSidecar: FakeSidecar
    let frontendSidecar: FakeSidecar
    let strangersSidecar: FakeSidecar
    /// Where the frontend would keep data if it had any.
    let folder: URL
    private let apiPort: Int
    private let database: Deployment
    private let frontend = Mutex<ServerProcess?>(nil)

    static func with(_ use: (FrontendPair, ServerProcess) async throws -> Void) async throws {
        let pair = try await FrontendPair()
        defer { try? FileManager.default.removeItem(at: pair.folder) }
        let sidecars = [pair.apiSidecar, pair.frontendSidecar, pair.strangersSidecar]
        let runs = sidecars.map { sidecar in Task { try? await sidecar.run() } }
        defer { for run in runs { run.cancel() } }
        let api = try await pair.startAPI()
        let frontend = try await ServerProcess(
            try await pair.settings(Deployment(place: .folder(pair.folder)), pair.frontendSidecar),
            port: pair.port, internalPort: pair.frontendInternalPort, role: .frontend
        )
        pair.frontend.withLock { $0 = frontend }
        try await use(pair, api)
        try await pair.stopFrontend()
    }

    private init() async throws {
        let (api, frontend) = (try ServerProcess.freePorts(), try ServerProcess.freePorts())
        (port, frontendInternalPort) = frontend
        (apiPort, apiInternalPort) = api
        folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        database = try await SharedPostgres.deployment()
        let cluster = FakeCluster()
        func sidecar(_ app: String, _ port: Int?) -> FakeSidecar {
            var options = SidecarOptions()
            options.appPort = port
            (options.apiToken, options.appToken) = (Self.apiToken, Self.appToken)
            return FakeSidecar(appID: app, cluster: cluster, options: options)
        }
        apiSidecar = sidecar("chat-api", api.internal)
        frontendSidecar = sidecar("frontend", frontend.internal)
        strangersSidecar = sidecar("audit-service", nil)
    }

    /// Starts the API, where it was before.
    func startAPI() async throws -> ServerProcess {
        try await ServerProcess(
            try await settings(database, apiSidecar), port: apiPort, internalPort: apiInternalPort, role: .chatAPI
        )
    }

    /// Asks the frontend to stop, and waits until it is gone; nothing if it is.
    func stopFrontend() async throws {
        let running = frontend.withLock { frontend in
            defer { frontend = nil }
            return frontend
        }
        try await running?.stop()
    }

    private func settings(_ deployment: Deployment, _ sidecar: FakeSidecar) async throws -> Deployment {
        var deployment = deployment
        deployment.settings = [
            "ERRAND_PUBLIC_URL": "http://localhost:\(port)", "DAPR_HTTP_PORT": "\(try await sidecar.port)",
            "DAPR_API_TOKEN": Self.apiToken, "APP_API_TOKEN": Self.appToken,
        ]
        return deployment
    }
}

/// An answer with all its fields.
struct WholeAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let bytes: [UInt8]

    var json: JSONValue { (try? JSONValue.parse(bytes)) ?? .null }
    var code: String? { json["code"]?.string }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first(name: name) }
    /// All fields of a name.
    func fields(_ name: String) -> [String] { headers[name] }

    /// Calls a port of this machine.
    static func from(
        _ port: Int, _ method: String, _ path: String, _ fields: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> WholeAnswer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method)
        request.headers = HTTPHeaders(fields)
        if let body {
            request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 1 << 24)
        return WholeAnswer(
            status: Int(response.status.code), headers: response.headers, bytes: Array(bytes.readableBytesView)
        )
    }
}
