/// What the sidecars of a cluster share: the broker, the jobs, the stores, and who is where.
public final class FakeCluster: Sendable {
    public let broker: any SidecarBroker
    let scheduler = FakeScheduler()
    let apps = AppRegistry()
    let stateStores: [String: StateStore]
    let secretStores: [String: SecretStore]

    /// - Parameters:
    ///   - stateStores: names of the state stores.
    ///   - secretStores: secret stores by their names.
    public init(
        broker: any SidecarBroker = FakeBroker(), stateStores: Set<String> = [],
        secretStores: [String: SecretStore] = [:]
    ) {
        self.broker = broker
        self.stateStores = Dictionary(uniqueKeysWithValues: stateStores.map { ($0, StateStore()) })
        self.secretStores = secretStores
    }
}
