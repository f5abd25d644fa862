import CivilTime
import TaskLanguage

/// Makes the reply of what a sentence came to: the topic that it leaves, and what is said.
struct Conclusion {
    let talk: Talk
    let result: Talk.Result

    func reply() -> Reply {
        let intent = intent
        let topic = topic
        let writer = SentenceWriter(talk: talk)
        return Reply(intent: intent, topic: topic, text: writer.text(of: intent), isAnswer: result.isAnswer)
    }

    private var intent: Intent {
        switch result.outcome {
        case .act(let actions, _): .act(actions)
        case .ask(let kind, let tasks, let verb): .ask(Intent.Question(kind: kind, tasks: tasks, verb: verb))
        case .tell(let telling): .tell(telling)
        case .decline(let refusal): .decline(refusal)
        }
    }

    private var topic: ChatTopic {
        var topic = talk.topic
        let question = topic.question
        topic.question = nil
        switch result.outcome {
        case .act(let actions, let verb): return State.topic(after: actions, verb, topic, said: result.sentence)
        case .ask(let kind, let tasks, _):
            topic.question = ChatTopic.Question(
                kind: kind, sentence: result.sentence, tasks: tasks, askedAt: result.saidAt
            )
            if !tasks.isEmpty { topic.named = tasks }
            if kind == .which { topic.listed = tasks }
        case .tell(let telling): note(telling, &topic)
        case .decline(.nothingFits(_, let nearest)) where nearest.count == 1:
            topic.question = ChatTopic.Question(
                kind: .nearest, sentence: result.sentence, tasks: nearest, askedAt: result.saidAt
            )
        case .decline(.unclearAnswer): topic.question = question
        case .decline: break
        }
        return topic
    }

    private func note(_ telling: Telling, _ topic: inout ChatTopic) {
        switch telling {
        case .tasks(let numbers):
            topic.listed = numbers
            topic.named = numbers
            topic.lastVerb = "list"
        case .count(_, let numbers):
            topic.listed = numbers
            topic.named = numbers
            topic.lastVerb = "list"
        case .due(let numbers), .status(let numbers):
            topic.named = numbers
            if numbers.count > 1 { topic.listed = numbers }
            topic.lastVerb = "when"
        case .details(let number):
            topic.named = [number]
            topic.listed = [number]
            topic.lastVerb = "list"
        case .dropped, .greeting, .thanks, .help: break
        }
    }
}
