import CivilTime
import ErrandCore
import Synchronization
import TestSupport
import Testing

/// Ana's chat with a model that does what a test says. It is Thursday, 15 January 2026, 10:00.
final class ChatStage: Sendable {
    let stage: Stage
    let model: ScriptedModel
    let clock = StandingClock()
    let chat: Chat
    let told = Told()
    /// The conversation, once there is one.
    private let conversation = Mutex<ConversationID?>(nil)

    /// What was told as it happened.
    final class Told: Sendable {
        private let all = Mutex<[ChatProgress]>([])
        /// Told progress at which it throws.
        let isDeaf = Mutex(false)

        func hear(_ progress: ChatProgress) throws(CancellationError) {
            all.withLock { $0.append(progress) }
            if isDeaf.withLock({ $0 }) { throw CancellationError() }
        }

        func takeAll() -> [ChatProgress] {
            all.withLock { told in
                defer { told = [] }
                return told.filter { $0 != .waiting }
            }
        }
    }

    /// - Parameter asksFirst: whether the interpreter is asked before the model.
    static func with(
        _ steps: [ScriptedModel.Step] = [], repeats: Bool = false, asksFirst: Bool = false, zone: String = "UTC",
        _ use: (ChatStage) async throws -> Void
    ) async throws {
        try await Stage.with(zone: zone) { stage in
            let chat = ChatStage(stage, ScriptedModel(steps, repeats: repeats))
            if !asksFirst { try await chat.set(["interpreter_first": false]) }
            try await use(chat)
        }
    }

    private init(_ stage: Stage, _ model: ScriptedModel) {
        self.stage = stage
        self.model = model
        chat = Chat(operations: stage.operations, model: model, clock: clock)
    }

    func set(_ settings: JSONValue) async throws {
        _ = try await stage.operations.perform(UpdateProfile(try ProfileEdit(settings)), as: stage.principal())
    }

    /// Says something in the one conversation of the test.
    @discardableResult
    func say(_ text: String, zone: String? = nil) async throws -> ChatAnswer {
        var body: JSONObject = ["message": .string(text)]
        if let id = conversation.withLock({ $0 }) { body.append("conversation_id", .string(id.description)) }
        if let zone { body.append("time_zone", .string(zone)) }
        let told = told
        let answer = try await chat.answer(try ChatMessage(.object(body)), as: stage.principal()) {
            (progress) async throws(CancellationError) in try told.hear(progress)
        }
        conversation.withLock { $0 = answer.conversationID }
        return answer
    }

    /// Adds tasks; they get the numbers 1, 2, 3.
    func add(_ titles: String...) async throws {
        for title in titles {
            try await stage.call("tasks.create", ["title": .string(title)])
            stage.clock.advance(by: .seconds(1))
        }
    }

    /// Number, title, status, version of each task that is not in the trash.
    func tasks() async throws -> [String] {
        let all = try await stage.json("tasks.list", ["sort": "created_at", "order": "asc"])
        return (all["items"]?.array ?? []).map { task in
            "\(task["number"]?.integer ?? 0) \(task["title"]?.string ?? "") \(task["status"]?.string ?? "")"
        }
    }

    func task(_ number: Int) async throws -> JSONValue {
        try await stage.json("tasks.read", ["task_id": JSONValue(number)])
    }

    /// The turns of the conversation.
    func turns() async throws -> [ConversationTurn] {
        let id = try #require(conversation.withLock { $0 })
        return try await StoreConversations(environment: stage.operations.environment)
            .transcript(id, of: stage.ana.id).turns
    }

    /// What the model was told last of a call.
    var lastResult: String {
        guard case .result(let result)? = model.prompts.last?.messages.last else { return "" }
        return result.text
    }
}

extension ChatAnswer {
    var tools: [String] { toolCalls.compactMap { $0["tool"]?.string } }
}
