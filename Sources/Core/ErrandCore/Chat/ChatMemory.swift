import CivilTime
import Interpreter

/// What a conversation is about and how its changes are taken back, kept with its last answer: so any process can take
/// the next turn.
struct ChatMemory: Sendable {
    var topic: ChatTopic
    /// The undo tokens of each change, the last change last.
    var undo: [[String]]
    /// What is done once the user agrees, as it was asked for.
    var held: [HeldCall] = []
    /// The model that made the answer, and what it took.
    var model: (name: String, usage: ModelUsage)?

    static let empty = ChatMemory(topic: ChatTopic(), undo: [])
    private static let changesMax = 10
    private static let numbersMax = 200

    init(topic: ChatTopic, undo: [[String]]) {
        self.topic = topic
        self.undo = undo.suffix(ChatMemory.changesMax)
        self.topic.changes = self.undo.count
    }

    /// What the last answer among these left.
    init(_ turns: [ConversationTurn]) {
        let kept = turns.last { $0.speaker == .assistant }?.toolCalls.lazy.compactMap(\.chatMemory).first
        self = kept.flatMap { ChatMemory($0) } ?? .empty
    }

    private init?(_ json: JSONValue) {
        func numbers(_ name: String) -> [Int] { json[name]?.array?.compactMap { $0.integer.map(Int.init) } ?? [] }
        var topic = ChatTopic(listed: numbers("listed"), named: numbers("named"))
        topic.lastVerb = json["last_verb"]?.string
        topic.lastSentence = json["last_sentence"]?.string
        if let asked = json["question"],
            let kind = asked["kind"]?.string.flatMap({ ChatTopic.Question.Kind(rawValue: $0) }),
            let sentence = asked["sentence"]?.string, let at = asked["asked_at"]?.string.flatMap({ LocalDateTime($0) })
        {
            let tasks = asked["tasks"]?.array?.compactMap { $0.integer.map(Int.init) } ?? []
            topic.question = ChatTopic.Question(kind: kind, sentence: sentence, tasks: tasks, askedAt: at)
        }
        let undo = json["undo"]?.array?.map { $0.array?.compactMap(\.string) ?? [] } ?? []
        self.init(topic: topic, undo: undo)
        held = (json["held"]?.array ?? []).compactMap { call in
            guard let tool = call["tool"]?.string, let arguments = call["arguments"]?.object else { return nil }
            return HeldCall(tool: tool, arguments: arguments)
        }
    }

    /// As an entry among the calls of a turn, which no client is shown.
    var json: JSONValue {
        func numbers(_ numbers: [Int]) -> JSONValue { .array(numbers.prefix(Self.numbersMax).map { JSONValue($0) }) }
        var memory: JSONObject = [
            "listed": numbers(topic.listed), "named": numbers(topic.named),
            "undo": .array(undo.map { JSONValue(strings: $0) }),
        ]
        if let verb = topic.lastVerb { memory.append("last_verb", .string(verb)) }
        if let sentence = topic.lastSentence { memory.append("last_sentence", .string(sentence)) }
        if let question = topic.question {
            memory.append(
                "question",
                [
                    "kind": .string(question.kind.rawValue), "sentence": .string(question.sentence),
                    "tasks": numbers(question.tasks), "asked_at": .string(question.askedAt.description),
                ]
            )
        }
        if !held.isEmpty {
            memory.append(
                "held",
                .array(held.map { ["tool": .string($0.tool), "arguments": .object($0.arguments)] })
            )
        }
        if let model {
            memory.append(
                "model",
                [
                    "name": .string(model.name), "input": JSONValue(model.usage.input),
                    "output": JSONValue(model.usage.output),
                ]
            )
        }
        return ["memory": .object(memory)]
    }
}

extension JSONValue {
    /// What a conversation is about, where this is kept among calls of tools.
    fileprivate var chatMemory: JSONValue? { self["memory"] }
}
