import CivilTime
import DaprBus
import ErrandCore
import FakeSidecar
import Foundation
import Logging
import TestSupport
import Testing

/// Where a process keeps conversations: each way it is put together.
@Suite struct ConversationTests {
    @Test func `on a file they are in the database`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let deployment = Deployment(place: .folder(folder))
        try await serve(deployment, role: nil) { client in
            try await deployment.withStore { store in
                try await Self.use(client, StoreConversations(environment: Self.environment(store)))
            }
        }
    }

    @Test func `behind a sidecar they are in its state store`() async throws {
        var deployment = try await SharedPostgres.deployment()
        let fake = FakeSidecar(appID: "chat-api", cluster: FakeCluster(stateStores: ["talks"]))
        let running = Task { try? await fake.run() }
        defer { running.cancel() }
        let port = try await fake.port
        deployment.settings = ["DAPR_HTTP_PORT": "\(port)", "ERRAND_DAPR_STATE_STORE": "talks"]
        let configuration = try SidecarConfiguration(port: port, stateStoreName: "talks")
        let sidecar = Sidecar(configuration: configuration, uptime: { .now })
        let store = DaprConversationStore(
            sidecar: sidecar, configuration: configuration, now: Self.now,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await serve(deployment, role: .chatAPI) { client in
            try await Self.use(client, store)
            fake.faults.stateRefused = .always
            let answer = await client.send("GET", "/api/v1/conversations")
            #expect(answer?.status == 503)
            #expect(await client.send("GET", "/api/v1/tasks")?.status == 200, "tasks go on")
        }
    }

    private func serve(
        _ deployment: Deployment, role: ProcessRole?, _ use: (APIClient) async throws -> Void
    ) async throws {
        let ports = try ServerProcess.freePorts()
        let server = try await ServerProcess(
            deployment, port: ports.public, internalPort: ports.internal, role: role
        )
        try await use(await APIClient(port: ports.public).signedUp("ana"))
        try await server.stop()
    }

    /// What is put into `store` is what the process has.
    private static func use(_ client: APIClient, _ store: any ConversationStore) async throws {
        let me = try #require(await client.send("GET", "/api/v1/me")?.json["id"]?.string)
        let owner = try #require(UserID(me))
        let empty = await client.send("GET", "/api/v1/conversations")
        #expect(empty?.json == ["items": [], "next_cursor": .null])
        let made = try await store.append(.make(of: owner, "Hello", at: now()))
        let listed = await client.send("GET", "/api/v1/conversations")
        #expect(listed?.json["items"] == [made.json])
        let path = "/api/v1/conversations/\(made.id)"
        let read = await client.send("GET", path)
        #expect(read?.json["turns"]?.array?.count == 2)
        #expect(await client.send("DELETE", path)?.status == 204)
        await #expect(throws: ErrandError.notFound(.conversation)) {
            try await store.transcript(made.id, of: owner)
        }
    }

    private static let now: @Sendable () -> Instant = {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    private static func environment(_ store: any Store) -> ErrandCore.Environment {
        ErrandCore.Environment(
            store: store, now: now,
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
    }
}
