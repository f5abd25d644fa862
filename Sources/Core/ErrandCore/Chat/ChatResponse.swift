import CivilTime
import Interpreter
import TaskLanguage

/// What is answered to one message, by whoever is to answer it: the interpreter, or a model.
struct ChatResponse {
    let operations: Operations
    let model: (any LanguageModel)?
    let clock: any Clock<Duration>
    let taken: Chat.Taken
    let memory: ChatMemory
    let tell: ChatListener

    /// An answer, and what the conversation is about after it.
    typealias Made = (answer: ChatAnswer, memory: ChatMemory)

    func make() async throws(ErrandError) -> Made {
        let all = try await operations.ask(KnownTasks(), as: taken.caller.principal)
        var memory = memory
        if !memory.held.isEmpty {
            let phrases = ChatPhrases(all.settings.spokenLanguage)
            if let isAgreed = phrases.agrees(taken.message.text) {
                if isAgreed {
                    let agreement = ChatAgreement(caller: taken.caller, memory: memory, tell: tell)
                    return await told(await agreement.perform(in: taken.id))
                }
                memory.held = []
                let answer = ChatAnswer(
                    conversationID: taken.id, response: phrases.dropped, toolCalls: [], question: nil)
                return await told((answer, memory))
            }
            memory.held = []
        }
        return await understand(all, memory)
    }

    /// The interpreter comes first; what it leaves to a model comes back to it where the model fails.
    private func understand(_ all: KnownTasks.Answer, _ memory: ChatMemory) async -> Made {
        let zone = taken.message.zone ?? all.settings.zone
        let context = all.settings.language(at: all.now, in: zone)
        let known = all.tasks.map { KnownTask($0, for: all.settings) }
        let reply = Interpreter.interpret(taken.message.text, topic: memory.topic, tasks: known, in: context)
        var remark: ChatRemark?
        if let model, all.settings.allowsModel, ChatResponse.isForModel(reply, all.settings) {
            let talk = ModelTalk(
                model: model, message: taken.message.text, history: ModelHistory(taken.turns), context: context,
                settings: all.settings, tasks: all.tasks,
                named: NamedTasks(in: taken.message.text, among: known, in: context), topic: memory.topic,
                lastUndo: memory.undo.last ?? [], asksForUndo: reply.intent == .act([.undo]), caller: taken.caller
            )
            let asked = ModelReply(
                progress: await talk.run(clock, tell: tell), model: model, memory: memory,
                phrases: ChatPhrases(all.settings.spokenLanguage),
                titles: Dictionary(all.tasks.map { (Int($0.number), $0.title) }) { first, _ in first }
            )
            guard let failure = asked.failure else { return await asked.answer(in: taken.id, tell: tell) }
            remark = failure
        }
        let calls = ChatCalls(
            settings: all.settings, zone: zone, known: Dictionary(known.map { ($0.number, $0) }) { first, _ in first })
        var made = await follow(
            reply, ChatPerformance(calls: calls, caller: taken.caller, memory: memory, tell: tell))
        if let remark {
            let detail = ChatPhrases(all.settings.spokenLanguage).text(of: remark, isAnswered: true)
            made.answer.response += "\n\n\(detail)"
            made.answer.notice = ChatAnswer.Notice(code: remark.rawValue, detail: detail)
        }
        return await told(made)
    }

    /// Whether the interpreter is not the one to answer.
    private static func isForModel(_ reply: Reply, _ settings: UserSettings) -> Bool {
        if reply.isAnswer { return false }
        if !settings.interpreterFirst { return true }
        if case .decline = reply.intent { return true }
        return false
    }

    private func told(_ made: Made) async -> Made {
        if !made.answer.response.isEmpty { try? await tell(.delta(made.answer.response)) }
        return made
    }

    /// Does what the interpreter understood.
    private func follow(_ reply: Reply, _ performance: ChatPerformance) async -> Made {
        var question: JSONValue?
        switch reply.intent {
        case .act(let actions): return await performance.perform(actions, reply, in: taken.id)
        case .ask(let asked): question = ChatResponse.json(asked, performance.calls.known)
        case .tell, .decline: break
        }
        let answer = ChatAnswer(conversationID: taken.id, response: reply.text, toolCalls: [], question: question)
        return (answer, ChatMemory(topic: reply.topic, undo: performance.memory.undo))
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

extension UserSettings {
    /// What words mean where the user speaks from.
    fileprivate func language(at now: Instant, in zone: Zone) -> LanguageContext {
        var context = language(at: now)
        if zone == self.zone { return context }
        context.now = zone.localDateTime(at: now)
        context.today = context.now.date
        context.zone = zone
        return context
    }
}
