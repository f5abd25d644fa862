public import CivilTime

/// Runs commands and queries for every door: rights, transaction, undo and idempotency in one place.
public struct Operations: Sendable {
    public let environment: Environment
    /// Where conversations are kept.
    let conversations: any ConversationStore

    /// - Parameter conversations: where conversations are kept.
    public init(environment: Environment, conversations: any ConversationStore) {
        self.environment = environment
        self.conversations = conversations
    }

    /// - Parameter space: where to look; nil for the principal's own space.
    public func ask<Q: Query>(
        _ query: Q, as principal: Principal, in space: SpaceID? = nil
    ) async throws(ErrandError) -> Q.Answer {
        let access = try Access.of(principal, to: space, for: query.requiredScope)
        let now = environment.now()
        return try await environment.store.read { (transaction) throws(ErrandError) in
            try query.answer(in: QueryContext(transaction: transaction, principal: principal, in: access, now: now))
        }
    }

    /// - Parameters:
    ///   - space: where to work; nil for the principal's own space.
    ///   - correlation: the request that asks for it.
    public func perform<C: Command>(
        _ command: C, as principal: Principal, in space: SpaceID? = nil, for correlation: Correlation = .none
    ) async throws(ErrandError) -> Receipt<C.Outcome> {
        let access = try Access.of(principal, to: space, for: command.requiredScope)
        let now = environment.now()
        return try await write(for: command, in: access) { (transaction) throws(ErrandError) in
            try execute(command, as: principal, in: access, for: correlation, in: transaction, at: now)
        }
    }

    /// Performs a command at most once per key: the answer that `reply` makes is stored in the transaction of
    /// the change and given again to every later request with the same key.
    ///
    /// - Throws: ``ErrandError/conflict(_:)`` with `idempotencyKeyReused` when the key came with another
    ///   request before. Errors of the command are not stored, since nothing was written.
    public func perform<C: Command>(
        _ command: C, as principal: Principal, in space: SpaceID? = nil, for correlation: Correlation = .none,
        once key: OnceKey,
        reply: @escaping @Sendable (Receipt<C.Outcome>) -> StoredReply
    ) async throws(ErrandError) -> PerformedOnce {
        let access = try Access.of(principal, to: space, for: command.requiredScope)
        let now = environment.now()
        return try await write(for: command, in: access) { (transaction) throws(ErrandError) in
            if let stored = try transaction.replies.find(key) {
                guard stored.fingerprint == key.fingerprint else { throw .conflict(.idempotencyKeyReused) }
                return .replayed(stored)
            }
            let answer = reply(
                try execute(command, as: principal, in: access, for: correlation, in: transaction, at: now))
            try transaction.replies.insert(answer, for: key, at: now)
            return .first(answer)
        }
    }

    private func write<Result: Sendable>(
        for command: some Command, in access: Access,
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        if command.isShort { return try await environment.store.writeShared(in: access.space, body) }
        return try await environment.store.write(body)
    }

    private func execute<C: Command>(
        _ command: C, as principal: Principal, in access: Access, for correlation: Correlation,
        in transaction: any StoreTransaction, at now: Instant
    ) throws(ErrandError) -> Receipt<C.Outcome> {
        let context = CommandContext(
            transaction: transaction, principal: principal, in: access, now: now, correlation: correlation,
            makeID: environment.makeID, randomBytes: environment.randomBytes
        )
        let outcome = try command.execute(in: context)
        let token = "undo_" + Base64URL.encode(environment.randomBytes(16))
        return Receipt(outcome: outcome, undoToken: try context.closeJournal(token: token))
    }
}

/// What operations take from the outside world.
public struct Environment: Sendable {
    public let store: any Store
    public let now: @Sendable () -> Instant
    /// A new UUIDv7 for that moment.
    public let makeID: @Sendable (Instant) -> UniqueID
    /// That many bytes from a cryptographically secure source.
    public let randomBytes: @Sendable (Int) -> [UInt8]

    public init(
        store: any Store, now: @escaping @Sendable () -> Instant,
        makeID: @escaping @Sendable (Instant) -> UniqueID, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.store = store
        self.now = now
        self.makeID = makeID
        self.randomBytes = randomBytes
    }
}

/// What a command gave back.
public struct Receipt<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    /// Takes the change back within ``Limits/undoLifetime``; nil when no task was changed.
    public let undoToken: String?
}

/// How a command with an idempotency key was answered.
public enum PerformedOnce: Sendable {
    case first(StoredReply)
    case replayed(StoredReply)
}
