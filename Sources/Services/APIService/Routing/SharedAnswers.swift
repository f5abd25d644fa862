package import ErrandCore
import Synchronization

/// Answers that are on their way, for all who ask the same meanwhile (request coalescing).
///
/// Many windows ask for one list at the moment they are told that it has changed, and while the database is busy they
/// queue. As long as it has not begun with a question, or has and nothing was written since, whoever asks the same
/// waits for that one answer: it is no older than one that is found for them alone.
package final class SharedAnswers: Sendable {
    /// What somebody who asks does.
    package enum Seat: Sendable {
        /// Takes this answer. Whoever takes it has shown the right to ask.
        case answer(ReadyAnswer)
        /// Looks it up, and then ends the lookup, whatever came of it.
        case lookup(AnswerLookup)
    }

    private let lookups = Mutex<[RecentAnswers.Question: AnswerLookup]>([:])

    package init() {}

    /// Waits for the answer where one is on its way that may be taken, and else says to look it up.
    ///
    /// - Parameter moment: when it is asked; nil where moments cannot be told apart.
    package func seat(_ question: RecentAnswers.Question, at moment: AnswerMoment?) async -> Seat {
        let (lookup, isJoined) = lookups.withLock { lookups in
            if let lookup = lookups[question], lookup.takes(at: moment) { return (lookup, true) }
            let lookup = AnswerLookup()
            lookups[question] = lookup
            return (lookup, false)
        }
        guard isJoined else { return .lookup(lookup) }
        let answer = await withCheckedContinuation { lookup.join($0, at: moment) }
        // Where another's came to nothing, each finds its own: why it did may have been that caller's own affair.
        return answer.map { .answer($0) } ?? .lookup(AnswerLookup())
    }

    /// Gives the answer to all who wait for it.
    ///
    /// - Parameter answer: nil when there is none that others may have.
    package func end(_ lookup: AnswerLookup, of question: RecentAnswers.Question, with answer: ReadyAnswer?) {
        lookups.withLock { lookups in
            if lookups[question] === lookup { lookups[question] = nil }
        }
        lookup.end(with: answer)
    }

    /// Questions that are being answered.
    package var count: Int { lookups.withLock { $0.count } }
}

/// The finding of one answer, and who waits for it.
package final class AnswerLookup: Sendable {
    private enum Stage {
        /// The database has not begun.
        case waiting
        /// It has, at this moment.
        case begun(AnswerMoment?)
        /// It has, and the answer is the same until anything changes.
        case lasting(AnswerMoment?)
        case ended
    }

    private struct State {
        var stage = Stage.waiting
        var joined: [CheckedContinuation<ReadyAnswer?, Never>] = []

        func takes(at moment: AnswerMoment?) -> Bool {
            switch stage {
            case .waiting: true
            case .lasting(let begun): begun != nil && begun == moment
            case .begun, .ended: false
            }
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// The database begins; what was committed before `moment` it finds.
    package func begin(at moment: AnswerMoment?) { state.withLock { $0.stage = .begun(moment) } }

    /// The answer proves to be one with a validator.
    package func proveLasting() {
        state.withLock { state in
            if case .begun(let moment) = state.stage { state.stage = .lasting(moment) }
        }
    }

    /// When the database began; nil before, and where moments cannot be told apart.
    package var moment: AnswerMoment? {
        state.withLock { state in
            switch state.stage {
            case .begun(let moment), .lasting(let moment): moment
            case .waiting, .ended: nil
            }
        }
    }

    /// Those who wait for the answer, beside who looks it up.
    package var waiting: Int { state.withLock { $0.joined.count } }

    /// Whether the answer will be one for somebody who asks at `moment`.
    package func takes(at moment: AnswerMoment?) -> Bool { state.withLock { $0.takes(at: moment) } }

    /// Waits; for nothing where it has become too late.
    fileprivate func join(_ caller: CheckedContinuation<ReadyAnswer?, Never>, at moment: AnswerMoment?) {
        let isJoined = state.withLock { state in
            guard state.takes(at: moment) else { return false }
            state.joined.append(caller)
            return true
        }
        if !isJoined { caller.resume(returning: nil) }
    }

    fileprivate func end(with answer: ReadyAnswer?) {
        let joined = state.withLock { state in
            defer { state.joined = [] }
            state.stage = .ended
            return state.joined
        }
        for caller in joined { caller.resume(returning: answer) }
    }
}
