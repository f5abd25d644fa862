import CivilTime
import Interpreter
import TaskLanguage

/// Holds the interpreter against a conversation.
struct Examination {
    struct Outcome {
        var isRight = true
        /// A task deleted, completed or overwritten, its date or rule lost, where that was not asked.
        var isDestructive = false
        /// For people: what was said, wanted and done.
        var report = ""
    }

    static func run(_ conversation: Conversation) throws -> Outcome {
        var outcome = Outcome()
        var model = Model(conversation.tasks, today: conversation.context.today)
        var topic = ChatTopic()
        var history: [Model] = []
        for turn in conversation.turns {
            let reply = Interpreter.interpret(turn.said, topic: topic, tasks: model.known, in: conversation.context)
            var after = model
            if case .act(let actions) = reply.intent {
                if actions == [.undo] {
                    after = history.popLast() ?? model
                } else {
                    history.append(model)
                    for action in actions { after.apply(action) }
                }
            }
            let before = reply.intent == .act([.undo]) ? after : history.last
            let verdicts = try turn.wanted.map { try verdict(of: reply.intent, $0, from: model, to: after, before) }
            outcome.report += "  > \(turn.said)\n    \(reply.intent)\n"
            if !verdicts.contains(where: { $0 == nil }) {
                outcome.isRight = false
                outcome.report += "    WRONG: \(verdicts.compactMap { $0 }.joined(separator: " / "))\n"
            }
            let wanted = try turn.wanted.map { try $0.apply(to: model, before: before) }
            if wanted.allSatisfy({ Examination.loses(from: model, to: after, wanted: $0) }) {
                outcome.isDestructive = true
                outcome.report += "    DESTRUCTIVE\n"
            }
            model = after
            topic = reply.topic
            if !outcome.isRight { break }
        }
        return outcome
    }

    /// - Returns: nil when it is as expected.
    private static func verdict(
        of intent: Intent, _ wanted: Expectation, from model: Model, to after: Model, _ before: Model?
    ) throws -> String? {
        let expected = try wanted.apply(to: model, before: before)
        if expected.compared != after.compared { return difference(expected, after) }
        var isAsked: Set<Int>?
        if case .ask(let question) = intent { isAsked = Set(question.tasks) }
        if let asks = wanted.asks {
            guard let isAsked else { return "has to ask" }
            if !asks.isEmpty, asks != isAsked { return "has to ask about \(asks.sorted())" }
        } else if isAsked != nil {
            return "must not ask"
        }
        if wanted.refuses == true {
            guard case .decline = intent else { return "has to refuse" }
        }
        return wanted.shows.flatMap { shown(intent, $0, after) }
    }

    private static func difference(_ expected: Model, _ after: Model) -> String {
        let (left, right) = (expected.compared, after.compared)
        return Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }.map { number in
            "#\(number): wanted \(left[number].map { "\($0.task)" } ?? "none")"
        }.joined(separator: "; ")
    }

    private static func shown(_ intent: Intent, _ shows: Expectation.Shows, _ model: Model) -> String? {
        guard case .tell(let telling) = intent else { return "has to tell" }
        let numbers: [Int]
        switch telling {
        case .tasks(let all), .due(let all), .status(let all), .count(_, let all): numbers = all
        case .details(let number): numbers = [number]
        default: numbers = []
        }
        switch shows {
        case .tasks(let wanted): return Set(numbers) == wanted ? nil : "shows \(numbers), not \(wanted.sorted())"
        case .count(let count):
            if case .count(count, _) = telling { return nil }
            return numbers.count == count ? nil : "counts \(numbers.count), not \(count)"
        case .due(let number, let date, let time):
            let isThere = numbers.contains { shown in
                let due = model.tasks[shown]?.task.due
                return (number ?? shown) == shown && due?.date == date && (time == nil || due?.time == time)
            }
            return isThere ? nil : "has to say \(date)"
        }
    }

    private static func loses(from model: Model, to after: Model, wanted: Model) -> Bool {
        model.tasks.contains { number, task in
            guard let now = after.tasks[number]?.task else { return wanted.tasks[number] != nil }
            guard let right = wanted.tasks[number]?.task else { return false }
            func isLost<Value: Equatable>(_ field: KeyPath<KnownTask, Value>) -> Bool {
                now[keyPath: field] != task.task[keyPath: field] && right[keyPath: field] == task.task[keyPath: field]
            }
            return isLost(\.status) || isLost(\.title) || isLost(\.description) || isLost(\.due)
                || isLost(\.recurrence)
        }
    }
}

/// How many conversations of each kind are right.
struct Score {
    var right = 0
    var all = 0
    var percent: Double { all == 0 ? 100 : Double(right) * 100 / Double(all) }
}
