public import CivilTime

/// Something a user can change: one value, one transaction.
public protocol Command<Outcome>: Sendable {
    associatedtype Outcome: Sendable

    /// The right it takes.
    var requiredScope: Scope { get }

    /// Whether it changes one task or two, at once: then others may share its transaction, who wait for it.
    var isShort: Bool { get }

    /// Does it, inside the transaction. May run again when the transaction has to be repeated.
    func execute(in context: CommandContext) throws(ErrandError) -> Outcome
}

extension Command {
    public var isShort: Bool { false }
}

/// Something a user can ask: one value, one consistent state of the data.
public protocol Query<Answer>: Sendable {
    associatedtype Answer: Sendable

    var requiredScope: Scope { get }

    func answer(in context: QueryContext) throws(ErrandError) -> Answer

    /// What tells the answer at this moment from every other, found out without making it; nil for an answer that may
    /// change without a sign.
    func validator(in context: QueryContext) throws(ErrandError) -> AnswerValidator?

    /// Whether all credentials of one person that may ask are told the same.
    var isSameForEveryCredential: Bool { get }
}

extension Query {
    public var isSameForEveryCredential: Bool { false }

    public func validator(in context: QueryContext) throws(ErrandError) -> AnswerValidator? { nil }
}

/// What a query may look at.
public struct QueryContext {
    public let transaction: any StoreTransaction
    public let principal: Principal
    /// What the query looks at.
    public let space: SpaceID
    public let now: Instant

    init(transaction: any StoreTransaction, principal: Principal, in access: Access, now: Instant) {
        self.transaction = transaction
        self.principal = principal
        space = access.space
        self.now = now
    }

    /// Who asks.
    var member: UserID { principal.userID }

    /// The validator of an answer that follows from what is in the space and from `parts`; see ``SpaceState``.
    func validator(_ parts: [String] = []) throws(ErrandError) -> AnswerValidator? {
        // Of one space alone: one browser may have had another person's answer to the same question.
        try transaction.tasks.state(in: space).map { AnswerValidator($0, [space.description] + parts) }
    }

    /// The user's settings.
    ///
    /// - Throws: ``ErrandError/unauthenticated`` when the account is gone.
    func user() throws(ErrandError) -> User {
        guard let user = try transaction.accounts.find(member) else { throw .unauthenticated }
        return user
    }

    /// The task, unless it is in the trash, or there is none, or it is of another space.
    func task(_ reference: TaskReference) throws(ErrandError) -> TodoTask {
        guard let task = try transaction.tasks.find(reference, in: space), !task.isInTrash else {
            throw .notFound(.task)
        }
        return task
    }
}
