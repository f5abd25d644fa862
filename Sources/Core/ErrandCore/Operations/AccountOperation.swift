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
    /// The request that asks for it.
    public let correlation: Correlation
    private let makeID: @Sendable (Instant) -> UniqueID

    init(
        transaction: any StoreTransaction, now: Instant, correlation: Correlation,
        makeID: @escaping @Sendable (Instant) -> UniqueID
    ) {
        self.transaction = transaction
        self.now = now
        self.correlation = correlation
        self.makeID = makeID
    }

    func newID<Entity>() -> ID<Entity> { ID(makeID(now)) }
}

extension Operations {
    /// Runs a change of accounts in one transaction.
    ///
    /// - Parameter correlation: the request that asks for it.
    func perform<Outcome>(
        _ operation: AccountOperation<Outcome>, for correlation: Correlation = .none
    ) async throws(ErrandError) -> Outcome {
        let (now, makeID) = (environment.now(), environment.makeID)
        return try await environment.store.write { (transaction) throws(ErrandError) in
            try operation.body(
                AccountContext(transaction: transaction, now: now, correlation: correlation, makeID: makeID)
            )
        }
    }

    /// Looks something up about accounts, on one consistent state of the data.
    func ask<Outcome>(_ operation: AccountOperation<Outcome>) async throws(ErrandError) -> Outcome {
        let (now, makeID) = (environment.now(), environment.makeID)
        return try await environment.store.read { (transaction) throws(ErrandError) in
            try operation.body(AccountContext(transaction: transaction, now: now, correlation: .none, makeID: makeID))
        }
    }
}
