/// Why an answer that has begun gives no step.
package enum AnswerFault: Error, Hashable, Sendable {
    /// The server says so in its answer.
    case refused(ServerRefusal)
    /// It ended before the model did.
    case brokenOff
    /// It is none of such a server.
    case notUnderstood
    /// It is longer than we read.
    case tooLarge
}
