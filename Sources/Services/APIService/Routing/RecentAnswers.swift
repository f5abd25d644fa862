package import ErrandCore
package import Hummingbird
import Synchronization

/// Answers that were given lately, to be given again for as long as they are true.
///
/// Whether one still is, the database says: its validator is looked up before, as for a client that shows an entity tag
/// (``Operations/ask(_:as:in:unless:)``), also where several processes write. Where this one alone writes and nothing
/// was written since, not even that is needed (``AnswerMoment``). Saved is what it takes to find the rows, write them
/// and pack them, for windows that open the same list and for programs that know no entity tags.
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

    /// An answer whose body is there already.
    package struct Kept: Sendable {
        /// Its entity tag.
        package let tag: String
        package let response: Response
        /// When it was known to be true; nil where moments cannot be told apart.
        package var moment: AnswerMoment?

        /// The answer, or that the client has it.
        ///
        /// - Parameter known: the client's `If-None-Match`.
        func response(to known: String?) -> Response {
            EntityTag.matches(known, tag) ? Reply.unchanged(tag) : response
        }
    }

    private struct Generations {
        var young: [Question: Kept] = [:]
        var old: [Question: Kept] = [:]
        var youngBytes = 0
        var oldBytes = 0
    }

    private let generations = Mutex(Generations())

    package init() {}

    /// The answer to a question that was given last.
    package func find(_ question: Question) -> Kept? {
        generations.withLock { generations in
            if let found = generations.young[question] { return found }
            guard let found = generations.old.removeValue(forKey: question) else { return nil }
            generations.oldBytes -= RecentAnswers.size(of: found, question)
            RecentAnswers.keep(found, to: question, in: &generations)
            return found
        }
    }

    /// Keeps an answer, unless it is too long or a stream.
    ///
    /// - Parameters:
    ///   - tag: its entity tag.
    ///   - moment: before it was found.
    package func keep(
        _ answer: Response, tagged tag: String, at moment: AnswerMoment? = nil, to question: Question
    ) {
        guard answer.status == .ok, let length = answer.body.contentLength, length <= RecentAnswers.answerBytesMax
        else { return }
        let kept = Kept(tag: tag, response: answer, moment: moment)
        generations.withLock { RecentAnswers.keep(kept, to: question, in: &$0) }
    }

    /// Notes that an answer was found to be true.
    ///
    /// - Parameter moment: before that was looked up.
    func confirm(_ answer: Kept, at moment: AnswerMoment?, to question: Question) {
        if moment == answer.moment { return }
        var kept = answer
        kept.moment = moment
        generations.withLock { RecentAnswers.keep(kept, to: question, in: &$0) }
    }

    /// What is kept, about.
    package var bytes: Int { generations.withLock { $0.youngBytes + $0.oldBytes } }

    private static func keep(_ answer: Kept, to question: Question, in generations: inout Generations) {
        let before = generations.young.updateValue(answer, forKey: question)
        generations.youngBytes += size(of: answer, question) - (before.map { size(of: $0, question) } ?? 0)
        guard generations.youngBytes > bytesMax else { return }
        generations = Generations(old: generations.young, oldBytes: generations.youngBytes)
    }

    /// About: the body, the question and 1 KiB for the rest.
    private static func size(of answer: Kept, _ question: Question) -> Int {
        (answer.response.body.contentLength ?? 0) + question.target.utf8.count + 1024
    }
}
