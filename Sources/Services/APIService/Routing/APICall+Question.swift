import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// Questions. What is true is found once for all who ask it.
extension APICall {
    /// Asks; where the client shows that it has the answer, it is told so instead (RFC 9110 §13.1.2).
    func ask<Q: Query>(_ query: Q, _ reply: @escaping @Sendable (Q.Answer) -> Reply) async throws -> Response {
        guard request.method.isSafe else {
            // Nothing is written, so there is nothing to do once; a key that is none is an error all the same.
            _ = try onceKey()
            return reply(try await ask(query)).response()
        }
        // Before anything that is there already is given.
        try services.operations.authorize(query, as: try principal)
        guard let question else { return try await find(query, reply, since: nil, by: AnswerLookup()).response }
        let recent = services.recentAnswers.find(question)
        let moment = services.operations.moment
        if let recent, let vouched = recent.moment, vouched == moment { return recent.response(to: known) }
        guard query.isSameForEveryCredential else {
            return try await find(query, reply, since: recent, by: AnswerLookup()).response
        }
        let shared = services.sharedAnswers
        switch await shared.seat(question, at: moment) {
        case .answer(let answer): return answer.response(to: known)
        case .lookup(let lookup):
            do {
                let found = try await find(query, reply, since: recent, by: lookup)
                shared.end(lookup, of: question, with: found.forAll)
                return found.response
            } catch {
                shared.end(lookup, of: question, with: nil)
                throw error
            }
        }
    }

    /// What the client shows that it has.
    private var known: String? { request.headers[.ifNoneMatch] }

    /// Asks the database, and keeps the answer.
    ///
    /// - Parameter recent: what was answered last.
    /// - Returns: what this client is told, and what everybody may be told who asks the same.
    private func find<Q: Query>(
        _ query: Q, _ reply: @escaping @Sendable (Q.Answer) -> Reply, since recent: ReadyAnswer?,
        by lookup: AnswerLookup
    ) async throws -> (response: Response, forAll: ReadyAnswer?) {
        let (known, edition, recentTag) = (known, services.edition, recent?.tag)
        let answer = try await services.operations.ask(query, as: try principal) { moment in
            lookup.begin(at: moment)
        } unless: { validator in
            lookup.proveLasting()
            let tag = EntityTag.text(validator, edition)
            return tag == recentTag || EntityTag.matches(known, tag)
        }
        switch answer {
        case .unchanged(let validator):
            let tag = EntityTag.text(validator, edition)
            guard let question, let recent, tag == recent.tag else { return (Reply.unchanged(tag), nil) }
            services.recentAnswers.confirm(recent, at: lookup.moment, to: question)
            return (recent.response(to: known), recent)
        case .answer(let outcome, let validator):
            let tag = validator.map { EntityTag.text($0, edition) }
            let answer = tag.map { reply(outcome).marked($0) } ?? reply(outcome)
            var response = answer.response()
            guard let question else { return (response, nil) }
            if question.isPacked { try await response.pack(for: request) }
            let ready = ReadyAnswer(tag: tag, response: response, moment: lookup.moment)
            services.recentAnswers.keep(ready, to: question)
            return (response, ready.isWhole ? ready : nil)
        }
    }
}
