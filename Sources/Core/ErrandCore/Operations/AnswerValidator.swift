import CivilTime

/// What tells one state of an answer from every other before the answer is made: a validator (RFC 9110 §8.8). Two
/// answers to one query under one validator say the same.
///
/// As text `41.2k9f0c`; 0 comes first where no changes are counted.
public struct AnswerValidator: Hashable, Sendable, CustomStringConvertible {
    /// Letters, digits and a full stop.
    public let description: String

    /// - Parameter parts: all that the answer depends on.
    init(_ parts: [String]) { description = "0.\(ListCursor.fingerprint(of: parts))" }

    /// - Parameter parts: what else the answer depends on than ``SpaceState``: what is asked, and what "today" is.
    init(_ state: SpaceState, _ parts: [String]) {
        var all = [state.event?.description ?? ""]
        if let zones = state.zones {
            all += [zones.edition, zones.user?.description ?? "", "\(zones.number)", "\(zones.isDone)"]
        }
        // The number stands by itself: a hash could be the same by chance from one change to the next.
        description = "\(state.change).\(ListCursor.fingerprint(of: all + parts))"
    }
}

/// What became of a question whose answer the caller may have already.
public enum ConditionalAnswer<Answer: Sendable>: Sendable {
    /// The caller has it. Nothing was read but what the validator takes.
    case unchanged(AnswerValidator)
    /// Nil for what has no validator.
    case answer(Answer, AnswerValidator?)
}

/// A moment at which no answer changes that has a validator: nothing is committed meanwhile, and it is one minute,
/// since days begin with a minute in every time zone.
public struct AnswerMoment: Hashable, Sendable {
    let commits: Int
    let minute: Int64

    package init(commits: Int, minute: Int64) {
        self.commits = commits
        self.minute = minute
    }
}

extension Operations {
    /// Now; nil where only the database knows what was committed, because other processes write too.
    public var moment: AnswerMoment? {
        environment.store.commits.map {
            AnswerMoment(commits: $0, minute: environment.now().seconds / 60)
        }
    }

    /// Whether the principal may ask, found out without the database.
    ///
    /// - Throws: ``ErrandError/insufficientScope(_:)``.
    public func authorize<Q: Query>(_ query: Q, as principal: Principal) throws(ErrandError) {
        _ = try Access.of(principal, to: nil, for: query.requiredScope)
    }

    /// Asks, unless the caller has the answer already.
    ///
    /// - Parameters:
    ///   - space: where to look; nil for the principal's own space.
    ///   - begun: is told when the database begins with the question; all that was committed before is in the answer.
    ///   - isKnown: whether the caller has the answer that bears this validator. Not asked where there is none.
    public func ask<Q: Query>(
        _ query: Q, as principal: Principal, in space: SpaceID? = nil,
        begun: @escaping @Sendable (AnswerMoment?) -> Void = { _ in },
        unless isKnown: @escaping @Sendable (AnswerValidator) -> Bool
    ) async throws(ErrandError) -> ConditionalAnswer<Q.Answer> {
        let access = try Access.of(principal, to: space, for: query.requiredScope)
        return try await environment.store.read { (transaction) throws(ErrandError) in
            begun(moment)
            // Now and not before it waited: the answer may be for others too, who came meanwhile.
            let now = environment.now()
            let context = QueryContext(transaction: transaction, principal: principal, in: access, now: now)
            // Before the answer: what is committed meanwhile may be in the answer, and must not be in the validator.
            let validator = try query.validator(in: context)
            if let validator, isKnown(validator) { return .unchanged(validator) }
            return .answer(try query.answer(in: context), validator)
        }
    }
}
