public import CivilTime

/// Something that happens while nobody is known yet: there is no principal and so no scope to check, and who may do it
/// is decided by what it is given, a password or a token, say.
public struct AccountOperation<Outcome: Sendable>: Sendable {
    /// Which row of the catalogue it is a part of.
    public let row: AssistedOperation
    let body: @Sendable (AccountContext) throws(ErrandError) -> Outcome

    /// - Parameter body: does it, inside the transaction. May run again when the transaction has to be repeated.
    init(_ row: AssistedOperation, _ body: @escaping @Sendable (AccountContext) throws(ErrandError) -> Outcome) {
        self.row = row
        self.body = body
    }
}

/// What an ``AccountOperation`` works with: the open transaction, and one time stamp for all that it writes.
public struct AccountContext {
    public let transaction: any StoreTransaction
    public let now: Instant
    /// Where the request came from that asks for it.
    let origin: RequestOrigin
    private let makeID: @Sendable (Instant) -> UniqueID
    /// That many bytes from a cryptographically secure source.
    let randomBytes: @Sendable (Int) -> [UInt8]

    init(
        transaction: any StoreTransaction, now: Instant, origin: RequestOrigin,
        makeID: @escaping @Sendable (Instant) -> UniqueID, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.transaction = transaction
        self.now = now
        self.origin = origin
        self.makeID = makeID
        self.randomBytes = randomBytes
    }

    func newID<Entity>() -> ID<Entity> { ID(makeID(now)) }

    /// What records the events of such an act, once it is known whose account it is about.
    func events(of user: UserID, _ actor: Principal.Actor) -> CommandContext {
        CommandContext(
            transaction: transaction, principal: Principal(userID: user, actor: actor, scopes: [], via: origin.via),
            in: .own(of: user), now: now, correlation: origin.correlation, makeID: makeID, randomBytes: randomBytes
        )
    }
}

extension Operations {
    /// Runs a change of accounts in one transaction.
    ///
    /// - Parameter origin: where the request came from that asks for it.
    func perform<Outcome>(
        _ operation: AccountOperation<Outcome>, from origin: RequestOrigin = .unknown
    ) async throws(ErrandError) -> Outcome {
        let (now, environment) = (environment.now(), environment)
        return try await environment.store.write { (transaction) throws(ErrandError) in
            try operation.body(
                AccountContext(
                    transaction: transaction, now: now, origin: origin, makeID: environment.makeID,
                    randomBytes: environment.randomBytes
                )
            )
        }
    }

    /// Looks something up about accounts, on one consistent state of the data.
    func ask<Outcome>(_ operation: AccountOperation<Outcome>) async throws(ErrandError) -> Outcome {
        let (now, environment) = (environment.now(), environment)
        return try await environment.store.read { (transaction) throws(ErrandError) in
            try operation.body(
                AccountContext(
                    transaction: transaction, now: now, origin: .unknown, makeID: environment.makeID,
                    randomBytes: environment.randomBytes
                )
            )
        }
    }
}
