package import ErrandCore
import Hummingbird
import Synchronization

/// Answers that were given lately, to be given again for as long as they are true.
///
/// Whether one still is, the database says: its validator is looked up before, as for a client that shows an entity tag
/// (``Operations/ask(_:as:in:begun:unless:)``), also where several processes write. Where this one alone writes and
/// nothing was written since, not even that is needed (``AnswerMoment``). Saved is what it takes to find the rows,
/// write them and pack them, for windows that open the same list and for programs that know no entity tags.
///
/// Two generations: what nobody has asked for while ``bytesMax`` of others came in is forgotten.
package final class RecentAnswers: Sendable {
    /// One question of one person.
    package struct Question: Hashable, Sendable {
        let member: UserID
        /// Path and query, as they were sent.
        let target: String
        /// Whether the answer is wanted with gzip.
        let isPacked: Bool

        package init(member: UserID, target: String, isPacked: Bool) {
            self.member = member
            self.target = target
            self.isPacked = isPacked
        }
    }

    /// All answers of one generation, of which there are two.
    package static let bytesMax = 4 << 20
    /// A longer answer is not kept.
    package static let answerBytesMax = 128 << 10

    private struct Generations {
        var young: [Question: ReadyAnswer] = [:]
        var old: [Question: ReadyAnswer] = [:]
        var youngBytes = 0
        var oldBytes = 0
    }

    private let generations = Mutex(Generations())

    package init() {}

    /// The answer to a question that was given last.
    package func find(_ question: Question) -> ReadyAnswer? {
        generations.withLock { generations in
            if let found = generations.young[question] { return found }
            guard let found = generations.old.removeValue(forKey: question) else { return nil }
            generations.oldBytes -= RecentAnswers.size(of: found, question)
            RecentAnswers.keep(found, to: question, in: &generations)
            return found
        }
    }

    /// Keeps an answer, unless it has no entity tag, is too long, or a stream.
    package func keep(_ answer: ReadyAnswer, to question: Question) {
        guard answer.tag != nil, answer.isWhole,
            (answer.response.body.contentLength ?? 0) <= RecentAnswers.answerBytesMax
        else { return }
        generations.withLock { RecentAnswers.keep(answer, to: question, in: &$0) }
    }

    /// Notes that an answer was found to be true.
    ///
    /// - Parameter moment: when that was looked up.
    func confirm(_ answer: ReadyAnswer, at moment: AnswerMoment?, to question: Question) {
        if moment == answer.moment { return }
        var kept = answer
        kept.moment = moment
        generations.withLock { RecentAnswers.keep(kept, to: question, in: &$0) }
    }

    /// What is kept, about.
    package var bytes: Int { generations.withLock { $0.youngBytes + $0.oldBytes } }

    private static func keep(_ answer: ReadyAnswer, to question: Question, in generations: inout Generations) {
        let before = generations.young.updateValue(answer, forKey: question)
        generations.youngBytes += size(of: answer, question) - (before.map { size(of: $0, question) } ?? 0)
        guard generations.youngBytes > bytesMax else { return }
        generations = Generations(old: generations.young, oldBytes: generations.youngBytes)
    }

    /// About: the body, the question and 1 KiB for the rest.
    private static func size(of answer: ReadyAnswer, _ question: Question) -> Int {
        (answer.response.body.contentLength ?? 0) + question.target.utf8.count + 1024
    }
}
