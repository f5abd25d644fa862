import CivilTime
import Interpreter
import TaskLanguage

/// Makes the calls that a model asks for, one after the other, as far as it may.
struct ModelWork: Sendable {
    private let talk: ModelTalk
    private let tell: ChatListener
    private var guardian: WriteGuard
    private var dates: SaidDates
    private let numbers: [TaskID: Int]
    private let known: Set<Int>
    private var same: [String: Int] = [:]
    private var (count, repairs) = (0, 0)
    private var progress = ModelProgress()

    init(talk: ModelTalk, tell: @escaping ChatListener) {
        self.talk = talk
        self.tell = tell
        guardian = WriteGuard(named: talk.named, topic: talk.topic)
        dates = SaidDates(talk.history.said + [talk.message])
        numbers = Dictionary(talk.tasks.map { ($0.id, Int($0.number)) }) { first, _ in first }
        known = Set(talk.tasks.map { Int($0.number) })
    }

    var hasWorked: Bool { !progress.toolCalls.isEmpty }

    /// Hands over what has come of the calls.
    func finish(_ whole: inout ModelProgress) {
        let (text, usage) = (whole.text, whole.usage)
        whole = progress
        whole.text = text
        whole.usage = usage
    }

    /// A call that can be made.
    private struct Ready {
        let tool: Tool
        let arguments: ModelArguments
        /// The tasks that it is about.
        let numbers: [Int]
    }

    /// Makes the calls of one step, and answers each.
    ///
    /// - Returns: why nothing more is to be done; nil to go on.
    mutating func make(_ calls: [ModelCall], _ messages: inout [ModelMessage]) async -> ModelProgress.End? {
        let losses = calls.count { call in
            guard let tool = ToolCatalogue.find(call.name)?.tool,
                let arguments = try? ModelArguments(call.arguments, of: tool)
            else { return false }
            return WriteGuard.takesAway(tool, arguments)
        }
        for call in calls {
            if Task.isCancelled { return .left }
            count += 1
            let key = "\(call.name) \(call.arguments)"
            same[key, default: 0] += 1
            if count > Limits.modelCallsMax || same[key, default: 0] > Limits.modelSameCallsMax {
                return progress.held.isEmpty ? .failed(.stopped) : .asked
            }
            let result: JSONValue
            switch read(call) {
            case .failure(let refusal):
                repairs += 1
                result = refusal.json
            case .success(let ready):
                guard let answer = await make(ready, losses) else { return .left }
                result = answer
            }
            if repairs > Limits.modelRepairsMax {
                return progress.held.isEmpty ? .failed(.notUnderstood) : .asked
            }
            let text = ModelResultText.of(result, bytes: Limits.modelResultBytesMax)
            dates.add(text)
            messages.append(.result(ModelResult(callID: call.id, name: call.name, text: text)))
        }
        return progress.held.isEmpty ? nil : .asked
    }

    // MARK: Reading

    /// Why a call is not made, told to the model.
    private struct Refusal: Error {
        let code: String
        let detail: String

        var json: JSONValue { ["code": .string(code), "detail": .string(detail)] }
    }

    private func read(_ call: ModelCall) -> Result<Ready, Refusal> {
        do throws(Refusal) {
            guard let (tool, implied) = ToolCatalogue.find(call.name) else {
                let names = ToolCatalogue.tools.map(\.name).joined(separator: ", ")
                throw Refusal(code: "unknown_tool", detail: "There is no such tool. There are: \(names).")
            }
            var arguments = try arguments(of: call, for: tool)
            for member in implied.object?.members ?? [] {
                if arguments.object[member.name] == nil { arguments.change(adding: member.name, member.value) }
            }
            guard arguments.dates.allSatisfy(dates.allow) else {
                throw Refusal(
                    code: "invented_date",
                    detail: "Nothing was done. Do not work out dates: give the date in the user's own words."
                )
            }
            speakWhereTheUserIs(&arguments)
            return .success(Ready(tool: tool, arguments: arguments, numbers: try subjects(of: arguments, tool)))
        } catch {
            return .failure(error)
        }
    }

    private func arguments(of call: ModelCall, for tool: Tool) throws(Refusal) -> ModelArguments {
        do {
            return try ModelArguments(call.arguments, of: tool)
        } catch {
            let detail =
                switch error {
                case .notJSON: "The arguments are no JSON."
                case .notAnObject: "The arguments must be a JSON object."
                case .tooLong: "The arguments are longer than \(Limits.modelArgumentBytesMax) bytes."
                }
            throw Refusal(code: "invalid_arguments", detail: "Nothing was done. \(detail)")
        }
    }

    /// The tasks that a call would change, by number.
    private func subjects(of arguments: ModelArguments, _ tool: Tool) throws(Refusal) -> [Int] {
        switch tool.effect {
        case .reads, .adds: return []
        case .sets, .advances, .overwrites: break
        }
        var found: [Int] = []
        for reference in arguments.references {
            guard let number = number(of: reference) else {
                let detail = "Nothing was done. There is no task \(reference.text.prefix(80)). Find it first."
                throw Refusal(code: "not_found", detail: detail)
            }
            found.append(number)
        }
        if found.isEmpty, tool.name != "undo" {
            throw Refusal(code: "invalid_arguments", detail: "Nothing was done. Say which task by task_id.")
        }
        return found
    }

    /// The number of a task that is there.
    private func number(of reference: JSONValue) -> Int? {
        let number: Int? =
            switch reference {
            case .integer(let number): Int(number)
            case .string(let text): Int(text.drop { $0 == "#" }) ?? TaskID(text).flatMap { numbers[$0] ?? added[$0] }
            default: nil
            }
        guard let number, known.contains(number) || guardian.added.contains(number) else { return nil }
        return number
    }

    /// Tasks that were added for this message.
    private var added: [TaskID: Int] = [:]

    /// Times mean the clock where the user speaks from, which the tools do not know.
    private func speakWhereTheUserIs(_ arguments: inout ModelArguments) {
        guard let zone = talk.context.zone, zone != talk.settings.zone else { return }
        let context = talk.context
        func due(_ text: String) -> ParsedDue? {
            if let local = LocalDateTime(text) { return ParsedDue(date: local.date, time: local.time) }
            return DateWords.parse(text, in: context)
        }
        arguments.change("due_date") { value in
            guard let due = value.string.flatMap(due) else { return value }
            guard let time = due.time else { return .string(due.date.description) }
            return Due.zoned(due.date, time, due.zone ?? zone).json
        }
        arguments.change("at") { value in
            guard let due = value.string.flatMap(due), let time = due.time else { return value }
            return .string((due.zone ?? zone).instant(of: LocalDateTime(due.date, time)).description)
        }
    }

    // MARK: Making

    /// - Returns: what the model is told; nil when nobody listens any more.
    private mutating func make(_ ready: Ready, _ losses: Int) async -> JSONValue? {
        if ready.tool.name == "undo" { return await takeBack(ready) }
        guard guardian.allows(ready.tool, ready.arguments, on: ready.numbers, losses: losses) else {
            return hold(ready)
        }
        return await perform(ready)
    }

    /// Takes back a change of this conversation, never one that somebody else made meanwhile.
    private mutating func takeBack(_ ready: Ready) async -> JSONValue? {
        let tokens = tokens(for: ready)
        var answer: JSONValue = [
            "code": "undo_expired", "detail": "Nothing of this conversation can be taken back so.",
        ]
        if tokens.isEmpty { repairs += 1 }
        for token in tokens {
            let one = Ready(tool: ready.tool, arguments: ModelArguments(["token": .string(token)]), numbers: [])
            guard progress.undo.contains(token) || talk.asksForUndo else {
                answer = hold(one)
                continue
            }
            guard let result = await perform(one) else { return nil }
            answer = result
        }
        return answer
    }

    private func tokens(for ready: Ready) -> [String] {
        if let token = ready.arguments.object["token"]?.string {
            return (progress.undo + talk.lastUndo).contains(token) ? [token] : []
        }
        return progress.undo.last.map { [$0] } ?? talk.lastUndo.reversed()
    }

    private mutating func hold(_ ready: Ready) -> JSONValue {
        progress.held.append(HeldCall(tool: ready.tool.name, arguments: ready.arguments.object))
        return ["status": "needs_confirmation"]
    }

    private mutating func perform(_ ready: Ready) async -> JSONValue? {
        let context = talk.caller.call(progress.toolCalls.count)
        let outcome = await ready.tool.call(.object(ready.arguments.object), via: .chat, in: context)
        if outcome.question != nil { return hold(ready) }
        let shown = ToolCallJSON.of(ready.tool.name, ready.arguments.object, outcome)
        progress.toolCalls.append(shown)
        note(outcome, ready)
        do throws(CancellationError) {
            try await tell(.tool(shown))
        } catch {
            return nil
        }
        return outcome.structured
    }

    private mutating func note(_ outcome: ToolOutcome, _ ready: Ready) {
        if outcome.isError {
            repairs += 1
            return
        }
        let tasks = outcome.structured.taskNumbers
        guard ready.tool.effect.changes else {
            progress.found.append(outcome.sentence)
            progress.listed = tasks
            return
        }
        progress.done.append(outcome.sentence)
        progress.changed.removeAll(where: tasks.contains)
        progress.changed += tasks
        if ready.tool.name == "undo" {
            let token = ready.arguments.object["token"]?.string ?? ""
            if progress.undo.contains(token) {
                progress.undo.removeAll { $0 == token }
            } else {
                progress.isTakenBack = true
            }
            return
        }
        if let token = outcome.undoToken { progress.undo.append(token) }
        guardian.note(ready.tool, ready.arguments, ready.tool.effect == .adds ? tasks : ready.numbers)
        if ready.tool.effect == .adds {
            for task in outcome.structured["tasks"]?.array ?? [] {
                guard let id = task["id"]?.string.flatMap({ TaskID($0) }), let number = task["number"]?.integer else {
                    continue
                }
                added[id] = Int(number)
            }
        }
    }
}

extension Tool.Effect {
    fileprivate var changes: Bool { if case .reads = self { false } else { true } }
}
