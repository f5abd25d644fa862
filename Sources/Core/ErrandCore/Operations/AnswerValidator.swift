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

extension Operations {
    /// Asks, unless the caller has the answer already.
    ///
    /// - Parameters:
    ///   - space: where to look; nil for the principal's own space.
    ///   - isKnown: whether the caller has the answer that bears this validator.
    public func ask<Q: Query>(
        _ query: Q, as principal: Principal, in space: SpaceID? = nil,
        unless isKnown: @escaping @Sendable (AnswerValidator) -> Bool
    ) async throws(ErrandError) -> ConditionalAnswer<Q.Answer> {
        let access = try Access.of(principal, to: space, for: query.requiredScope)
        let now = environment.now()
        return try await environment.store.read { (transaction) throws(ErrandError) in
            let context = QueryContext(transaction: transaction, principal: principal, in: access, now: now)
            // Before the answer: what is committed meanwhile may be in the answer, and must not be in the validator.
            let validator = try query.validator(in: context)
            if let validator, isKnown(validator) { return .unchanged(validator) }
            return .answer(try query.answer(in: context), validator)
        }
    }
}
