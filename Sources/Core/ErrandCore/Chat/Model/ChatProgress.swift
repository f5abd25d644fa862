/// What a chat tells while it answers.
public enum ChatProgress: Hashable, Sendable {
    /// A piece of the answer, to be added to those before; all of them make ``ChatAnswer/response``.
    case delta(String)
    /// A call with its result, as in ``ChatAnswer/toolCalls``.
    case tool(JSONValue)
    /// Nothing new: a sign of life, every ``Limits/chatBeat`` while a model is asked.
    case waiting
}

/// Is told of progress, perhaps by several tasks at once; throws when nobody listens any more, which ends the work of a
/// model.
public typealias ChatListener = @Sendable (_ progress: ChatProgress) async throws(CancellationError) -> Void
