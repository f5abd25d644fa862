import CivilTime

/// Understands a message, calls tools for it, and says what was done: by itself, and with the help of a model where
/// there is one.
///
/// Messages of one conversation are taken one at a time: each is written down before anything is done for it, and one
/// that comes while another is being answered is refused.
public struct Chat: Sendable {
    private let operations: Operations
    private let model: (any LanguageModel)?
    private let clock: any Clock<Duration>
    /// After this long an unanswered message is one that nobody will answer any more.
    private var patience: Duration { model == nil ? .seconds(30) : Limits.modelTime + .seconds(30) }

    /// - Parameters:
    ///   - model: is asked what is not understood without it, unless the user wants otherwise.
    ///   - clock: by which the time of the model is counted.
    public init(
        operations: Operations, model: (any LanguageModel)? = nil, clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.operations = operations
        self.model = model
        self.clock = clock
    }

    /// A message that was written down; its conversation waits for the answer.
    public struct Taken: Sendable {
        let message: ChatMessage
        let id: ConversationID
        /// What was said before.
        let turns: [ConversationTurn]
        let caller: ToolContext
    }

    /// Answers a message.
    ///
    /// - Parameters:
    ///   - correlation: the request that it came with.
    ///   - onceKey: calls with the same key are done once.
    ///   - tell: is told what is said and done as it happens. Where it throws, the work of a model ends; what was done
    ///     is kept.
    /// - Throws: ``ErrandError/conflict(_:)`` with `conversationBusy` while another message of the
    ///   conversation is being answered; ``ErrandError/notFound(_:)`` for a conversation that is not the user's;
    ///   nothing was done then.
    public func answer(
        _ message: ChatMessage, as principal: Principal, for correlation: Correlation = .none, onceKey: String? = nil,
        tell: @escaping ChatListener = { (_) async throws(CancellationError) in }
    ) async throws(ErrandError) -> ChatAnswer {
        try await answer(try await take(message, as: principal, for: correlation, onceKey: onceKey), tell: tell)
    }

    /// Writes a message down, which ``answer(_:tell:)`` has to follow; with the parameters and errors of
    /// ``answer(_:as:for:onceKey:tell:)``.
    public func take(
        _ message: ChatMessage, as principal: Principal, for correlation: Correlation = .none, onceKey: String? = nil
    ) async throws(ErrandError) -> Taken {
        let access = try Access.of(principal, to: nil, for: .writeTasks)
        let said = try turn(.user, message.text, at: "/message")
        let (id, turns) = try await open(message.conversationID, said, of: access.member)
        let caller = ToolContext(
            operations: operations, principal: principal, correlation: correlation, onceKey: onceKey)
        return Taken(message: message, id: id, turns: turns, caller: caller)
    }

    /// Answers a message that was taken.
    public func answer(_ taken: Taken, tell: @escaping ChatListener) async throws(ErrandError) -> ChatAnswer {
        let memory = ChatMemory(taken.turns)
        let user = taken.caller.principal.userID
        do throws(ErrandError) {
            let (answer, next) = try await ChatResponse(
                operations: operations, model: model, clock: clock, taken: taken, memory: memory, tell: tell
            ).make()
            let turn = try ConversationTurn(
                .assistant, String(answer.response.prefix(Limits.answerLengthMax)),
                toolCalls: Chat.kept(answer.toolCalls) + [next.json], at: operations.environment.now()
            )
            try await append([turn], to: taken.id, of: user, opens: false)
            return answer
        } catch {
            // The conversation is free again for the next message.
            if let turn = try? ConversationTurn(
                .assistant, error.title, toolCalls: [memory.json], at: operations.environment.now())
            {
                _ = try? await append([turn], to: taken.id, of: user, opens: false)
            }
            throw error
        }
    }

    // MARK: The conversation

    private func turn(
        _ speaker: ConversationTurn.Speaker, _ text: String, at pointer: String
    ) throws(ErrandError) -> ConversationTurn {
        do {
            return try ConversationTurn(speaker, text, at: operations.environment.now())
        } catch .invalid(let problems) {
            throw .invalid(problems.map { FieldProblem(place: .body(pointer), code: $0.code, detail: $0.detail) })
        } catch {
            throw error
        }
    }

    /// Writes the message down, and takes the conversation for it.
    private func open(
        _ id: ConversationID?, _ said: ConversationTurn, of user: UserID
    ) async throws(ErrandError) -> (ConversationID, [ConversationTurn]) {
        guard let id else {
            let id = ConversationID(operations.environment.makeID(operations.environment.now()))
            try await append([said], to: id, of: user, opens: true)
            return (id, [])
        }
        let transcript = try await operations.conversations.transcript(id, of: user)
        if let last = transcript.turns.last, last.speaker == .user, last.at > said.at - patience {
            throw .conflict(.conversationBusy)
        }
        let after = try await append([said], to: id, of: user, opens: false)
        guard after.version == transcript.conversation.version + 1 else { throw .conflict(.conversationBusy) }
        return (id, transcript.turns)
    }

    @discardableResult
    private func append(
        _ turns: [ConversationTurn], to id: ConversationID, of user: UserID, opens: Bool
    ) async throws(ErrandError) -> Conversation {
        let key = AppendID(operations.environment.makeID(operations.environment.now()))
        return try await operations.conversations.append(
            try ConversationAppend(id: key, to: id, of: user, opens: opens, turns: turns))
    }

    /// Calls as the transcript keeps them: of those too long to keep, what became of them.
    private static func kept(_ calls: [JSONValue]) -> [JSONValue] {
        let room = Limits.toolCallBytesMax - 16_384
        guard JSONValue.array(calls).serialized().count > room else { return calls }
        return calls.prefix(50).map { call in
            guard var object = call.object else { return call }
            object["result"] = ["status": call["result"]?["status"] ?? .null, "undo": call["result"]?["undo"] ?? .null]
            if (call["arguments"] ?? .null).serialized().count > room / 64 { object["arguments"] = [:] }
            return .object(object)
        }
    }
}
