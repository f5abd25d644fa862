import Interpreter

/// What has come of asking a model, however far it came.
struct ModelProgress: Sendable {
    /// What the model said, as it was told.
    var text = ""
    /// `{tool, tool_name, arguments, result}` of every call that was made.
    var toolCalls: [JSONValue] = []
    /// What tools say of changes, and of what was found.
    var (done, found): ([String], [String]) = ([], [])
    var undo: [String] = []
    /// Whether the last change of the conversation was taken back.
    var isTakenBack = false
    /// Numbers of tasks that were changed, and those that were listed last.
    var changed: [Int] = []
    var listed: [Int]?
    /// Calls that the user is asked about.
    var held: [HeldCall] = []
    var usage = ModelUsage()
    var end = End.said

    enum End: Hashable, Sendable {
        /// The model has said all.
        case said
        /// The user is to answer first.
        case asked
        case failed(ChatRemark)
        /// Nobody waits for the answer.
        case left
    }

    /// Whether nothing was told or done, so that somebody else may answer.
    var isNothing: Bool { text.isEmpty && toolCalls.isEmpty && held.isEmpty }
}

/// A call that waits for the user to agree.
struct HeldCall: Hashable, Sendable {
    let tool: String
    let arguments: JSONObject
}

extension ChatRemark {
    init(_ failure: ModelFailure) {
        self =
            switch failure {
            case .notAllowed: .notAllowed
            case .notFound: .notFound
            case .overused: .overused
            case .promptTooLong: .promptTooLong
            case .filtered: .filtered
            case .unavailable, .cancelled: .unavailable
            case .notUnderstood: .notUnderstood
            }
    }
}
