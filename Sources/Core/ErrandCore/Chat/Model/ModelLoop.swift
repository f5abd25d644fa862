import Interpreter

/// Model, calls, model, and so on, for one message.
struct ModelLoop: Sendable {
    private let talk: ModelTalk
    private let tell: ChatListener
    private let told: ToldText
    private let instructions: ModelPrompt
    private var history: [ModelMessage]
    /// Of this message.
    private var messages: [ModelMessage]
    private var work: ModelWork
    private var progress = ModelProgress()

    init(talk: ModelTalk, tell: @escaping ChatListener) {
        self.talk = talk
        self.tell = tell
        told = ToldText(tell)
        let prompt = ModelPrompt(
            instructions: ModelInstructions(talk.context, talk.tasks).text, messages: [], tools: ModelTools.all)
        instructions = prompt
        let fixed = prompt.instructions.utf8.count + prompt.tools.reduce(0) { $0 + $1.bytes }
        history = talk.history.messages(
            within: Limits.modelPromptBytesMax - fixed - talk.message.utf8.count)
        messages = [.user(talk.message)]
        work = ModelWork(talk: talk, tell: tell)
    }

    consuming func run() async -> ModelProgress {
        var loop = self
        let end = await loop.steps()
        loop.progress.text = loop.told.text
        loop.work.finish(&loop.progress)
        loop.progress.end = end
        return loop.progress
    }

    private mutating func steps() async -> ModelProgress.End {
        for _ in 0..<Limits.modelStepsMax {
            let step: ModelStep
            do throws(ModelFailure) {
                step = try await ask()
            } catch {
                return error == .cancelled ? .left : .failed(ChatRemark(error))
            }
            progress.usage.input += step.usage.input
            progress.usage.output += step.usage.output
            switch step.ending {
            case .filtered: return .failed(.filtered)
            case .tooLong: return .failed(.cut)
            case .complete: break
            }
            if step.calls.isEmpty {
                // Nothing said and nothing done is no answer.
                return told.hasSpoken || work.hasWorked ? .said : .failed(.notUnderstood)
            }
            messages.append(.calls(step))
            if let end = await work.make(step.calls, &messages) { return end }
            if Task.isCancelled { return .left }
        }
        return .failed(.stopped)
    }

    /// One step, once more without the earlier turns where they are too long.
    private mutating func ask() async throws(ModelFailure) -> ModelStep {
        told.beginStep()
        do throws(ModelFailure) {
            return try await heard()
        } catch {
            guard error == .promptTooLong, !history.isEmpty, !told.hasSpoken else { throw error }
            history = []
            return try await heard()
        }
    }

    private func heard() async throws(ModelFailure) -> ModelStep {
        var prompt = instructions
        prompt.messages = history + messages
        let told = told
        let step = try await talk.model.step(prompt) { (piece) async throws(CancellationError) in
            try await told.hear(piece)
        }
        if Task.isCancelled { throw .cancelled }
        // Said all at once.
        if !told.hasSpoken, !step.text.isEmpty {
            do throws(CancellationError) {
                try await told.hear(step.text)
            } catch {
                throw .cancelled
            }
        }
        return step
    }
}
