import CivilTime
import Interpreter
import TaskLanguage

/// Chat without a model: understands a message, calls tools for it, and says what was done.
///
/// Messages of one conversation are taken one at a time: each is written down before anything is done for it, and one
/// that comes while another is being answered is refused.
public struct Chat: Sendable {
    private let operations: Operations
    /// After this long an unanswered message is one that nobody will answer any more.
    private static let patience = Duration.seconds(30)

    public init(operations: Operations) {
        self.operations = operations
    }

    /// Answers a message.
    ///
    /// - Parameters:
    ///   - correlation: the request that it came with.
    ///   - onceKey: calls with the same key are done once.
    /// - Throws: ``ErrandError/conflict(_:)`` with `conversationBusy` while another message of the
    ///   conversation is being answered; ``ErrandError/notFound(_:)`` for a conversation that is not the user's;
    ///   nothing was done then.
    public func answer(
        _ message: ChatMessage, as principal: Principal, for correlation: Correlation = .none, onceKey: String? = nil
    ) async throws(ErrandError) -> ChatAnswer {
        let access = try Access.of(principal, to: nil, for: .writeTasks)
        let said = try turn(.user, message.text, at: "/message")
        let (id, memory) = try await open(message.conversationID, said, of: access.member)
        let caller = ToolContext(
            operations: operations, principal: principal, correlation: correlation, onceKey: onceKey)
        do throws(ErrandError) {
            let (answer, next) = try await respond(to: message, memory, in: id, caller)
            let turn = try ConversationTurn(
                .assistant, String(answer.response.prefix(Limits.answerLengthMax)),
                toolCalls: Chat.kept(answer.toolCalls) + [next.json], at: operations.environment.now()
            )
            try await append([turn], to: id, of: access.member, opens: false)
            return answer
        } catch {
            // The conversation is free again for the next message.
            if let turn = try? ConversationTurn(
                .assistant, error.title, toolCalls: [memory.json], at: operations.environment.now())
            {
                _ = try? await append([turn], to: id, of: access.member, opens: false)
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
    ) async throws(ErrandError) -> (ConversationID, ChatMemory) {
        guard let id else {
            let id = ConversationID(operations.environment.makeID(operations.environment.now()))
            try await append([said], to: id, of: user, opens: true)
            return (id, .empty)
        }
        let transcript = try await operations.conversations.transcript(id, of: user)
        if let last = transcript.turns.last, last.speaker == .user, last.at > said.at - Chat.patience {
            throw .conflict(.conversationBusy)
        }
        let after = try await append([said], to: id, of: user, opens: false)
        guard after.version == transcript.conversation.version + 1 else { throw .conflict(.conversationBusy) }
        return (id, ChatMemory(transcript.turns))
    }

    @discardableResult
    private func append(
        _ turns: [ConversationTurn], to id: ConversationID, of user: UserID, opens: Bool
    ) async throws(ErrandError) -> Conversation {
        let key = AppendID(operations.environment.makeID(operations.environment.now()))
        return try await operations.conversations.append(
            try ConversationAppend(id: key, to: id, of: user, opens: opens, turns: turns))
    }

    /// Calls as the transcript keeps them: of results too long to keep, what became of them.
    private static func kept(_ calls: [JSONValue]) -> [JSONValue] {
        let room = Limits.toolCallBytesMax - 16_384
        guard JSONValue.array(calls).serialized().count > room else { return calls }
        return calls.prefix(50).map { call in
            guard var object = call.object else { return call }
            object["result"] = ["status": call["result"]?["status"] ?? .null, "undo": call["result"]?["undo"] ?? .null]
            return .object(object)
        }
    }

    // MARK: The answer

    private func respond(
        to message: ChatMessage, _ memory: ChatMemory, in id: ConversationID, _ caller: ToolContext
    ) async throws(ErrandError) -> (ChatAnswer, ChatMemory) {
        let all = try await operations.ask(KnownTasks(), as: caller.principal)
        var context = all.settings.language(at: all.now)
        let zone = message.zone ?? all.settings.zone
        if zone != all.settings.zone {
            context.now = zone.localDateTime(at: all.now)
            context.today = context.now.date
            context.zone = zone
        }
        let known = all.tasks.map { KnownTask($0, for: all.settings) }
        let reply = Interpreter.interpret(message.text, topic: memory.topic, tasks: known, in: context)
        switch reply.intent {
        case .act(let actions):
            let calls = ChatCalls(
                settings: all.settings, zone: zone,
                known: Dictionary(known.map { ($0.number, $0) }) { first, _ in first })
            return try await ChatPerformance(calls: calls, caller: caller, memory: memory).perform(
                actions, reply, in: id)
        case .ask(let question):
            let answer = ChatAnswer(
                conversationID: id, response: reply.text, toolCalls: [],
                question: Chat.json(question, Dictionary(known.map { ($0.number, $0) }) { first, _ in first })
            )
            return (answer, ChatMemory(topic: reply.topic, undo: memory.undo))
        case .tell, .decline:
            let answer = ChatAnswer(conversationID: id, response: reply.text, toolCalls: [], question: nil)
            return (answer, ChatMemory(topic: reply.topic, undo: memory.undo))
        }
    }

    private static func json(_ question: Intent.Question, _ known: [Int: KnownTask]) -> JSONValue {
        [
            "kind": .string(question.kind.rawValue),
            "tasks": .array(
                question.tasks.map { number in
                    ["task_id": JSONValue(number), "title": JSONValue(text: known[number]?.title)]
                }
            ),
        ]
    }
}
