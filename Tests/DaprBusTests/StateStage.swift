import CivilTime
import DaprBus
import ErrandCore
import FakeSidecar
import TestSupport

/// A sidecar with a state store, a conversation in it that is to be, and its owner.
struct StateStage: Sendable {
    let store: DaprConversationStore
    let clock = ManualClock()
    let log = LogLines()
    let id = ConversationID.make()
    let owner = UserID.make()
    let faults: Faults
    private let sidecar: Sidecar

    /// Runs a sidecar for as long as `use` takes.
    static func with(
        stateStoreName: String = "statestore", _ use: @escaping @Sendable (StateStage) async throws -> Void
    ) async throws {
        let fake = FakeSidecar(appID: "chat-api", cluster: FakeCluster(stateStores: ["statestore"]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await fake.run() } catch is CancellationError {}
            }
            let configuration = try SidecarConfiguration(port: try await fake.port, stateStoreName: stateStoreName)
            try await use(StateStage(configuration, fake.faults))
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private init(_ configuration: SidecarConfiguration, _ faults: Faults) {
        self.faults = faults
        sidecar = Sidecar(configuration: configuration, uptime: { .now })
        store = DaprConversationStore(
            sidecar: sidecar, configuration: configuration, now: clock.now, logger: log.logger
        )
    }

    var transcript: Transcript {
        get async throws(ErrandError) { try await store.transcript(id, of: owner) }
    }

    func append(_ text: String, opens: Bool = false) throws(ErrandError) -> ConversationAppend {
        try ConversationAppend(
            id: .make(), to: id, of: owner, opens: opens, turns: [ConversationTurn(.user, text, at: clock.now())]
        )
    }

    func list() async throws(ErrandError) -> [Conversation] {
        try await store.page(of: owner, after: nil, limit: 200).conversations
    }

    /// What lies in the state store.
    func state(_ key: String) async throws -> JSONValue? {
        try await sidecar.state(key, in: "statestore")?.value
    }

    func put(_ value: JSONValue, _ key: String) async throws {
        try await sidecar.save(state: value, for: key, in: "statestore", if: .none)
    }

    /// What the owner's index names.
    func indexed() async throws -> [ConversationID] {
        let index = try await state("conversations-\(owner)")
        return (index?["conversations"]?.array ?? []).compactMap { $0["id"]?.string.flatMap { ConversationID($0) } }
    }
}
