/// Something a user asks for, its input read: a command, a query, or a use of conversations.
public enum PreparedOperation<Outcome: Sendable>: Sendable {
    case command(any Command<Outcome>)
    case query(any Query<Outcome>)
    case conversation(any ConversationOperation<Outcome>)

    /// The right it takes.
    public var requiredScope: Scope {
        switch self {
        case .command(let command): command.requiredScope
        case .query(let query): query.requiredScope
        case .conversation(let operation): operation.requiredScope
        }
    }
}

/// Something a user can do with conversations. They need not be kept in the ``Store``, so there is no transaction to
/// share with tasks.
public protocol ConversationOperation<Outcome>: Sendable {
    associatedtype Outcome: Sendable

    /// The right it takes.
    var requiredScope: Scope { get }

    /// - Parameter user: whose conversations; another's are not found.
    func perform(in store: any ConversationStore, of user: UserID) async throws(ErrandError) -> Outcome
}

extension Operations {
    /// Does what was asked for.
    ///
    /// - Parameters:
    ///   - space: where to work; nil for the principal's own space.
    ///   - correlation: the request that asks for it.
    public func perform<Outcome>(
        _ operation: PreparedOperation<Outcome>, as principal: Principal, in space: SpaceID? = nil,
        for correlation: Correlation = .none
    ) async throws(ErrandError) -> Receipt<Outcome> {
        switch operation {
        case .command(let command): try await perform(command, as: principal, in: space, for: correlation)
        case .query(let query): Receipt(outcome: try await ask(query, as: principal, in: space), undoToken: nil)
        case .conversation(let operation): Receipt(outcome: try await perform(operation, as: principal), undoToken: nil)
        }
    }

    private func perform<C: ConversationOperation>(
        _ operation: C, as principal: Principal
    ) async throws(ErrandError) -> C.Outcome {
        let access = try Access.of(principal, for: operation.requiredScope)
        return try await operation.perform(in: conversations, of: access.member)
    }
}
