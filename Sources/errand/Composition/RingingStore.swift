import ErrandCore

/// A store that rings after every commit, so that loops need not poll.
struct RingingStore: Store {
    let inner: any Store
    let bells: [WakeUp]

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await inner.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let result = try await inner.write(body)
        for bell in bells { bell.ring() }
        return result
    }
}
