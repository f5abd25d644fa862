public import CivilTime

/// Something a user can change: one value, one transaction.
public protocol Command<Outcome>: Sendable {
    associatedtype Outcome: Sendable

    /// The right it takes.
    var requiredScope: Scope { get }

    /// Does it, inside the transaction. May run again when the transaction has to be repeated.
    func execute(in context: CommandContext) throws(ErrandError) -> Outcome
}

/// Something a user can ask: one value, one consistent state of the data.
public protocol Query<Answer>: Sendable {
    associatedtype Answer: Sendable

    var requiredScope: Scope { get }

    func answer(in context: QueryContext) throws(ErrandError) -> Answer
}

/// What a query may look at.
public struct QueryContext {
    public let transaction: any StoreTransaction
    public let principal: Principal
    public let now: Instant

    var owner: UserID { principal.userID }

    /// The user's settings.
    ///
    /// - Throws: ``ErrandError/unauthenticated`` when the account is gone.
    func user() throws(ErrandError) -> User {
        guard let user = try transaction.accounts.find(owner) else { throw .unauthenticated }
        return user
    }

    /// The task, unless it is in the trash, or there is none, or it is somebody else's.
    func task(_ reference: TaskReference) throws(ErrandError) -> TodoTask {
        guard let task = try transaction.tasks.find(reference, of: owner), !task.isInTrash else {
            throw .notFound(.task)
        }
        return task
    }
}
