package import ErrandCore
package import Hummingbird

/// An answer whose body is there already.
package struct ReadyAnswer: Sendable {
    /// Its entity tag; nil for an answer that may change without a sign, which is not kept.
    package let tag: String?
    package let response: Response
    /// When it was known to be true; nil where moments cannot be told apart.
    package var moment: AnswerMoment?

    package init(tag: String?, response: Response, moment: AnswerMoment?) {
        self.tag = tag
        self.response = response
        self.moment = moment
    }

    /// Whether it is a success of known length, so that it can be given more than once: no stream.
    var isWhole: Bool { response.status == .ok && response.body.contentLength != nil }

    /// The answer, or that the client has it.
    ///
    /// - Parameter known: the client's `If-None-Match`.
    func response(to known: String?) -> Response {
        guard let tag, EntityTag.matches(known, tag) else { return response }
        return Reply.unchanged(tag)
    }
}
